package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Many changes of the hash in transactions, each of which Redis carries out only if nobody touched the hash since the fields were read.
 * A transaction ends in the round trip in which the next one reads, and takes a third of the server's time that a script does, through
 * which every value goes twice. Used once.
 *
 * <p>Redis must have agreed to a transaction before its first write is sent: one that it refuses to begin would let the writes through
 * one by one, over whatever is there.
 */
final class WatchedEdits implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedEdits.class);

    /** A transaction holds up all other clients while it is carried out, half a millisecond for so many gateways. */
    static final int TRANSACTION = 2 * FieldEdit.CHUNK;

    /** What Redis may answer to those who must not, or cannot, use transactions. */
    private static final List<String> NOT_HERE = List.of("NOPERM", "ERR", "EXECABORT");

    /** Jedis has no name for it. */
    private static final ProtocolCommand QUIT = () -> StoreKeys.utf8("QUIT");

    private final Pipeline pipeline;
    private final StoreKeys keys;
    private final Consumer<List<HashWrite>> onDone;
    private final Consumer<List<HashWrite>> onUnanswered;
    private final List<HashWrite> overtaken = new ArrayList<>();
    private boolean forbidden;
    private boolean closed;

    /** What a transaction reads before it begins. */
    private record Reading(Response<Object> watching, List<Response<List<byte[]>>> present, Response<Object> begun) {}

    /** What a transaction writes, and the answers to come. */
    private static final class Writing {
        final List<HashWrite> writes = new ArrayList<>(TRANSACTION);
        final List<Response<Object>> queued = new ArrayList<>();

        @Nullable
        Response<Object> done;
    }

    /**
     * Edits on this connection, which is closed with it.
     *
     * @param onDone told of the writes of each transaction that was carried out
     * @param onUnanswered told of those of a transaction whose answer was lost with the connection
     */
    WatchedEdits(
            Pipeline pipeline,
            StoreKeys keys,
            Consumer<List<HashWrite>> onDone,
            Consumer<List<HashWrite>> onUnanswered) {
        this.pipeline = pipeline;
        this.keys = keys;
        this.onDone = onDone;
        this.onUnanswered = onUnanswered;
    }

    /** The writes that were not done, since somebody else touched the hash meanwhile. */
    List<HashWrite> overtaken() {
        return overtaken;
    }

    /** Whether the user has no right to transactions, so that another attempt is in vain. */
    boolean isForbidden() {
        return forbidden;
    }

    /**
     * Reads the fields and writes what the edit makes of them.
     *
     * @param fields the names of the fields
     * @return how many of the fields were edited, those that were overtaken included; the rest Redis did not allow
     */
    int run(List<byte[]> fields, FieldEdit edit) {
        try {
            return runAll(fields, edit);
        } catch (JedisConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    private int runAll(List<byte[]> fields, FieldEdit edit) {
        Reading reading = read(fields, 0);
        pipeline.sync();
        for (int from = 0; from < fields.size(); from += TRANSACTION) {
            boolean unwatched = isRefused(reading.watching());
            if (isRefused(reading.begun())) {
                return unwatched ? from : givenUp(from);
            }
            if (unwatched) {
                return givenUp(from);
            }
            Writing writing = write(from, reading, edit);
            try {
                if (from + TRANSACTION < fields.size()) {
                    reading = read(fields, from + TRANSACTION);
                }
                pipeline.sync();
            } catch (JedisConnectionException e) {
                onUnanswered.accept(writing.writes);
                throw e;
            }
            if (!settle(writing)) {
                return givenUp(from);
            }
        }
        return fields.size();
    }

    private Reading read(List<byte[]> fields, int from) {
        int to = Math.min(from + TRANSACTION, fields.size());
        Response<Object> watching = pipeline.sendCommand(Command.WATCH, keys.gateways());
        List<Response<List<byte[]>>> present = new ArrayList<>();
        for (int start = from; start < to; start += FieldEdit.CHUNK) {
            byte[][] chunk =
                    fields.subList(start, Math.min(start + FieldEdit.CHUNK, to)).toArray(byte[][]::new);
            present.add(pipeline.hmget(keys.gateways(), chunk));
        }
        return new Reading(watching, present, pipeline.sendCommand(new CommandArguments(Command.MULTI)));
    }

    private Writing write(int from, Reading reading, FieldEdit edit) {
        List<List<byte @Nullable []>> present =
                new ArrayList<>(reading.present().size());
        reading.present().forEach(answer -> present.add(answer.get()));
        Writing writing = new Writing();
        InParts.forEach(
                present.size(),
                part -> edit.writes(from + part * FieldEdit.CHUNK, present.get(part)),
                writes -> send(writes, writing));
        writing.done = pipeline.sendCommand(new CommandArguments(Command.EXEC));
        if (!writing.writes.isEmpty()) {
            // Behind the transaction, since a user without rights to the channel may still write.
            pipeline.publish(keys.changes(), writing.writes.get(0).field());
        }
        return writing;
    }

    private void send(List<HashWrite> writes, Writing writing) {
        if (writes.isEmpty()) {
            return;
        }
        CommandArguments command = new CommandArguments(Command.HSET).key(keys.gateways());
        for (HashWrite write : writes) {
            command.add(write.field()).add(write.value());
        }
        writing.queued.add(pipeline.sendCommand(command));
        writing.writes.addAll(writes);
    }

    /** Sees how a transaction ended; false when Redis did not allow it. */
    private boolean settle(Writing writing) {
        Response<Object> done = Objects.requireNonNull(writing.done);
        // What was refused when it was queued says more than that the transaction was dropped.
        writing.queued.forEach(Response::get);
        if (isRefused(done)) {
            return false;
        }
        Object answers = done.get();
        if (answers == null) {
            overtaken.addAll(writing.writes);
            return true;
        }
        for (Object answer : (List<?>) answers) {
            if (answer instanceof JedisDataException refusal) {
                throw refusal;
            }
        }
        onDone.accept(writing.writes);
        return true;
    }

    private boolean isRefused(Response<Object> answer) {
        try {
            answer.get();
            return false;
        } catch (JedisDataException e) {
            String message = e.getMessage() == null ? "" : e.getMessage();
            if (NOT_HERE.stream().anyMatch(message::startsWith)) {
                forbidden |= message.startsWith("NOPERM");
                return true;
            }
            throw e;
        }
    }

    private int givenUp(int from) {
        giveUp();
        return from;
    }

    /** The connection goes back to others: it must not be in a transaction, or watch anything, any more. */
    private void giveUp() {
        try {
            pipeline.sendCommand(new CommandArguments(Command.DISCARD));
            Response<Object> free = pipeline.sendCommand(new CommandArguments(Command.UNWATCH));
            pipeline.sync();
            if (!isOk(free)) {
                // In a transaction it is queued: the user may begin one and not end it.
                hangUp();
            }
        } catch (JedisException e) {
            log.debug("The connection was lost before the transaction on it could be ended: {}", e.getMessage());
        }
    }

    private static boolean isOk(Response<Object> answer) {
        try {
            return answer.get() instanceof byte[] text && "OK".equals(StoredBytes.text(text));
        } catch (JedisDataException e) {
            return false;
        }
    }

    /** Lets the server close the connection, which it does for every user; what is sent behind shows Jedis that it is of no use. */
    private void hangUp() {
        closed = true;
        try (pipeline) {
            pipeline.sendCommand(new CommandArguments(QUIT));
            pipeline.sendCommand(new CommandArguments(Command.UNWATCH));
            pipeline.sync();
        } catch (JedisConnectionException e) {
            log.debug("Redis lets this user end no transaction, so the connection was closed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            pipeline.close();
        }
    }
}

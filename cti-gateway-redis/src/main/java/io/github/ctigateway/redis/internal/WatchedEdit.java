package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Many changes of the hash in one transaction, which Redis carries out only if nobody touched the hash since the fields were read. Two
 * round trips, and a third of the server's time that a script takes, through which every value goes twice. Used once.
 *
 * <p>Redis must have agreed to the transaction before the first write is sent: one that it refuses to begin would let the writes
 * through one by one, over whatever is there.
 */
final class WatchedEdit {
    private static final Logger log = LoggerFactory.getLogger(WatchedEdit.class);

    /** What Redis may answer to those who must not, or cannot, use transactions. */
    private static final List<String> NOT_HERE = List.of("NOPERM", "ERR", "EXECABORT");

    private final Pipeline pipeline;
    private final StoreKeys keys;
    private final List<HashWrite> sent = new ArrayList<>();
    private final List<Response<Object>> queued = new ArrayList<>();

    /** How a transaction ended. */
    enum Ending {
        DONE,
        /** Somebody else touched the hash; nothing was written. */
        OVERTAKEN,
        /** Redis has no transactions for us; nothing was written. */
        NOT_ALLOWED
    }

    /** An edit on this connection, which stays open. */
    WatchedEdit(Pipeline pipeline, StoreKeys keys) {
        this.pipeline = pipeline;
        this.keys = keys;
    }

    /** The writes as they were sent, carried out or not. */
    List<HashWrite> sent() {
        return sent;
    }

    /**
     * Reads the fields and writes what the edit makes of them.
     *
     * @param fields the names of the fields
     */
    Ending run(List<byte[]> fields, FieldEdit edit) {
        Response<Object> watching = pipeline.sendCommand(Command.WATCH, keys.gateways());
        List<Response<List<byte[]>>> present = new ArrayList<>();
        for (int from = 0; from < fields.size(); from += FieldEdit.CHUNK) {
            byte[][] chunk = fields.subList(from, Math.min(from + FieldEdit.CHUNK, fields.size()))
                    .toArray(byte[][]::new);
            present.add(pipeline.hmget(keys.gateways(), chunk));
        }
        Response<Object> begun = pipeline.sendCommand(new CommandArguments(Command.MULTI));
        pipeline.sync();
        try {
            if (isRefused(watching) || isRefused(begun)) {
                giveUp();
                return Ending.NOT_ALLOWED;
            }
            List<List<byte @Nullable []>> seen = new ArrayList<>(present.size());
            present.forEach(answer -> seen.add(answer.get()));
            InParts.forEach(seen.size(), part -> edit.writes(part * FieldEdit.CHUNK, seen.get(part)), this::send);
            if (!sent.isEmpty()) {
                return end();
            }
            giveUp();
            return Ending.DONE;
        } catch (JedisConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    private void send(List<HashWrite> writes) {
        if (writes.isEmpty()) {
            return;
        }
        CommandArguments command = new CommandArguments(Command.HSET).key(keys.gateways());
        for (HashWrite write : writes) {
            command.add(write.field()).add(write.value());
        }
        queued.add(pipeline.sendCommand(command));
        sent.addAll(writes);
    }

    private Ending end() {
        Response<Object> done = pipeline.sendCommand(new CommandArguments(Command.EXEC));
        // Behind the transaction, since a user without rights to the channel may still write.
        pipeline.publish(keys.changes(), sent.get(0).field());
        pipeline.sync();
        // What was refused when it was queued says more than that the transaction was dropped.
        queued.forEach(Response::get);
        if (isRefused(done)) {
            giveUp();
            return Ending.NOT_ALLOWED;
        }
        Object answers = done.get();
        if (answers == null) {
            return Ending.OVERTAKEN;
        }
        for (Object answer : (List<?>) answers) {
            if (answer instanceof JedisDataException refusal) {
                throw refusal;
            }
        }
        return Ending.DONE;
    }

    private static boolean isRefused(Response<Object> answer) {
        try {
            answer.get();
            return false;
        } catch (JedisDataException e) {
            String message = e.getMessage() == null ? "" : e.getMessage();
            if (NOT_HERE.stream().anyMatch(message::startsWith)) {
                return true;
            }
            throw e;
        }
    }

    /** The connection goes back to others: it must not be in a transaction any more. */
    private void giveUp() {
        try {
            pipeline.sendCommand(new CommandArguments(Command.DISCARD));
            pipeline.sendCommand(new CommandArguments(Command.UNWATCH));
            pipeline.sync();
        } catch (JedisException e) {
            log.debug("The connection was lost before the transaction on it could be ended: {}", e.getMessage());
        }
    }
}

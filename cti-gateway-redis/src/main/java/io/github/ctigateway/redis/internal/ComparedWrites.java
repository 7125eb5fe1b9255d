package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Writes fields of the hash by a script, each only over what its writer has seen. Thread-safe as far as the client is. */
final class ComparedWrites {
    private static final Logger log = LoggerFactory.getLogger(ComparedWrites.class);

    /**
     * Answers with the places of those that were not written, since something else is there. That the wanted bytes are there already is
     * no success: another writer may have put them there, and two equal changes are two changes. The message is best effort: a user
     * without rights to the channel may still write.
     */
    private static final RedisScript WRITE = new RedisScript("""
            local n = (#ARGV - 1) / 4
            local fields = {}
            for i = 1, n do fields[i] = ARGV[4 * i - 2] end
            local present = redis.call('HMGET', KEYS[1], unpack(fields))
            local write, lost = {}, {}
            for i = 1, n do
              local what = ARGV[4 * i]
              local seen = what ~= 'new' and ARGV[4 * i + 1] or false
              if present[i] ~= seen then
                lost[#lost + 1] = i - 1
              elseif what ~= 'same' then
                write[#write + 1] = fields[i]
                write[#write + 1] = ARGV[4 * i - 1]
              end
            end
            if #write > 0 then
              redis.call('HSET', KEYS[1], unpack(write))
              redis.pcall('PUBLISH', ARGV[1], write[1])
            end
            return lost
            """);

    private static final byte[] NEW = StoreKeys.utf8("new");
    private static final byte[] CHANGED = StoreKeys.utf8("changed");
    private static final byte[] SAME = StoreKeys.utf8("same");
    private static final byte[] NOTHING = {};

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final Consumer<List<HashWrite>> onDone;
    private final Consumer<List<HashWrite>> onUnanswered;

    /**
     * Writes with this client.
     *
     * @param onDone told of what was written
     * @param onUnanswered told of what may have been written, since the answer was lost with the connection
     */
    ComparedWrites(
            UnifiedJedis jedis,
            StoreKeys keys,
            Consumer<List<HashWrite>> onDone,
            Consumer<List<HashWrite>> onUnanswered) {
        this.jedis = jedis;
        this.keys = keys;
        this.onDone = onDone;
        this.onUnanswered = onUnanswered;
    }

    /** Writes one value; false when something else is there now. */
    boolean write(HashWrite write) {
        List<HashWrite> one = List.of(write);
        boolean written = places(run(one)).isEmpty();
        if (written) {
            onDone.accept(one);
        }
        return written;
    }

    /**
     * Writes what can be written in one round trip, whatever their number.
     *
     * @return the writes that were not done, be it that something else is there or that Redis refused them, and those of which a
     *     cluster's node gave no answer
     */
    List<HashWrite> tryAtOnce(List<HashWrite> writes) {
        if (writes.isEmpty()) {
            return List.of();
        }
        List<List<HashWrite>> chunks = chunks(writes);
        List<Response<Object>> answers = sent(chunks);
        List<HashWrite> done = new ArrayList<>();
        List<HashWrite> lost = new ArrayList<>();
        // What could not be sent to a node of the cluster was not done.
        chunks.subList(answers.size(), chunks.size()).forEach(lost::addAll);
        for (int i = 0; i < answers.size(); i++) {
            List<HashWrite> chunk = chunks.get(i);
            try {
                sortOut(chunk, answers.get(i).get(), done, lost);
            } catch (JedisDataException e) {
                // Its message may quote what was to be written.
                log.debug("Some writes were refused: {}", e.getClass().getName());
                lost.addAll(chunk);
            } catch (IllegalStateException e) {
                // How a cluster's pipeline tells of a lost connection.
                log.debug("A node of the cluster gave no answer: {}", e.getMessage());
                onUnanswered.accept(chunk);
                lost.addAll(chunk);
            }
        }
        onDone.accept(done);
        return lost;
    }

    /** The script in full, since a server that has not seen it would ask for it in a second round trip. */
    private List<Response<Object>> sent(List<List<HashWrite>> chunks) {
        List<Response<Object>> answers = new ArrayList<>(chunks.size());
        AbstractPipeline opened = jedis.pipelined();
        try (AbstractPipeline pipeline = opened) {
            chunks.forEach(chunk -> answers.add(WRITE.queue(pipeline, List.of(keys.gateways()), arguments(chunk))));
            pipeline.sync();
        } catch (JedisException e) {
            if (opened instanceof Pipeline) {
                chunks.forEach(onUnanswered);
                throw e;
            }
            log.debug("A node of the cluster was not there: {}", e.getClass().getName());
        }
        return answers;
    }

    /**
     * Writes, a chunk after the other. Single commands follow a gateway to another node of a cluster, where a pipeline does not.
     *
     * @return the writes that were not done, since something else is there now
     * @throws JedisException when Redis refused some of them or was lost; what it refused besides is suppressed in it. All others are
     *     done, but after a loss
     */
    List<HashWrite> writeAll(List<HashWrite> writes) {
        List<HashWrite> done = new ArrayList<>();
        List<HashWrite> lost = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (List<HashWrite> chunk : chunks(writes)) {
            try {
                sortOut(chunk, run(chunk), done, lost);
            } catch (JedisDataException e) {
                failures.add(e);
            } catch (JedisException e) {
                failures.add(e);
                break;
            }
        }
        try {
            onDone.accept(done);
        } catch (RuntimeException e) {
            failures.add(e);
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
        return lost;
    }

    private static List<List<HashWrite>> chunks(List<HashWrite> writes) {
        List<List<HashWrite>> chunks = new ArrayList<>();
        for (int from = 0; from < writes.size(); from += FieldEdit.CHUNK) {
            chunks.add(writes.subList(from, Math.min(from + FieldEdit.CHUNK, writes.size())));
        }
        return chunks;
    }

    private Object run(List<HashWrite> writes) {
        try {
            return Objects.requireNonNull(WRITE.run(jedis, List.of(keys.gateways()), arguments(writes)));
        } catch (JedisDataException e) {
            throw e;
        } catch (JedisException e) {
            onUnanswered.accept(writes);
            throw e;
        }
    }

    private static void sortOut(List<HashWrite> writes, Object answer, List<HashWrite> done, List<HashWrite> lost) {
        Set<Long> places = places(answer);
        for (int i = 0; i < writes.size(); i++) {
            (places.contains((long) i) ? lost : done).add(writes.get(i));
        }
    }

    private static Set<Long> places(Object answer) {
        Set<Long> places = new HashSet<>();
        ((List<?>) answer).forEach(place -> places.add((Long) place));
        return places;
    }

    private List<byte[]> arguments(List<HashWrite> writes) {
        List<byte[]> arguments = new ArrayList<>(1 + 4 * writes.size());
        arguments.add(keys.changes());
        for (HashWrite write : writes) {
            byte[] seen = write.seen();
            arguments.add(write.field());
            arguments.add(write.isChange() ? write.value() : NOTHING);
            arguments.add(seen == null ? NEW : write.isChange() ? CHANGED : SAME);
            arguments.add(seen == null ? NOTHING : seen);
        }
        return arguments;
    }
}

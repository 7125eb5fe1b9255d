package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Writes events to the hash, the channel and the list, a batch in one pipelined round trip. Not thread-safe but for {@link #consult}.
 */
final class StatusWriter {
    private static final Logger log = LoggerFactory.getLogger(StatusWriter.class);
    private static final String WRITING = "writing the status of gateways";

    /**
     * What became of a batch.
     *
     * @param events how many events had none of their commands refused
     * @param refusals one failure for each refused command
     */
    record Written(int events, List<StoreException> refusals) {}

    private final UnifiedJedis jedis;
    private final RedisStatusOptions options;
    private final WhoIsLive live = new WhoIsLive();

    StatusWriter(UnifiedJedis jedis, RedisStatusOptions options) {
        this.jedis = jedis;
        this.options = options;
    }

    /** Adds somebody to ask what a node runs. May be called on any thread. */
    void consult(Supplier<LiveNames> source) {
        live.consult(source);
    }

    /**
     * Writes events in their order. Writing the same ones again does no harm to the hash; the channel and the list then hear them twice.
     *
     * @return what Redis took and what it refused; the commands that it did not refuse were done
     * @throws StoreException when some of it did not arrive, or may not have, or was refused for a reason that passes: the batch is to be
     *     written again
     */
    Written write(List<GatewayEvent> events) {
        List<List<Response<?>>> answers = new ArrayList<>(events.size());
        List<Response<?>> trimmed = new ArrayList<>(1);
        live.askAfter(events);
        AbstractPipeline opened = RedisErrors.translate(WRITING, jedis::pipelined);
        try {
            try (AbstractPipeline pipeline = opened) {
                for (GatewayEvent event : events) {
                    live.accept(event);
                    answers.add(send(event, pipeline));
                }
                if (!options.list().isEmpty()) {
                    trimmed.add(pipeline.ltrim(options.list(), 0, options.listLength() - 1L));
                }
                pipeline.sync();
            }
            return written(answers, trimmed);
        } catch (JedisException | StoreException e) {
            if (!(opened instanceof Pipeline)) {
                findKeys(events);
            }
            throw e instanceof JedisException lost ? RedisErrors.of(WRITING, lost) : e;
        }
    }

    /**
     * Removes what nodes left behind in the hashes, of those nodes that can be asked; a node that cannot be leaves everything as it is.
     *
     * @return how many entries were removed
     * @throws StoreException when Redis did not answer, or refused
     */
    int removeLeftovers() {
        if (options.hash().isEmpty()) {
            return 0;
        }
        Set<String> nodes = askNodes();
        List<Leftover> shared = Leftover.in(jedis, options.hash());
        List<Leftover> own = new ArrayList<>();
        if (options.hashPerNode()) {
            nodes.forEach(node -> own.addAll(Leftover.in(jedis, options.hash() + "@" + node)));
        }
        // Asked again, for the answers must be younger than what they are held against.
        Set<String> asked = askNodes();
        return remove(shared, asked, live::isGone) + remove(own, asked, live::isGoneFromItsNode);
    }

    /** The nodes, all of which answered; none otherwise. */
    private Set<String> askNodes() {
        return live.askAll().stream().map(LiveNames::node).collect(Collectors.toSet());
    }

    private int remove(List<Leftover> entries, Set<String> asked, Predicate<GatewayEvent> isGone) {
        int removed = 0;
        for (Leftover entry : entries) {
            boolean gone = asked.contains(entry.event().origin().node()) && isGone.test(entry.event());
            removed += gone && entry.remove(jedis) ? 1 : 0;
        }
        return removed;
    }

    private static Written written(List<List<Response<?>>> answers, List<Response<?>> trimmed) {
        List<StoreException> refusals = new ArrayList<>();
        int whole = 0;
        for (List<Response<?>> ofOneEvent : answers) {
            List<StoreException> refused = refusals(ofOneEvent);
            whole += refused.isEmpty() ? 1 : 0;
            refusals.addAll(refused);
        }
        refusals.addAll(refusals(trimmed));
        return new Written(whole, refusals);
    }

    private static List<StoreException> refusals(List<Response<?>> answers) {
        List<StoreException> refusals = new ArrayList<>();
        for (Response<?> answer : answers) {
            try {
                answer.get();
            } catch (JedisRedirectionException e) {
                throw new StoreUnavailableException("A key moved within the cluster while " + WRITING, e);
            } catch (JedisDataException e) {
                StoreException refusal = RedisErrors.of(WRITING, e);
                if (refusal.isRetryable()) {
                    throw refusal;
                }
                refusals.add(refusal);
            } catch (IllegalStateException e) {
                // How a cluster's pipeline tells that a node was lost before it answered.
                throw new StoreUnavailableException("A node of the cluster was lost while " + WRITING, e);
            }
        }
        return refusals;
    }

    /** A cluster's pipeline does not find a key that moved to another node and never learns of the move; a single command does both. */
    private void findKeys(List<GatewayEvent> events) {
        Set<String> keys = new HashSet<>(List.of(options.hash(), options.list()));
        if (options.hashPerNode()) {
            events.forEach(
                    event -> keys.add(options.hash() + "@" + event.origin().node()));
        }
        keys.remove("");
        try {
            keys.forEach(jedis::exists);
        } catch (JedisException e) {
            log.debug("A node of the cluster is not back yet: {}", e.getMessage());
        }
    }

    private List<Response<?>> send(GatewayEvent event, AbstractPipeline pipeline) {
        List<Response<?>> answers = new ArrayList<>(4);
        if (!options.hash().isEmpty()) {
            keep(options.hash(), event, live::isGone, pipeline, answers);
            if (options.hashPerNode()) {
                keep(options.hash() + "@" + event.origin().node(), event, live::isGoneFromItsNode, pipeline, answers);
            }
        }
        if (!options.channel().isEmpty()) {
            answers.add(pipeline.publish(options.channel(), event.json()));
        }
        if (!options.list().isEmpty()) {
            answers.add(pipeline.lpush(options.list(), event.json()));
        }
        return answers;
    }

    /** A deletion never takes the place of what the gateway's successor, or another node, said last. */
    private void keep(
            String hash,
            GatewayEvent event,
            Predicate<GatewayEvent> isGone,
            AbstractPipeline pipeline,
            List<Response<?>> answers) {
        if (!(event instanceof GatewayEvent.Deleted)) {
            answers.add(pipeline.hset(hash, event.gateway(), event.json()));
        } else if (isGone.test(event)) {
            answers.add(pipeline.hdel(hash, event.gateway()));
        }
    }
}

package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes events to the hash, the channel and the list, a batch in one pipelined round trip. Not thread-safe but for {@link #consult}.
 */
final class StatusWriter {
    private static final String WRITING = "writing the status of gateways";

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
     * Writes events in their order. Writing the same ones again does no harm to the hash.
     *
     * @return what Redis refused, one failure for each refused command; the others were done
     * @throws StoreException when the batch as a whole did not arrive, or may not have
     */
    List<StoreException> write(List<GatewayEvent> events) {
        List<Response<?>> answers = new ArrayList<>(events.size() * 4);
        live.askAfter(events);
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (GatewayEvent event : events) {
                live.accept(event);
                send(event, pipeline, answers);
            }
            if (!options.list().isEmpty()) {
                answers.add(pipeline.ltrim(options.list(), 0, options.listLength() - 1L));
            }
            pipeline.sync();
        } catch (JedisException e) {
            throw RedisErrors.of(WRITING, e);
        }
        return refusals(answers);
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

    private static List<StoreException> refusals(List<Response<?>> answers) {
        List<StoreException> refusals = new ArrayList<>();
        for (Response<?> answer : answers) {
            try {
                answer.get();
            } catch (JedisDataException e) {
                refusals.add(RedisErrors.of(WRITING, e));
            } catch (JedisException e) {
                throw RedisErrors.of(WRITING, e);
            }
        }
        return refusals;
    }

    private void send(GatewayEvent event, AbstractPipeline pipeline, List<Response<?>> answers) {
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

package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.StatusTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Writes events to the hash, the channel and the list, all in one pipelined round trip. */
public final class StatusWriter {
    private final UnifiedJedis jedis;
    private final RedisStatusOptions options;
    private final StatusTracker live = StatusTracker.create();
    private final Set<String> nodes = ConcurrentHashMap.newKeySet();

    /** A writer on this client, which it does not close. */
    public StatusWriter(UnifiedJedis jedis, RedisStatusOptions options) {
        this.jedis = jedis;
        this.options = options;
    }

    /** Writes one event. */
    public void write(GatewayEvent event) {
        live.accept(event);
        nodes.add(event.origin().node());
        List<Response<?>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            send(event, pipeline, answers);
            pipeline.sync();
        }
        // Reading an answer throws when it was an error.
        answers.forEach(Response::get);
    }

    private void send(GatewayEvent event, AbstractPipeline pipeline, List<Response<?>> answers) {
        if (!options.hash().isEmpty()) {
            keep(options.hash(), event, nodes, pipeline, answers);
            if (options.hashPerNode()) {
                String node = event.origin().node();
                keep(options.hash() + "@" + node, event, Set.of(node), pipeline, answers);
            }
        }
        if (!options.channel().isEmpty()) {
            answers.add(pipeline.publish(options.channel(), event.json()));
        }
        if (!options.list().isEmpty()) {
            answers.add(pipeline.lpush(options.list(), event.json()));
            answers.add(pipeline.ltrim(options.list(), 0, options.listLength() - 1L));
        }
    }

    /** A deletion never takes the place of what the gateway's successor, or another node, said last. */
    private void keep(
            String hash,
            GatewayEvent event,
            Set<String> onNodes,
            AbstractPipeline pipeline,
            List<Response<?>> answers) {
        if (!(event instanceof GatewayEvent.Deleted)) {
            answers.add(pipeline.hset(hash, event.gateway(), event.json()));
        } else if (onNodes.stream()
                .noneMatch(node -> live.status(node, event.gateway()).isPresent())) {
            answers.add(pipeline.hdel(hash, event.gateway()));
        }
    }
}

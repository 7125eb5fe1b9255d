package io.github.ctigateway.examples.benchmarks.redis;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.redis.RedisStatusSink;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;

/** Writing events to the hash, the channel and the list, beside a bare pipeline of the same commands in batches of the same size. */
final class SinkBench {
    private static final int EVENTS = 50_000;
    private static final int GATEWAYS = 1_000;
    private static final int BATCH = 1_000;
    private static final int LIST_LENGTH = 10_000;

    private final Promises promises;
    private final RedisClient jedis;
    private final int rounds;

    SinkBench(Promises promises, RedisClient jedis) {
        this.promises = promises;
        this.jedis = jedis;
        this.rounds = promises.quick() ? 5 : 20;
    }

    void measure() {
        List<GatewayEvent> events =
                IntStream.range(0, EVENTS).mapToObj(SinkBench::event).toList();
        double bare = 0;
        double ours = 0;
        for (int i = 0; i < rounds; i++) {
            jedis.flushAll();
            bare = Math.max(bare, perSecond(() -> bare(events)));
            jedis.flushAll();
            ours = Math.max(ours, perSecond(() -> sink(events)));
        }
        promises.info("bare_pipeline_events_per_s", bare);
        promises.atLeast("sink_events_per_s", ours, 20_000);
        promises.atLeast("sink_to_bare_pipeline", ours / bare, 0.5);
        jedis.flushAll();
    }

    private void bare(List<GatewayEvent> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            try (AbstractPipeline pipeline = jedis.pipelined()) {
                for (GatewayEvent event : events.subList(from, from + BATCH)) {
                    pipeline.hset("gateways", event.gateway(), event.json());
                    pipeline.publish("events", event.json());
                    pipeline.lpush("queue", event.json());
                }
                pipeline.ltrim("queue", 0, LIST_LENGTH - 1L);
                pipeline.sync();
            }
        }
    }

    private void sink(List<GatewayEvent> events) {
        RedisStatusOptions options =
                RedisStatusOptions.of("gateways", "events", "queue").withListLength(LIST_LENGTH);
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, options)) {
            events.forEach(sink::accept);
            if (!sink.flush(Duration.ofMinutes(1))) {
                throw new IllegalStateException("the sink did not write in time");
            }
        }
    }

    private static double perSecond(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return EVENTS / ((System.nanoTime() - start) / 1_000_000_000.0);
    }

    private static GatewayEvent event(int number) {
        String gateway = "trunk-" + number % GATEWAYS;
        EventOrigin origin = new EventOrigin("vm", "268a54ca-3e34-420e-a9cc-002beef4ba33", number, Instant.EPOCH);
        String json = "{\"Event-Subclass\":\"sofia::gateway_state\",\"Event-Name\":\"CUSTOM\",\"Core-UUID\":\""
                + origin.coreUuid()
                + "\",\"FreeSWITCH-Hostname\":\"vm\",\"FreeSWITCH-Switchname\":\"vm\",\"FreeSWITCH-IPv4\":\"192.0.2.2\","
                + "\"FreeSWITCH-IPv6\":\"fd00::2\",\"Event-Date-Local\":\"2026-11-22 21:45:25\","
                + "\"Event-Date-GMT\":\"Sun, 22 Nov 2026 21:45:25 GMT\",\"Event-Date-Timestamp\":\"1795383925146778\","
                + "\"Event-Calling-File\":\"sofia_reg.c\","
                + "\"Event-Calling-Function\":\"sofia_reg_fire_custom_gateway_state_event\","
                + "\"Event-Calling-Line-Number\":\"156\",\"Event-Sequence\":\"" + number + "\",\"Gateway\":\"" + gateway
                + "\",\"State\":\"REGED\",\"Ping-Status\":\"UP\",\"Register-Network-IP\":\"127.0.0.1\","
                + "\"Register-Network-Port\":\"5090\"}";
        return new GatewayEvent.StateChanged(
                gateway, RegistrationState.REGED, PingStatus.UP, "127.0.0.1:5090", null, origin, json);
    }
}

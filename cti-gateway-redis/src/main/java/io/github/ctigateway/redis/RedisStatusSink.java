package io.github.ctigateway.redis;

import io.github.ctigateway.redis.internal.RedisClients;
import io.github.ctigateway.redis.internal.StatusQueue;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.status.StatusSink;
import io.github.ctigateway.store.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Writes the status of gateways to Redis as mod_cti does, so that whoever reads mod_cti's status reads ours: each event as FreeSWITCH
 * made it, into a hash under the gateway's name, and on a channel and a list when these are named. Thread-safe.
 *
 * <ul>
 *   <li>Events are taken at once and written in their order by a thread of the sink, many in one pipelined round trip. While Redis is
 *       away they wait, up to 65,536 of them, and are written when it is back. After a lost connection some may be published and pushed
 *       twice; the hash is right either way.
 *   <li>A gateway leaves the hash when it is deleted and no other of its name is left on any node that this sink has heard of or can
 *       ask ({@link #consult}); one that was added again before the deletion of its predecessor stays, also when the sink
 *       began between the two, if it has somebody to ask.
 *   <li>A command that Redis refuses, such as on a key of another type, is logged and counted; it stops nothing else.
 * </ul>
 */
public final class RedisStatusSink implements StatusSink {
    private final StatusQueue queue;
    private final Runnable closeClient;

    private RedisStatusSink(UnifiedJedis jedis, RedisStatusOptions options, Runnable closeClient) {
        this.queue = new StatusQueue(jedis, Objects.requireNonNull(options, "options cannot be null"));
        this.closeClient = closeClient;
    }

    /**
     * Opens a client of its own and closes it with the sink; for the forms of the address see {@link RedisGatewayStore#open}.
     *
     * @throws IllegalArgumentException when the address is not understood; it is not quoted, since it may hold a password
     */
    public static RedisStatusSink open(String uri, RedisStatusOptions options) {
        UnifiedJedis jedis = RedisClients.open(Objects.requireNonNull(uri, "uri cannot be null"));
        return new RedisStatusSink(jedis, options, jedis::close);
    }

    /** Uses a client that stays open when the sink is closed. */
    public static RedisStatusSink of(UnifiedJedis jedis, RedisStatusOptions options) {
        return new RedisStatusSink(Objects.requireNonNull(jedis, "jedis cannot be null"), options, () -> {});
    }

    /**
     * Takes one event, without waiting for Redis.
     *
     * @throws io.github.ctigateway.store.StoreUnavailableException when too many events wait for Redis already; this one is lost
     */
    @Override
    public void accept(GatewayEvent event) {
        queue.add(Objects.requireNonNull(event, "event cannot be null"));
    }

    /**
     * {@inheritDoc} Here nodes are asked before a deleted gateway leaves the hash, once for all deletions that are written together. A
     * gateway of which nobody can say whether its node still has one of its name stays.
     */
    @Override
    public void consult(Supplier<LiveNames> live) {
        queue.consult(Objects.requireNonNull(live, "live cannot be null"));
    }

    /**
     * {@inheritDoc} Here the hashes are looked through once, soon, for entries of the nodes that can be asked ({@link #consult}) whose
     * gateways are left on none; they are removed, unless somebody writes them meanwhile. When one node cannot be asked nothing is.
     */
    @Override
    public void gap() {
        queue.removeLeftovers();
    }

    /** Waits until every event taken so far is written, and a {@link #gap} is dealt with; false when the deadline passed before. */
    public boolean flush(Duration deadline) {
        return queue.flush(Objects.requireNonNull(deadline, "deadline cannot be null"));
    }

    /** How many events Redis took since the sink was opened; one with a refused command is none of them. */
    public long written() {
        return queue.written();
    }

    /** How many entries a {@link #gap} had removed since the sink was opened. */
    public long removed() {
        return queue.removed();
    }

    /** How many commands Redis refused since the sink was opened. */
    public long refused() {
        return queue.refused();
    }

    /** Why Redis refused first, a command or the connection; the message holds no secret and no event. */
    public Optional<StoreException> firstRefusal() {
        return queue.firstRefusal();
    }

    /** Writes what is left, for up to five seconds. */
    @Override
    public void close() {
        queue.close();
        closeClient.run();
    }
}

package io.github.ctigateway.redis;

import io.github.ctigateway.redis.internal.RedisClients;
import io.github.ctigateway.redis.internal.StatusReader;
import io.github.ctigateway.status.GatewayEvent;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads the status of gateways where mod_cti, or a {@link RedisStatusSink}, writes it. What it gives is what FreeSWITCH said, perhaps
 * late or twice; a {@link io.github.ctigateway.status.StatusTracker} makes the status of it. Thread-safe.
 */
public final class RedisStatusFeed implements AutoCloseable {
    private final StatusReader reader;
    private final Runnable closeClient;

    private RedisStatusFeed(UnifiedJedis jedis, RedisStatusOptions options, Runnable closeClient) {
        this.reader = new StatusReader(jedis, Objects.requireNonNull(options, "options cannot be null"));
        this.closeClient = closeClient;
    }

    /**
     * Opens a client of its own and closes it with the feed; for the forms of the address see {@link RedisGatewayStore#open}.
     *
     * @throws IllegalArgumentException when the address is not understood; it is not quoted, since it may hold a password
     */
    public static RedisStatusFeed open(String uri, RedisStatusOptions options) {
        UnifiedJedis jedis = RedisClients.open(Objects.requireNonNull(uri, "uri cannot be null"));
        return new RedisStatusFeed(jedis, options, jedis::close);
    }

    /**
     * Uses a client that stays open when the feed is closed. Give it a blocking socket timeout, such as a minute: without one a channel
     * whose server vanished without a word is listened to for ever.
     */
    public static RedisStatusFeed of(UnifiedJedis jedis, RedisStatusOptions options) {
        return new RedisStatusFeed(Objects.requireNonNull(jedis, "jedis cannot be null"), options, () -> {});
    }

    /**
     * The last event of every gateway, from the hash.
     *
     * @throws io.github.ctigateway.store.StoreUnavailableException when Redis could not be reached
     * @throws io.github.ctigateway.store.StoreRefusedException when it refused
     */
    public Snapshot snapshot() {
        return reader.snapshot();
    }

    /**
     * Calls the listener with every event from now on, until the feed is closed: those of the channel and the list, as far as they are
     * named. Whenever the channel is listened to anew, at first and after each lost connection, it is also told what the hash holds,
     * since messages may have been missed, and which of the gateways that it was told of the hash does not hold any more
     * ({@link Listener#onGone}). A hash that holds nothing at all is not believed: it may have been lost in a failover, or never been
     * written, so none is told as gone, and a warning is logged once.
     *
     * <p>Events of the list are taken out of it. One that is being told stands in the list {@code {<list>}:processing}, from where it
     * is told again after a crash. The listener is called on threads of the feed, never on two at once; an event on which it throws is
     * logged and passed over.
     *
     * @throws IllegalStateException when the feed is followed already, or closed
     */
    public void follow(Listener listener) {
        reader.follow(Objects.requireNonNull(listener, "listener cannot be null"));
    }

    /** How many malformed entries were met since the feed was opened. */
    public long malformed() {
        return reader.malformed();
    }

    /** No call of the listener begins after this returns. */
    @Override
    public void close() {
        reader.close();
        closeClient.run();
    }

    /**
     * What the hash held at one moment.
     *
     * @param events the last event of every gateway; unmodifiable
     * @param malformed the entries that are no events; unmodifiable
     */
    public record Snapshot(List<GatewayEvent> events, List<MalformedStatus> malformed) {
        public Snapshot {
            events = List.copyOf(events);
            malformed = List.copyOf(malformed);
        }
    }

    /** Hears what the feed reads. */
    @FunctionalInterface
    public interface Listener {
        /** An event. */
        void onEvent(GatewayEvent event);

        /**
         * A gateway that was told of is in the hash no more, as was seen when that was read again after a lost connection: its deletion
         * was missed, or was told of already. Never called for what an empty hash does not hold: the last gateway to leave is told as
         * gone only when the hash is read again and holds another. Writes that a failover took back look like deletions; the gateway's next
         * event undoes that. A {@link io.github.ctigateway.status.StatusTracker} takes it with its {@code gone}.
         */
        default void onGone(String gateway) {}

        /** An entry that is no event; it is passed over. */
        default void onMalformed(MalformedStatus malformed) {}
    }
}

package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.MalformedStatus;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** Reads events from the hash, the channel and the list. Thread-safe. */
public final class StatusReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusReader.class);

    /** Up to this many gateways the hash is read at once. */
    private static final long AT_ONCE = 20_000;

    private final UnifiedJedis jedis;
    private final RedisStatusOptions options;
    private final AtomicLong malformed = new AtomicLong();
    private final List<AutoCloseable> sources = new ArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private RedisStatusFeed.@Nullable Listener listener;
    private boolean closed;

    /** A reader on this client, which it does not close. */
    public StatusReader(UnifiedJedis jedis, RedisStatusOptions options) {
        this.jedis = jedis;
        this.options = options;
    }

    public RedisStatusFeed.Snapshot snapshot() {
        List<GatewayEvent> events = new ArrayList<>();
        List<MalformedStatus> bad = new ArrayList<>();
        if (!options.hash().isEmpty()) {
            RedisErrors.translate("reading the status of gateways", () -> {
                return new WholeHash(jedis, StoreKeys.utf8(options.hash()), AT_ONCE).forEach((field, value) -> {
                    String source = "field " + StoredBytes.text(field) + " of " + options.hash();
                    read(source, value, bad::add).ifPresent(events::add);
                });
            });
        }
        return new RedisStatusFeed.Snapshot(events, bad);
    }

    public void follow(RedisStatusFeed.Listener newListener) {
        telling.lock();
        try {
            if (listener != null || closed) {
                throw new IllegalStateException("the feed is followed already, or closed");
            }
            listener = newListener;
            if (!options.channel().isEmpty()) {
                sources.add(ChannelSubscription.start(
                        jedis,
                        "cti-gateway-status-channel",
                        List.of(ChannelSubscription.literally(options.channel())),
                        message -> tell("channel " + options.channel(), message),
                        this::tellHash));
            }
            if (!options.list().isEmpty()) {
                sources.add(
                        ListConsumer.start(jedis, options.list(), message -> tell("list " + options.list(), message)));
            }
        } finally {
            telling.unlock();
        }
    }

    private void tellHash() {
        try {
            RedisStatusFeed.Snapshot snapshot = snapshot();
            snapshot.events().forEach(event -> telling(open -> open.onEvent(event)));
            snapshot.malformed().forEach(bad -> telling(open -> open.onMalformed(bad)));
        } catch (StoreRefusedException e) {
            log.warn(
                    "The hash {} was refused; only what is sent from now on is told: {}",
                    options.hash(),
                    e.getMessage());
        }
    }

    private void tell(String source, byte[] message) {
        read(source, message, bad -> telling(open -> open.onMalformed(bad)))
                .ifPresent(event -> telling(open -> open.onEvent(event)));
    }

    private void telling(Consumer<RedisStatusFeed.Listener> call) {
        telling.lock();
        try {
            if (!closed && listener != null) {
                call.accept(listener);
            }
        } catch (RuntimeException e) {
            log.error("A listener to the status of gateways failed; the event is passed over", e);
        } finally {
            telling.unlock();
        }
    }

    private Optional<GatewayEvent> read(String source, byte[] message, Consumer<MalformedStatus> bad) {
        try {
            return EventJson.read(StoredBytes.text(message));
        } catch (MalformedEventException e) {
            malformed.incrementAndGet();
            bad.accept(new MalformedStatus(source, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    public long malformed() {
        return malformed.get();
    }

    @Override
    public void close() {
        List<AutoCloseable> ending;
        telling.lock();
        try {
            closed = true;
            ending = List.copyOf(sources);
            sources.clear();
        } finally {
            telling.unlock();
        }
        for (AutoCloseable source : ending) {
            try {
                source.close();
            } catch (Exception e) {
                log.warn("A source of the status of gateways could not be ended", e);
            }
        }
    }
}

package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.MalformedStatus;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The gateways that the listener was told of and that are not known to be gone, each with the turn of its last event. */
    private final Map<String, Long> told = new HashMap<>();

    private boolean warnedOfEmptyHash;
    private long turn;
    private RedisStatusFeed.@Nullable Listener listener;
    private boolean closed;

    /** A reader on this client, which it does not close. */
    public StatusReader(UnifiedJedis jedis, RedisStatusOptions options) {
        this.jedis = jedis;
        this.options = options;
    }

    public RedisStatusFeed.Snapshot snapshot() {
        return snapshot(field -> {});
    }

    private RedisStatusFeed.Snapshot snapshot(Consumer<String> onField) {
        List<GatewayEvent> events = new ArrayList<>();
        List<MalformedStatus> bad = new ArrayList<>();
        if (!options.hash().isEmpty()) {
            RedisErrors.translate("reading the status of gateways", () -> {
                return new WholeHash(jedis, StoreKeys.utf8(options.hash()), AT_ONCE).forEach((field, value) -> {
                    String name = StoredBytes.text(field);
                    onField.accept(name);
                    read("field " + name + " of " + options.hash(), value, bad::add)
                            .ifPresent(events::add);
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
        long asked = turn();
        Set<String> held = new HashSet<>();
        try {
            RedisStatusFeed.Snapshot snapshot = snapshot(held::add);
            snapshot.events().forEach(this::tell);
            snapshot.malformed().forEach(bad -> telling(open -> open.onMalformed(bad)));
            if (!options.hash().isEmpty()) {
                snapshot.events().forEach(event -> held.add(event.gateway()));
                tellGone(held, asked);
            }
        } catch (StoreRefusedException e) {
            log.warn(
                    "The hash {} was refused; only what is sent from now on is told: {}",
                    options.hash(),
                    e.getMessage());
        }
    }

    private long turn() {
        telling.lock();
        try {
            return turn;
        } finally {
            telling.unlock();
        }
    }

    /**
     * Of one that was told of after the hash was asked for, by the list, the hash does not know yet. An empty hash says of none that it
     * is gone: Redis does not tell the hash whose last field was deleted from one that a failover lost, or that nobody ever wrote.
     */
    private void tellGone(Set<String> held, long asked) {
        List<String> gone = new ArrayList<>();
        telling.lock();
        try {
            if (held.isEmpty()) {
                warnOfEmptyHash();
                return;
            }
            warnedOfEmptyHash = false;
            told.forEach((gateway, last) -> {
                if (last <= asked && !held.contains(gateway)) {
                    gone.add(gateway);
                }
            });
            gone.forEach(told::remove);
            // Under the lock, so that none of them is told of in between.
            gone.forEach(gateway -> telling(open -> open.onGone(gateway)));
        } finally {
            telling.unlock();
        }
    }

    private void warnOfEmptyHash() {
        if (!told.isEmpty() && !warnedOfEmptyHash) {
            warnedOfEmptyHash = true;
            log.warn(
                    "The hash {} is empty although {} gateways were told of; none of them is told as gone before it is written again",
                    options.hash(),
                    told.size());
        }
    }

    private boolean tell(GatewayEvent event) {
        return telling(open -> {
            turn++;
            if (event instanceof GatewayEvent.Deleted) {
                told.remove(event.gateway());
            } else if (!options.hash().isEmpty() && !options.channel().isEmpty()) {
                // Only then it is ever held against the hash.
                told.put(event.gateway(), turn);
            }
            open.onEvent(event);
        });
    }

    /** Whether the listener was told, or need not be. */
    private boolean tell(String source, byte[] message) {
        List<MalformedStatus> bad = new ArrayList<>();
        return read(source, message, bad::add)
                .map(this::tell)
                .orElseGet(() -> bad.stream().allMatch(entry -> telling(open -> open.onMalformed(entry))));
    }

    /** Whether there was still somebody to tell. */
    private boolean telling(Consumer<RedisStatusFeed.Listener> call) {
        telling.lock();
        try {
            if (closed || listener == null) {
                return false;
            }
            call.accept(listener);
        } catch (RuntimeException e) {
            log.error("A listener to the status of gateways failed; the event is passed over", e);
        } finally {
            telling.unlock();
        }
        return true;
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

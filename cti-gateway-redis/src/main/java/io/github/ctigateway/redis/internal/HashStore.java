package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.HistoryEntry;
import io.github.ctigateway.redis.RedisServerReport;
import io.github.ctigateway.redis.SaveOutcome;
import io.github.ctigateway.redis.UnknownRevisionException;
import io.github.ctigateway.store.GatewayStore.Watch;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** The store behind {@link io.github.ctigateway.redis.RedisGatewayStore}. */
public final class HashStore implements AutoCloseable {
    private static final Duration COMPARE_INTERVAL = Duration.ofSeconds(5);

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final StampKey stampKey;
    private final HistoryStream history;
    private final GatewayHash hash;
    private final GatewayEditor editor;
    private final HashWatcher watcher;
    private final GatewayValidator validator = GatewayValidator.create();
    private final LastSeen seen = new LastSeen();

    /**
     * A store on this client, which it does not close.
     *
     * @param author under whose name changes are recorded; null when they are not
     */
    public HashStore(UnifiedJedis jedis, String domain, @Nullable String author) {
        this.jedis = jedis;
        this.keys = StoreKeys.of(domain);
        this.stampKey = new StampKey(jedis, keys);
        this.history = new HistoryStream(jedis, keys, stampKey);
        this.hash =
                new GatewayHash(jedis, keys, seen, author == null ? null : changes -> history.record(author, changes));
        this.editor = new GatewayEditor(hash);
        this.watcher = new HashWatcher(domain, hash::forEach, COMPARE_INTERVAL, this::hints);
    }

    public String domain() {
        return keys.domain();
    }

    /** Decodes only what changed since the snapshot before; two snapshots at once may both decode the same. */
    public StoreSnapshot snapshot() {
        SnapshotBuilder builder = new SnapshotBuilder(seen.snapshot());
        boolean eachOnce = hash.forEach(builder::add);
        KnownSnapshot now = builder.build(eachOnce);
        seen.saw(now);
        return now.snapshot();
    }

    public Optional<StoredGateway> find(String name) {
        return hash.find(name).map(value -> StoredEntry.of(name, value).orThrow());
    }

    public StoredGateway save(Gateway gateway) {
        validator.validate(gateway).orThrow();
        return hinting(() -> editor.save(gateway).orThrow());
    }

    public List<SaveOutcome> saveAll(Collection<Gateway> gateways) {
        Map<String, Gateway> lastOfEach = new LinkedHashMap<>(gateways.size() * 2);
        gateways.forEach(gateway -> lastOfEach.put(
                Objects.requireNonNull(gateway, "gateway cannot be null").name(), gateway));
        Collection<Gateway> wanted = lastOfEach.values();
        return hinting(() -> wanted.size() <= SmallBatch.MOST
                ? new SmallBatch(hash, seen, editor, validator, wanted).save()
                : new GatewayBatch(hash, editor, validator, wanted).save());
    }

    public StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision) {
        validator.validate(gateway).orThrow();
        return hinting(() -> editor.saveIfUnchanged(gateway, expectedRevision).orThrow());
    }

    public boolean delete(String name) {
        return hinting(() -> hash.remove(name, null).isPresent());
    }

    public boolean deleteIfUnchanged(String name, String expectedRevision) {
        return hinting(() -> editor.deleteIfUnchanged(name, expectedRevision));
    }

    /** Lets our own watchers look at once, also when the answer to a change was lost. */
    private <T> T hinting(Supplier<T> change) {
        try {
            return change.get();
        } finally {
            watcher.hint();
        }
    }

    public Watch watch(Consumer<String> onChange) {
        return watcher.add(onChange);
    }

    public List<HistoryEntry> history(String name, int limit) {
        return history.read(name, limit);
    }

    public StoredGateway rollback(String name, String revision) {
        byte[] value = history.find(name, revision).orElseThrow(() -> new UnknownRevisionException(name, revision));
        StoredEntry entry = StoredEntry.of(name, value);
        validator.validate(entry.orThrow().gateway()).orThrow();
        return hinting(() -> editor.restore(entry).orThrow());
    }

    public RedisServerReport checkServer() {
        return ServerCheck.of(jedis);
    }

    public byte[] stampSecret() {
        return stampKey.get();
    }

    /** Our own writers' messages and, where the server has them on, its keyspace notifications, whatever the database. */
    private AutoCloseable hints(Runnable hint) {
        List<String> patterns = List.of(
                ChannelSubscription.literally(StoredBytes.text(keys.changes())),
                "__keyspace@*__:" + ChannelSubscription.literally(StoredBytes.text(keys.gateways())));
        return ChannelSubscription.start(
                jedis, "cti-gateway-hints-" + keys.domain(), patterns, message -> hint.run(), hint);
    }

    @Override
    public void close() {
        watcher.close();
    }
}

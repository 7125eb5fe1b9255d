package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore.Watch;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import io.github.ctigateway.validation.GatewayValidator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** The store behind {@link io.github.ctigateway.redis.RedisGatewayStore}. */
public final class HashStore implements AutoCloseable {
    private static final Duration COMPARE_INTERVAL = Duration.ofSeconds(5);
    private static final int SECRET_BYTES = 32;

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final GatewayHash hash;
    private final GatewayEditor editor;
    private final HashWatcher watcher;
    private final GatewayValidator validator = GatewayValidator.create();

    /** A store on this client, which it does not close. */
    public HashStore(UnifiedJedis jedis, String domain) {
        this.jedis = jedis;
        this.keys = StoreKeys.of(domain);
        this.hash = new GatewayHash(jedis, keys);
        this.editor = new GatewayEditor(hash);
        this.watcher = new HashWatcher(domain, hash::all, COMPARE_INTERVAL);
    }

    public String domain() {
        return keys.domain();
    }

    public StoreSnapshot snapshot() {
        List<StoredGateway> readable = new ArrayList<>();
        List<UnreadableEntry> unreadable = new ArrayList<>();
        hash.all().forEach((field, value) -> {
            StoredEntry entry = StoredEntry.of(field, value);
            if (entry.isReadable()) {
                readable.add(entry.orThrow());
            } else {
                unreadable.add(entry.unreadable());
            }
        });
        return StoreSnapshot.of(readable, unreadable);
    }

    public Optional<StoredGateway> find(String name) {
        return hash.find(name).map(value -> StoredEntry.of(name, value).orThrow());
    }

    public StoredGateway save(Gateway gateway) {
        validator.validate(gateway).orThrow();
        StoredGateway saved = editor.save(gateway);
        watcher.hint();
        return saved;
    }

    public StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision) {
        validator.validate(gateway).orThrow();
        StoredGateway saved = editor.saveIfUnchanged(gateway, expectedRevision);
        watcher.hint();
        return saved;
    }

    public boolean delete(String name) {
        boolean removed = hash.remove(name);
        watcher.hint();
        return removed;
    }

    public Watch watch(Consumer<String> onChange) {
        return watcher.add(onChange);
    }

    /** The secret that is there, or else a new one; whoever is first decides for all. */
    public byte[] stampSecret() {
        byte[] secret = RedisErrors.translate("reading the stamp key of " + keys.domain(), () -> {
            byte[] present = jedis.get(keys.stampKey());
            if (present != null) {
                return present;
            }
            byte[] fresh = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(fresh);
            String set = jedis.set(keys.stampKey(), fresh, SetParams.setParams().nx());
            byte[] winner = jedis.get(keys.stampKey());
            return winner == null || set != null ? fresh : winner;
        });
        if (secret.length < SECRET_BYTES) {
            throw new StoreRefusedException(
                    "The key cti_gateway_stamp_key@" + keys.domain() + " holds less than " + SECRET_BYTES
                            + " bytes; somebody else wrote it. Delete it, and all gateways will be stamped anew.",
                    null);
        }
        return secret;
    }

    @Override
    public void close() {
        watcher.close();
    }
}

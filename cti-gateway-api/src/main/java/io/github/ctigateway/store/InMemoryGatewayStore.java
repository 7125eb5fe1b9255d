package io.github.ctigateway.store;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that lives as long as its process, for tests and dry tries. Thread-safe. Listeners are called on the thread that makes the
 * change, after it is made.
 */
public final class InMemoryGatewayStore implements GatewayStore {
    private static final int SECRET_BYTES = 32;

    private final String domain;
    private final GatewayValidator validator = GatewayValidator.create();
    private final byte[] secret = new byte[SECRET_BYTES];
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, StoredGateway> entries = new HashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private long revisions;

    private InMemoryGatewayStore(String domain) {
        this.domain = Objects.requireNonNull(domain, "domain cannot be null");
        new SecureRandom().nextBytes(secret);
    }

    /** An empty store with a secret of its own. */
    public static InMemoryGatewayStore create(String domain) {
        return new InMemoryGatewayStore(domain);
    }

    @Override
    public String domain() {
        return domain;
    }

    @Override
    public StoreSnapshot snapshot() {
        lock.lock();
        try {
            return StoreSnapshot.of(entries.values(), List.of());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<StoredGateway> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(name));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public StoredGateway save(Gateway gateway) {
        return put(gateway, null);
    }

    @Override
    public StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision) {
        return put(gateway, Objects.requireNonNull(expectedRevision, "expectedRevision cannot be null"));
    }

    private StoredGateway put(Gateway gateway, @Nullable String expectedRevision) {
        validator.validate(gateway).orThrow();
        StoredGateway saved;
        lock.lock();
        try {
            StoredGateway present = entries.get(gateway.name());
            String presentRevision = present == null ? "" : present.revision();
            if (expectedRevision != null && !expectedRevision.equals(presentRevision)) {
                throw new RevisionConflictException(gateway.name(), expectedRevision, gateway, present);
            }
            if (present != null && present.gateway().equals(gateway)) {
                return present;
            }
            saved = new StoredGateway(gateway, Long.toString(++revisions));
            entries.put(gateway.name(), saved);
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.accept(gateway.name()));
        return saved;
    }

    @Override
    public boolean delete(String name) {
        boolean removed;
        lock.lock();
        try {
            removed = entries.remove(name) != null;
        } finally {
            lock.unlock();
        }
        if (removed) {
            listeners.forEach(listener -> listener.accept(name));
        }
        return removed;
    }

    @Override
    public Watch watch(Consumer<String> onChange) {
        // A wrapper of its own, so that the same consumer can watch twice and each watch ends alone.
        Consumer<String> listener = name -> onChange.accept(name);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public byte[] stampSecret() {
        return secret.clone();
    }

    @Override
    public void close() {
        listeners.clear();
    }
}

package io.github.ctigateway.store;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the gateways that are wanted in one domain. Implementations are thread-safe. Every method may throw
 * {@link StoreUnavailableException} and {@link StoreRefusedException}.
 */
public interface GatewayStore extends AutoCloseable {
    /** The domain whose gateways these are. */
    String domain();

    /** Everything at this moment. One unreadable entry hides nothing. */
    StoreSnapshot snapshot();

    /**
     * One gateway.
     *
     * @throws UnreadableEntryException when the entry is there but is no gateway
     */
    Optional<StoredGateway> find(String name);

    /**
     * Writes a gateway, whatever is stored under its name. What the definition leaves unchanged is kept byte for byte.
     *
     * @throws InvalidGatewayException with every finding, when FreeSWITCH would not take it
     * @throws UnreadableEntryException when the entry there is no gateway
     */
    StoredGateway save(Gateway gateway);

    /**
     * Writes a gateway if nobody changed it meanwhile.
     *
     * @param expectedRevision the revision that was read; the empty text means "not there yet"
     * @throws RevisionConflictException when the stored revision is another; nothing is written
     * @throws InvalidGatewayException with every finding, when FreeSWITCH would not take it
     * @throws UnreadableEntryException when the entry there is no gateway
     */
    StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision);

    /** Removes an entry, readable or not; false when there was none. */
    boolean delete(String name);

    /**
     * Calls the listener with the name of each entry that changed, until the returned watch is closed. Changes in quick succession may
     * be told once; none is left out for ever. The listener is called on one thread of the store and may call the store.
     */
    Watch watch(Consumer<String> onChange);

    /** The secret under which gateways are stamped: the same for everybody who uses this store's domain, at least 32 bytes. */
    byte[] stampSecret();

    @Override
    void close();

    /** A running {@link #watch}. */
    interface Watch extends AutoCloseable {
        /** No call of the listener begins after this returns. */
        @Override
        void close();
    }
}

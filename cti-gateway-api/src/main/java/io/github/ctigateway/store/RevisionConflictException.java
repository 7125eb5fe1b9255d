package io.github.ctigateway.store;

import io.github.ctigateway.model.Gateway;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody else changed the entry meanwhile: read it again and decide. Nothing was written. */
public final class RevisionConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String gateway;
    private final String expectedRevision;
    private final transient @Nullable Gateway wanted;
    private final transient @Nullable StoredGateway present;

    /**
     * A conflict about a gateway of this name.
     *
     * @param wanted what was to be saved; null when the entry was to be removed
     * @param present what is stored now; null when it is gone, or cannot be read
     */
    public RevisionConflictException(
            String gateway, String expectedRevision, @Nullable Gateway wanted, @Nullable StoredGateway present) {
        super(
                "Gateway '" + gateway + "' is no longer at revision " + expectedRevision + ": "
                        + (present == null ? "it is gone, or unreadable" : "it is at " + present.revision())
                        + ". Read it again before changing it.",
                null);
        this.gateway = gateway;
        this.expectedRevision = expectedRevision;
        this.wanted = wanted;
        this.present = present;
    }

    public String gateway() {
        return gateway;
    }

    public String expectedRevision() {
        return expectedRevision;
    }

    /** What was to be saved, its secrets included, which print as {@code ***}; empty when the entry was to be removed. */
    public Optional<Gateway> wanted() {
        return Optional.ofNullable(wanted);
    }

    /** What is stored now, its secrets included, which print as {@code ***}; empty when it is gone, or cannot be read. */
    public Optional<StoredGateway> present() {
        return Optional.ofNullable(present);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

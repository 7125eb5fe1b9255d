package io.github.ctigateway.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody else changed the entry meanwhile: read it again and decide. Nothing was written. */
public final class RevisionConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String gateway;
    private final String expectedRevision;
    private final transient @Nullable StoredGateway present;

    public RevisionConflictException(String gateway, String expectedRevision, @Nullable StoredGateway present) {
        super(
                "Gateway '" + gateway + "' is no longer at revision " + expectedRevision + ": "
                        + (present == null ? "it is gone" : "it is at " + present.revision())
                        + ". Read it again before changing it.",
                null);
        this.gateway = gateway;
        this.expectedRevision = expectedRevision;
        this.present = present;
    }

    public String gateway() {
        return gateway;
    }

    public String expectedRevision() {
        return expectedRevision;
    }

    /** What is stored now; empty when it is gone. */
    public Optional<StoredGateway> present() {
        return Optional.ofNullable(present);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

package io.github.ctigateway.store;

import io.github.ctigateway.model.Gateway;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A gateway as a store holds it. Immutable and thread-safe. */
public final class StoredGateway {
    private final Gateway gateway;
    private final Supplier<String> revisionSource;

    /** Threads that ask at the same time may each compute it, and find the same. */
    private volatile @Nullable String revision;

    /**
     * A gateway and the name of its stored content.
     *
     * @param revision as {@link #revision()}
     */
    public StoredGateway(Gateway gateway, String revision) {
        this(gateway, () -> revision);
        this.revision = Objects.requireNonNull(revision, "revision cannot be null");
    }

    /**
     * As the other constructor, for a revision that takes time to compute: few who read 10,000 gateways ask for one of their revisions.
     *
     * @param revisionSource gives the revision when it is first asked for, from any thread; always the same one
     */
    public StoredGateway(Gateway gateway, Supplier<String> revisionSource) {
        this.gateway = Objects.requireNonNull(gateway, "gateway cannot be null");
        this.revisionSource = Objects.requireNonNull(revisionSource, "revisionSource cannot be null");
    }

    /** The definition. */
    public Gateway gateway() {
        return gateway;
    }

    /** Names the stored content: equal content has an equal revision, whoever wrote it. */
    public String revision() {
        String known = revision;
        if (known == null) {
            known = Objects.requireNonNull(revisionSource.get(), "revision cannot be null");
            revision = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredGateway that
                && gateway.equals(that.gateway)
                && revision().equals(that.revision());
    }

    @Override
    public int hashCode() {
        return gateway.hashCode();
    }

    /** The gateway without its secrets, and the revision. */
    @Override
    public String toString() {
        return "StoredGateway[" + gateway + " " + revision() + "]";
    }
}

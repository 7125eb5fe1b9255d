package io.github.ctigateway.redis;

import io.github.ctigateway.model.Gateway;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of a gateway, as its history keeps it.
 *
 * @param time when, by Redis' clock, to the millisecond
 * @param author who
 * @param gateway the gateway's name
 * @param oldRevision the revision before; empty when it was not there
 * @param newRevision the revision after; empty when it was deleted
 * @param before the gateway before; null when it was not there, was unreadable, or was kept under another stamp key
 * @param after the gateway after; null when it was deleted, or was kept under another stamp key
 */
public record HistoryEntry(
        Instant time,
        String author,
        String gateway,
        String oldRevision,
        String newRevision,
        @Nullable Gateway before,
        @Nullable Gateway after) {
    public HistoryEntry {
        Objects.requireNonNull(time, "time cannot be null");
        Objects.requireNonNull(author, "author cannot be null");
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(oldRevision, "oldRevision cannot be null");
        Objects.requireNonNull(newRevision, "newRevision cannot be null");
    }

    /** The gateway before the change. */
    public Optional<Gateway> gatewayBefore() {
        return Optional.ofNullable(before);
    }

    /** The gateway after the change. */
    public Optional<Gateway> gatewayAfter() {
        return Optional.ofNullable(after);
    }
}

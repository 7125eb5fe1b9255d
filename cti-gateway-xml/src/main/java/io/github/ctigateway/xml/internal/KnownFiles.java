package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Gateway;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of our files were read and held which gateway, so that 10,000 of them are not read again for each change of one. A file counts as
 * untouched while its size, its time of modification and its identity are the same. Used by one thread at a time.
 */
final class KnownFiles {
    /** A file that was modified so shortly before it was read could be modified again and show the same time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Map<String, Known> byGateway = new HashMap<>();

    /** Whether the gateway's file, which has these attributes now, holds exactly this definition. */
    boolean holds(Gateway wanted, BasicFileAttributes now) {
        Known known = byGateway.get(wanted.name());
        return known != null
                && known.file().equals(Seen.of(now))
                && known.gateway().equals(wanted);
    }

    /**
     * The gateway's file was read and held exactly this definition.
     *
     * @param before its attributes before it was read
     * @param readAt when it was read
     */
    void remember(Gateway gateway, BasicFileAttributes before, Instant readAt) {
        boolean settled = before.lastModifiedTime().toInstant().plus(SETTLED).isBefore(readAt);
        if (settled) {
            byGateway.put(gateway.name(), new Known(gateway, Seen.of(before)));
        } else {
            byGateway.remove(gateway.name());
        }
    }

    /** Forgets all others. */
    void keepOnly(Set<String> gateways) {
        byGateway.keySet().retainAll(gateways);
    }

    private record Known(Gateway gateway, Seen file) {}

    private record Seen(
            long size, FileTime modified, @Nullable Object identity) {
        static Seen of(BasicFileAttributes attributes) {
            return new Seen(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }
}

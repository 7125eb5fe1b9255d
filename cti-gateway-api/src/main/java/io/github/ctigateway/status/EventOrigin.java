package io.github.ctigateway.status;

import java.time.Instant;
import java.util.Objects;

/**
 * Which FreeSWITCH fired an event, and when.
 *
 * @param node the node's name ({@code FreeSWITCH-Switchname})
 * @param coreUuid new at every start of FreeSWITCH ({@code Core-UUID})
 * @param sequence grows within one Core-UUID ({@code Event-Sequence})
 * @param time the node's clock ({@code Event-Date-Timestamp}, which counts microseconds)
 */
public record EventOrigin(String node, String coreUuid, long sequence, Instant time) {
    public EventOrigin {
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(coreUuid, "coreUuid cannot be null");
        Objects.requireNonNull(time, "time cannot be null");
    }
}

package io.github.ctigateway.redis;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.store.StoredGateway;
import java.util.Objects;

/** What became of one gateway of {@link RedisGatewayStore#saveAll}. */
public sealed interface SaveOutcome {
    /** The gateway's name. */
    String gateway();

    /**
     * It is stored.
     *
     * @param stored as it is stored now
     */
    record Saved(StoredGateway stored) implements SaveOutcome {
        public Saved {
            Objects.requireNonNull(stored, "stored cannot be null");
        }

        @Override
        public String gateway() {
            return stored.gateway().name();
        }
    }

    /**
     * It was not written.
     *
     * @param gateway its name
     * @param reason what {@link RedisGatewayStore#save} would have thrown: the gateway is invalid, or the entry there is unreadable
     */
    record Refused(String gateway, CtiGatewayException reason) implements SaveOutcome {
        public Refused {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            Objects.requireNonNull(reason, "reason cannot be null");
        }
    }
}

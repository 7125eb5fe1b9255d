package io.github.ctigateway.store;

import io.github.ctigateway.model.Gateway;
import java.util.Objects;

/**
 * A gateway as a store holds it.
 *
 * @param gateway the definition
 * @param revision names the stored content: equal content has an equal revision, whoever wrote it
 */
public record StoredGateway(Gateway gateway, String revision) {
    public StoredGateway {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(revision, "revision cannot be null");
    }
}

package io.github.ctigateway.xml;

import io.github.ctigateway.model.Gateway;
import java.util.Objects;

/**
 * A gateway that an import found.
 *
 * @param gateway the definition, empty parameters included
 * @param source the file, or empty for a text
 * @param line where it begins, counted from 1
 */
public record ImportedGateway(Gateway gateway, String source, int line) {
    public ImportedGateway {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(source, "source cannot be null");
    }
}

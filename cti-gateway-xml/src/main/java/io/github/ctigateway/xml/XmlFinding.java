package io.github.ctigateway.xml;

import io.github.ctigateway.validation.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that an import cannot carry over as it stands, or that FreeSWITCH reads otherwise than it looks. Holds no value of the
 * document.
 *
 * @param source the file, or empty for a text
 * @param line where, counted from 1; 0 when it is about the whole source, or with an empty one about the whole import
 * @param gatewayName the gateway it is about, when it is about one
 * @param violation what it is
 */
public record XmlFinding(String source, int line, @Nullable String gatewayName, Violation violation) {
    /** The gateway it is about. */
    public Optional<String> gateway() {
        return Optional.ofNullable(gatewayName);
    }

    @Override
    public String toString() {
        String place =
                source.isEmpty() ? (line == 0 ? "import" : "line " + line) : line == 0 ? source : source + ":" + line;
        return place + (gatewayName == null ? "" : " gateway '" + gatewayName + "'") + ": " + violation;
    }
}

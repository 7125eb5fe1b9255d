package io.github.ctigateway.xml;

import io.github.ctigateway.CtiGatewayException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A document was refused as a whole: it is not XML as FreeSWITCH reads it, holds a document type, is too large or too deep, or could
 * not be read from its file. Holds no value of the document.
 */
public final class GatewayXmlException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    /**
     * @param line where, counted from 1; 0 when the reason has no place
     * @param reason what is wrong and what to do
     */
    public GatewayXmlException(int line, String reason, @Nullable Throwable cause) {
        super(line == 0 ? reason : "Line " + line + ": " + reason, cause);
        this.line = line;
        this.reason = reason;
    }

    /** The line, counted from 1, when the reason has a place. */
    public OptionalInt line() {
        return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

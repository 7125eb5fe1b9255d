package io.github.ctigateway.redis;

import io.github.ctigateway.CtiGatewayException;

/** A {@code cti.json} could not be understood. Its text is not quoted: it holds passwords. */
public final class CtiJsonException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** What is wrong at a line and column, both counted from 1. */
    public CtiJsonException(String what, int line, int column) {
        super("cti.json cannot be read: " + what + " (line " + line + ", column " + column
                + "). Mend it at this place.");
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

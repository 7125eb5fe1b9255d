package io.github.ctigateway.xml;

import io.github.ctigateway.control.PublisherException;

/**
 * A gateway holds a character that XML 1.0 cannot carry (most control characters, lone surrogates, U+FFFE and U+FFFF), so FreeSWITCH
 * can never be given it. Nothing was published. Trying again does not help: the definition must change.
 */
public final class UnwritableGatewayException extends PublisherException {
    private static final long serialVersionUID = 1L;

    private final String gateway;
    private final String field;

    UnwritableGatewayException(String gateway, String field, int character) {
        super(
                String.format(
                        "Gateway '%s' cannot be written as XML: %s holds the character U+%04X; remove it",
                        gateway, field, character),
                false,
                null);
        this.gateway = gateway;
        this.field = field;
    }

    /** The gateway's name, with {@code ?} for what cannot be printed. */
    public String gateway() {
        return gateway;
    }

    /** The place: {@code name}, {@code param.realm}, {@code variable.sip_cid_type} … */
    public String field() {
        return field;
    }
}

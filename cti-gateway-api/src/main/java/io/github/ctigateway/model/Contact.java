package io.github.ctigateway.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Contact that mod_sofia puts in a REGISTER. The host and the port can be unknown (null); {@code instance} says whether an instance
 * id follows, which is made anew at random for each load of the gateway.
 */
record Contact(String user, @Nullable String host, @Nullable Integer port, String params, Instance instance) {
    /** Stands for what is not known. */
    static final String ANY = "*";

    enum Instance {
        NO,
        YES,
        UNKNOWN
    }

    boolean isKnown() {
        return host != null && port != null && instance == Instance.NO;
    }

    /** Whether a Contact that FreeSWITCH shows can be this one. */
    boolean matches(String shown) {
        if (isKnown()) {
            return shown.equals(toString());
        }
        String tail = ";reg-id=.*";
        String pattern = Pattern.quote("<sip:" + user + "@")
                + (host == null ? ".*" : Pattern.quote(bracketed(host)))
                + ":"
                + (port == null ? "[0-9]+" : port)
                + Pattern.quote(params + ">")
                + switch (instance) {
                    case NO -> "";
                    case YES -> tail;
                    case UNKNOWN -> "(" + tail + ")?";
                };
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(shown).matches();
    }

    /** mod_sofia puts brackets around whatever holds a colon. */
    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** As {@code xmlstatus} shows it, with {@code *} for what is not known. */
    @Override
    public String toString() {
        return "<sip:" + user + "@" + (host == null ? ANY : bracketed(host)) + ":" + (port == null ? ANY : port)
                + params + ">" + (instance == Instance.NO ? "" : ANY);
    }
}

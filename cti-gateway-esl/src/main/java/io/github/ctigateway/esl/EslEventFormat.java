package io.github.ctigateway.esl;

/** How FreeSWITCH writes events. There is one format for the whole connection. */
public enum EslEventFormat {
    /** {@code text/event-json}: exact. */
    JSON,
    /**
     * {@code text/event-plain}: lossy. A {@code %41} in a value arrives as {@code A}, and an empty value cannot be told from the word
     * {@code _undef_}.
     */
    PLAIN
}

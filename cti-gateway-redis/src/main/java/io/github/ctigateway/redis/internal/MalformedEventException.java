package io.github.ctigateway.redis.internal;

/** A text is no event of FreeSWITCH; the message says why without quoting it. */
final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEventException(String why) {
        super(why);
    }
}

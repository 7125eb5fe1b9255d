package io.github.ctigateway.redis.internal;

/** Finds half characters, which UTF-8 cannot hold and which would be lost on the way to Redis. */
final class Surrogates {
    private Surrogates() {}

    /** The offset of the first lone surrogate, or -1. */
    static int firstLone(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isLoneAt(text, i)) {
                return i;
            }
        }
        return -1;
    }

    static boolean isLoneAt(CharSequence text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}

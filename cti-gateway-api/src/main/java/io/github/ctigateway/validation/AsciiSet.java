package io.github.ctigateway.validation;

/** Some ASCII characters, to ask of every character of a value whether it is one of them. Immutable. */
final class AsciiSet {
    private final long low;
    private final long high;

    private AsciiSet(long low, long high) {
        this.low = low;
        this.high = high;
    }

    /** The characters of this text. */
    static AsciiSet of(String characters) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c >= 2 * Long.SIZE) {
                throw new IllegalArgumentException("not ASCII: " + (int) c);
            }
            low |= c < Long.SIZE ? 1L << c : 0;
            high |= c < Long.SIZE ? 0 : 1L << c;
        }
        return new AsciiSet(low, high);
    }

    boolean has(char c) {
        return c < 2 * Long.SIZE && ((c < Long.SIZE ? low : high) >>> c & 1) != 0;
    }
}

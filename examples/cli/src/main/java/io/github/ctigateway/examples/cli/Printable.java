package io.github.ctigateway.examples.cli;

/** What may be written to a terminal: texts of others may hold characters that control it. */
final class Printable {
    private Printable() {}

    /** A text with every control character but line ends and tabs spelt out. */
    static String text(String text) {
        return text.codePoints().anyMatch(c -> isHarmful(c)) ? spelt(text) : text;
    }

    /** As {@link #text}, on one line. */
    static String line(String text) {
        return text(text.replace("\n", "\\n"));
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    private static String spelt(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmful(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}

package io.github.ctigateway.validation;

/** Looks at the characters of a value, whatever it means. */
final class TextChecks {
    private static final String[] PREPROCESSED = {"$${", "x-pre-process", "<?", "<include"};

    private TextChecks() {}

    /**
     * Looks at every character; in nearly every value they are harmless.
     *
     * @param reachesSip whether the value stands in a SIP message, so that a line end breaks it
     * @param blanksMatter whether to report blanks at the ends
     */
    static void check(String path, String value, boolean reachesSip, boolean blanksMatter, Findings findings) {
        if (blanksMatter && hasBlankEdge(value)) {
            findings.add(Finding.BLANK_EDGES, path);
        }
        if (isSuspicious(value)) {
            characters(path, value, reachesSip, findings);
        }
    }

    /** Whether {@link #check} would find nothing, so that the caller need not even put a path together. */
    static boolean isHarmless(String value) {
        return !isSuspicious(value) && !hasBlankEdge(value);
    }

    private static boolean isSuspicious(String value) {
        boolean suspicious = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            suspicious |= c < ' ' || c == 0x7f || c == '$' || c == '<' || c == '-' || c >= 0x80;
        }
        return suspicious;
    }

    private static boolean hasBlankEdge(String value) {
        return !value.isEmpty() && (value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' ');
    }

    private static void characters(String path, String value, boolean reachesSip, Findings findings) {
        String lineEnd = "";
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isXml(value, i)) {
                findings.add(Finding.NOT_XML, path, Findings.codeOf(c));
                return;
            }
            if (lineEnd.isEmpty() && Character.isISOControl(c)) {
                lineEnd = Findings.codeOf(c);
            }
        }
        if (!lineEnd.isEmpty() && reachesSip) {
            findings.add(Finding.CONTROL, path, lineEnd);
        } else {
            hardened(path, value, lineEnd, findings);
        }
    }

    private static void hardened(String path, String value, String lineEnd, Findings findings) {
        String special = lineEnd;
        for (String word : PREPROCESSED) {
            if (special.isEmpty() && containsIgnoringCase(value, word)) {
                special = word;
            }
        }
        if (!special.isEmpty()) {
            findings.add(Finding.HARDENED, path, special);
        }
    }

    /** Whether XML 1.0 has the character at this place (production Char). */
    static boolean isXml(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
        }
        return c >= ' ' ? c < 0xfffe : c == '\t' || c == '\n' || c == '\r';
    }

    static boolean containsIgnoringCase(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}

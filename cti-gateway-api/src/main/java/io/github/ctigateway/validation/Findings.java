package io.github.ctigateway.validation;

import io.github.ctigateway.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what was found in one gateway, in one language. What it quotes is masked, made printable and cut. */
final class Findings {
    /** Enough to recognise a value; messages stay on one line. */
    private static final int LONGEST_QUOTE = 60;

    private final Locale locale;
    private final List<Violation> found = new ArrayList<>(0);

    Findings(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    List<Violation> found() {
        return found;
    }

    void add(Finding finding, String path, Object... arguments) {
        found.add(new Violation(
                finding.severity(),
                finding.code(),
                printable(path),
                fill(finding.cause(locale), arguments),
                fill(finding.cure(locale), arguments)));
    }

    /** A value as it may stand in a message: masked when its name says that it is secret. */
    static String quoted(String name, String value) {
        return Parameters.isSecret(name) ? "***" : "'" + printable(value) + "'";
    }

    /** Control characters as {@code \\u000a}, and not too long. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder();
        int length = Math.min(text.length(), LONGEST_QUOTE);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                out.append(codeOf(c));
            } else {
                out.append(c);
            }
        }
        return length < text.length() ? out.append('…').toString() : out.toString();
    }

    /** A character by its number: {@code \\u000a}. */
    static String codeOf(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    /** Fills the places {@code {0}} … in one pass, so that braces in a quoted value stay what they are. */
    private static String fill(String template, Object[] arguments) {
        StringBuilder text = new StringBuilder(template.length() + LONGEST_QUOTE);
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '{') {
                text.append(arguments[template.charAt(i + 1) - '0']);
                i += "0}".length();
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}

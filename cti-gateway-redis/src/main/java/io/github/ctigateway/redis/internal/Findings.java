package io.github.ctigateway.redis.internal;

import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one document, with places in it. Never quotes the document, which may hold a password. */
final class Findings {
    /** The path of a finding about the document as a whole. */
    static final String DOCUMENT = "document";

    private final String text;
    private final List<Violation> found = new ArrayList<>();

    Findings(String text) {
        this.text = text;
    }

    void error(String code, String path, int offset, String message, String hint) {
        add(Severity.ERROR, code, path, offset, message, hint);
    }

    void warning(String code, String path, int offset, String message, String hint) {
        add(Severity.WARNING, code, path, offset, message, hint);
    }

    void info(String code, String path, int offset, String message, String hint) {
        add(Severity.INFO, code, path, offset, message, hint);
    }

    private void add(Severity severity, String code, String path, int offset, String message, String hint) {
        found.add(new Violation(severity, code, printable(path), message + " (" + place(offset) + ")", hint));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    boolean hasErrors() {
        return found.stream().anyMatch(violation -> violation.severity() == Severity.ERROR);
    }

    List<Violation> all() {
        return List.copyOf(found);
    }

    private String place(int offset) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (end - lineStart + 1);
    }

    /** Member names come from outside: nothing in them may break a line of a log. */
    private static String printable(String path) {
        StringBuilder shown = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && Surrogates.isLoneAt(path, i))) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}

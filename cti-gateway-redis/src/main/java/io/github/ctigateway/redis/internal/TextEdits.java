package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects replacements of parts of a text, which may not overlap, and makes them all at once. */
final class TextEdits {
    private record Edit(int start, int end, String replacement) {}

    private final String text;
    private final List<Edit> edits = new ArrayList<>();

    TextEdits(String text) {
        this.text = text;
    }

    void replace(int start, int end, String replacement) {
        edits.add(new Edit(start, end, replacement));
    }

    void insert(int at, String added) {
        replace(at, at, added);
    }

    void remove(int start, int end) {
        replace(start, end, "");
    }

    /** The text with every edit made; the very same object when there is none. */
    String apply() {
        if (edits.isEmpty()) {
            return text;
        }
        // An insertion comes before the removal that begins at the same place.
        edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
        StringBuilder changed = new StringBuilder(text.length() + 64);
        int copied = 0;
        for (Edit edit : edits) {
            changed.append(text, copied, edit.start()).append(edit.replacement());
            copied = edit.end();
        }
        return changed.append(text, copied, text.length()).toString();
    }
}

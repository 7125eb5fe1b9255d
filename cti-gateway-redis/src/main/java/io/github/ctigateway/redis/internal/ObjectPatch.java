package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes single members of one JSON object in its text; new members take the layout of their neighbours. */
final class ObjectPatch {
    private final String text;
    private final SourceValue object;
    private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

    ObjectPatch(String text, SourceValue object) {
        this.text = text;
        this.object = object;
    }

    /** Sets the value of a member to raw JSON. */
    void set(String name, String raw) {
        changes.put(name, raw);
    }

    /** Removes every member of this name. */
    void remove(String name) {
        changes.put(name, null);
    }

    /** What stands between a name and its value in this object, or the given text when it has no member. */
    String colon(String otherwise) {
        if (object.members().isEmpty()) {
            return otherwise;
        }
        SourceMember first = object.members().get(0);
        return text.substring(endOfString(first.start()), first.value().start());
    }

    /** Adds the edits that make the changes. */
    void into(TextEdits edits, String colonOtherwise) {
        Map<String, String> added = new LinkedHashMap<>();
        changes.forEach((name, raw) -> {
            SourceMember present = object.member(name);
            if (raw == null) {
                return;
            }
            if (present == null) {
                added.put(name, raw);
            } else {
                edits.replace(present.value().start(), present.value().end(), raw);
            }
        });
        List<SourceMember> kept = new ArrayList<>(object.members());
        kept.removeIf(member -> changes.containsKey(member.name()) && changes.get(member.name()) == null);
        String colon = colon(colonOtherwise);
        if (kept.isEmpty()) {
            refill(edits, added, colon);
        } else {
            removeAllBut(kept, edits);
            append(added, kept.get(kept.size() - 1), edits, colon);
        }
    }

    private void removeAllBut(List<SourceMember> kept, TextEdits edits) {
        SourceMember firstKept = kept.get(0);
        if (object.members().indexOf(firstKept) > 0) {
            edits.remove(object.members().get(0).start(), firstKept.start());
        }
        int end = -1;
        for (SourceMember member : object.members()) {
            if (kept.contains(member)) {
                end = member.end();
            } else if (end >= 0) {
                edits.remove(end, member.end());
                end = member.end();
            }
        }
    }

    private void append(Map<String, String> added, SourceMember after, TextEdits edits, String colon) {
        if (added.isEmpty()) {
            return;
        }
        String lead = leadOf(object.members().get(object.members().size() - 1));
        StringBuilder members = new StringBuilder();
        added.forEach((name, raw) -> {
            members.append(',').append(lead);
            JsonWriting.string(members, name);
            members.append(colon).append(raw);
        });
        edits.insert(after.end(), members.toString());
    }

    private void refill(TextEdits edits, Map<String, String> added, String colon) {
        if (added.isEmpty() && object.members().isEmpty()) {
            return;
        }
        String inside = JsonWriting.object(added, colon);
        edits.replace(object.start(), object.end(), inside);
    }

    /** The white space in front of a member. */
    private String leadOf(SourceMember member) {
        int start = member.start();
        while (isBlank(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, member.start());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private int endOfString(int openingQuote) {
        int at = openingQuote + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}

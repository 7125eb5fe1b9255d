package io.github.ctigateway.redis.internal;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value with its place in the text it was read from, so that a change can leave everything else as it stands.
 *
 * @param kind what it is
 * @param start the offset of its first character
 * @param end the offset after its last character
 * @param text a scalar as text: strings unescaped, numbers as spelt, {@code null} as the empty text; empty for the others
 * @param members of an object, in order, duplicates included
 * @param items of an array
 */
record SourceValue(Kind kind, int start, int end, String text, List<SourceMember> members, List<SourceValue> items) {
    enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        OBJECT,
        ARRAY
    }

    static SourceValue scalar(Kind kind, int start, int end, String text) {
        return new SourceValue(kind, start, end, text, List.of(), List.of());
    }

    /** A value that nobody looks into: only its place is known. */
    static SourceValue opaque(Kind kind, int start, int end) {
        return scalar(kind, start, end, "");
    }

    boolean isScalar() {
        return kind != Kind.OBJECT && kind != Kind.ARRAY;
    }

    /** What PHP writes for a map without entries. */
    boolean isEmptyArray() {
        return kind == Kind.ARRAY && items.isEmpty();
    }

    /** The member of this name that counts: of equal names the last. */
    @Nullable
    SourceMember member(String name) {
        return last(member -> member.name().equals(name));
    }

    private @Nullable SourceMember last(Predicate<SourceMember> wanted) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (wanted.test(members.get(i))) {
                return members.get(i);
            }
        }
        return null;
    }

    String raw(String source) {
        return source.substring(start, end);
    }
}

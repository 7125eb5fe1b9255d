package io.github.ctigateway.redis.internal;

/**
 * A member of a JSON object with its place in the text.
 *
 * @param name its name, unescaped
 * @param start the offset of the quote that opens the name
 * @param value its value
 */
record SourceMember(String name, int start, SourceValue value) {
    int end() {
        return value.end();
    }
}

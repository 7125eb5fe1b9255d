package io.github.ctigateway.esl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What FreeSWITCH answered to a command.
 *
 * @param text the {@code Reply-Text}; empty when there is none, as for {@code api}
 * @param headers the headers of the reply in order, such as {@code Job-UUID}; never decoded, as FreeSWITCH does not encode them.
 *     Unmodifiable
 * @param body the body, empty when there is none
 */
public record EslReply(String text, Map<String, String> headers, String body) {
    public EslReply {
        Objects.requireNonNull(text, "text cannot be null");
        Objects.requireNonNull(body, "body cannot be null");
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Whether the text begins with {@code -ERR}. */
    public boolean isError() {
        return text.startsWith("-ERR");
    }
}

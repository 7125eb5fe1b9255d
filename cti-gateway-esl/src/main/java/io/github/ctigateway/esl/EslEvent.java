package io.github.ctigateway.esl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as FreeSWITCH sent it. It keeps the bytes and decodes what is asked for, once. Immutable and thread-safe.
 *
 * <p>Header names are compared without regard to case, as FreeSWITCH does.
 */
public interface EslEvent {
    /** {@code Event-Name}, such as {@code CUSTOM}; empty when there is none. */
    default String name() {
        String name = header("Event-Name");
        return name == null ? "" : name;
    }

    /** {@code Event-Subclass}, such as {@code sofia::gateway_state}; empty when there is none. */
    default String subclass() {
        String subclass = header("Event-Subclass");
        return subclass == null ? "" : subclass;
    }

    /**
     * The value of a header, or null. A header with several values comes in FreeSWITCH's own writing, {@code ARRAY::a|:b}; see
     * {@link #values}.
     *
     * @throws EslProtocolException when the event cannot be read
     */
    @Nullable
    String header(String name);

    /** All values of a header in order; empty when there is none. */
    List<String> values(String name);

    /** All headers in the order of the wire. Unmodifiable. */
    Map<String, String> headers();

    /** The event's body, empty when there is none. */
    String body();

    /** The event as one JSON object: exactly as sent when the format is {@link EslEventFormat#JSON}, else built from the headers. */
    String json();

    /** The frame's body exactly as sent, as text. */
    String raw();

    /** The number of bytes of {@link #raw()} on the wire. */
    int size();
}

package io.github.ctigateway.esl.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of the switch. Immutable once fired.
 *
 * @param name the event's name, such as {@code CUSTOM}
 * @param subclass the subclass of a {@code CUSTOM} event
 * @param headers in the order in which FreeSWITCH writes them; looked up without regard to case
 * @param body the body of a {@code BACKGROUND_JOB}
 */
record SimulatedEvent(String name, Optional<String> subclass, Map<String, String> headers, Optional<String> body) {
    SimulatedEvent {
        headers = new LinkedHashMap<>(headers);
    }

    @Nullable
    String header(String wanted) {
        String exact = headers.get(wanted);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(wanted)) {
                return header.getValue();
            }
        }
        return null;
    }
}

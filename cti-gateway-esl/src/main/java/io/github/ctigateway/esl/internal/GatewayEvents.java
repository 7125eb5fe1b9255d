package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes gateway events of mod_sofia's events. */
final class GatewayEvents {
    static final String ADD = "sofia::gateway_add";
    static final String STATE = "sofia::gateway_state";
    static final String DELETE = "sofia::gateway_delete";

    private GatewayEvents() {}

    /**
     * The gateway event, or empty for any other event.
     *
     * @throws IllegalArgumentException when it is one and lacks what every such event has
     */
    static Optional<GatewayEvent> read(EslEvent event) {
        return switch (event.subclass()) {
            case ADD ->
                Optional.of(new GatewayEvent.Added(
                        required(event, "Gateway"), required(event, "profile-name"), origin(event), event.json()));
            case DELETE ->
                Optional.of(new GatewayEvent.Deleted(
                        required(event, "Gateway"), required(event, "profile-name"), origin(event), event.json()));
            case STATE ->
                Optional.of(new GatewayEvent.StateChanged(
                        required(event, "Gateway"),
                        RegistrationState.of(required(event, "State")),
                        PingStatus.of(optional(event, "Ping-Status")),
                        networkAddress(event),
                        sipReason(event),
                        origin(event),
                        event.json()));
            default -> Optional.empty();
        };
    }

    private static EventOrigin origin(EslEvent event) {
        return new EventOrigin(
                required(event, "FreeSWITCH-Switchname"),
                required(event, "Core-UUID"),
                number(event, "Event-Sequence"),
                Instant.EPOCH.plus(number(event, "Event-Date-Timestamp"), ChronoUnit.MICROS));
    }

    private static @Nullable String networkAddress(EslEvent event) {
        String ip = optional(event, "Register-Network-IP");
        String port = optional(event, "Register-Network-Port");
        if (ip.isEmpty()) {
            return null;
        }
        String host = ip.indexOf(':') >= 0 && !ip.startsWith("[") ? "[" + ip + "]" : ip;
        return port.isEmpty() ? host : host + ":" + port;
    }

    private static @Nullable SipReason sipReason(EslEvent event) {
        String status = optional(event, "Status");
        String phrase = optional(event, "Phrase");
        if (status.isEmpty() && phrase.isEmpty()) {
            return null;
        }
        return new SipReason(status.matches("\\d{1,9}") ? Integer.parseInt(status) : 0, phrase);
    }

    private static String optional(EslEvent event, String header) {
        String value = event.header(header);
        return value == null ? "" : value;
    }

    private static String required(EslEvent event, String header) {
        String value = event.header(header);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("a " + event.subclass() + " event has no " + header);
        }
        return value;
    }

    private static long number(EslEvent event, String header) {
        String value = required(event, header);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("in a " + event.subclass() + " event " + header + " is no number", e);
        }
    }
}

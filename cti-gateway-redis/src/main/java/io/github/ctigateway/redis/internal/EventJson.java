package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an event as FreeSWITCH writes it in JSON. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String json;
    private final Map<String, String> headers;

    private EventJson(String json, Map<String, String> headers) {
        this.json = json;
        this.headers = headers;
    }

    /**
     * The gateway event; empty when it is another event of FreeSWITCH.
     *
     * @throws MalformedEventException when it is no event, or lacks what every such event has
     */
    static Optional<GatewayEvent> read(String json) throws MalformedEventException {
        return new EventJson(json, headers(json)).event();
    }

    private static Map<String, String> headers(String json) throws MalformedEventException {
        Map<String, String> headers = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEventException("it is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_NULL) {
                    headers.remove(name);
                } else if (value.isScalarValue()) {
                    headers.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedEventException("there is more text after its end");
            }
            return headers;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("it is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private Optional<GatewayEvent> event() throws MalformedEventException {
        return switch (optional("Event-Subclass")) {
            case "sofia::gateway_add" ->
                Optional.of(new GatewayEvent.Added(required("Gateway"), optional("profile-name"), origin(), json));
            case "sofia::gateway_delete" ->
                Optional.of(new GatewayEvent.Deleted(required("Gateway"), optional("profile-name"), origin(), json));
            case "sofia::gateway_state" ->
                Optional.of(new GatewayEvent.StateChanged(
                        required("Gateway"),
                        RegistrationState.of(required("State")),
                        PingStatus.of(optional("Ping-Status")),
                        networkAddress(),
                        sipReason(),
                        origin(),
                        json));
            case "" -> throw new MalformedEventException("it has no Event-Subclass");
            default -> Optional.empty();
        };
    }

    private EventOrigin origin() throws MalformedEventException {
        Instant time = Instant.EPOCH.plus(number("Event-Date-Timestamp"), ChronoUnit.MICROS);
        return new EventOrigin(
                required("FreeSWITCH-Switchname"), required("Core-UUID"), number("Event-Sequence"), time);
    }

    private @Nullable String networkAddress() {
        String ip = optional("Register-Network-IP");
        if (ip.isEmpty()) {
            return null;
        }
        String host = ip.indexOf(':') >= 0 && !ip.startsWith("[") ? "[" + ip + "]" : ip;
        String port = optional("Register-Network-Port");
        return port.isEmpty() ? host : host + ":" + port;
    }

    private @Nullable SipReason sipReason() {
        String status = optional("Status");
        String phrase = optional("Phrase");
        if (status.isEmpty() && phrase.isEmpty()) {
            return null;
        }
        return new SipReason(status.matches("[0-9]{1,9}") ? Integer.parseInt(status) : 0, phrase);
    }

    private String optional(String header) {
        return headers.getOrDefault(header, "");
    }

    private String required(String header) throws MalformedEventException {
        String value = optional(header);
        if (value.isEmpty()) {
            throw new MalformedEventException("it has no " + header);
        }
        return value;
    }

    private long number(String header) throws MalformedEventException {
        String value = required(header);
        if (!value.matches("[0-9]{1,18}")) {
            throw new MalformedEventException(header + " is no number");
        }
        return Long.parseLong(value);
    }
}

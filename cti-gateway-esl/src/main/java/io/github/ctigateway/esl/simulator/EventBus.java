package io.github.ctigateway.esl.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes events with the headers that every one carries, and hands them to whoever listens. Guarded by the simulator's lock. */
final class EventBus {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final NodeIdentity node;
    private final Clock clock;
    private final Consumer<SimulatedEvent> listener;
    private long sequence;

    EventBus(NodeIdentity node, Clock clock, Consumer<SimulatedEvent> listener) {
        this.node = node;
        this.clock = clock;
        this.listener = listener;
    }

    long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Fires a {@code CUSTOM} event of mod_sofia. */
    void fireSofia(String subclass, Origin origin, Map<String, String> headers) {
        fire("CUSTOM", Optional.of(subclass), origin, headers, Optional.empty());
    }

    void fire(String name, Optional<String> subclass, Origin origin, Map<String, String> own, Optional<String> body) {
        Instant now = clock.instant();
        ZonedDateTime local = now.atZone(clock.getZone());
        Map<String, String> headers = new LinkedHashMap<>();
        subclass.ifPresent(value -> headers.put("Event-Subclass", value));
        headers.put("Event-Name", name);
        headers.put("Core-UUID", node.coreUuid());
        headers.put("FreeSWITCH-Hostname", node.hostname());
        headers.put("FreeSWITCH-Switchname", node.switchname());
        headers.put("FreeSWITCH-IPv4", node.ipv4());
        headers.put("FreeSWITCH-IPv6", node.ipv6());
        headers.put("Event-Date-Local", LOCAL.format(local));
        headers.put("Event-Date-GMT", GMT.format(now.atZone(ZoneOffset.UTC)));
        headers.put("Event-Date-Timestamp", Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, now)));
        headers.put("Event-Calling-File", origin.file());
        headers.put("Event-Calling-Function", origin.function());
        headers.put("Event-Calling-Line-Number", Integer.toString(origin.line()));
        headers.put("Event-Sequence", Long.toString(++sequence));
        headers.putAll(own);
        listener.accept(new SimulatedEvent(name, subclass, headers, body));
    }

    /** Where in FreeSWITCH's sources an event is made; events say it. */
    record Origin(String file, String function, int line) {}
}

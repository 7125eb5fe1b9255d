package io.github.ctigateway.esl.control;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The XML of a simulator, in memory. */
public final class MemoryPublisher implements GatewayPublisher {
    private final StartCommand startCommand;
    private Map<String, Gateway> readable = new TreeMap<>();
    private Set<String> pending = Set.of();
    private Optional<RuntimeException> failure = Optional.empty();

    public MemoryPublisher(StartCommand startCommand) {
        this.startCommand = startCommand;
    }

    public synchronized Collection<Gateway> gateways() {
        return List.copyOf(readable.values());
    }

    /** What the next start is for. */
    public synchronized Collection<Gateway> pending() {
        return readable.values().stream()
                .filter(gateway -> pending.contains(gateway.name()))
                .toList();
    }

    /** From now on it cannot publish. */
    public synchronized void failWith(RuntimeException defect) {
        failure = Optional.of(defect);
    }

    @Override
    public synchronized Publication publish(Collection<Gateway> wanted, Set<String> forNextStart) {
        failure.ifPresent(defect -> {
            throw defect;
        });
        Map<String, Gateway> next = new TreeMap<>();
        Set<String> written = new TreeSet<>();
        for (Gateway gateway : wanted) {
            next.put(gateway.name(), gateway);
            if (!gateway.equals(readable.get(gateway.name()))) {
                written.add(gateway.name());
            }
        }
        Set<String> removed = new TreeSet<>(readable.keySet());
        removed.removeAll(next.keySet());
        readable = next;
        pending = Set.copyOf(forNextStart);
        return new Publication(written, removed, Map.of());
    }

    @Override
    public synchronized Optional<Gateway> published(String name) {
        return Optional.ofNullable(readable.get(name));
    }

    @Override
    public boolean outlivesProcess() {
        return true;
    }

    @Override
    public StartCommand startCommand() {
        return startCommand;
    }

    @Override
    public void close() {}
}

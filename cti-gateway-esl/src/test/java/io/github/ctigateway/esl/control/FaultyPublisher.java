package io.github.ctigateway.esl.control;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A publisher whose user may die at any call. */
class FaultyPublisher implements GatewayPublisher {
    private final GatewayPublisher real;
    private final FaultPoint fault;

    FaultyPublisher(GatewayPublisher real, FaultPoint fault) {
        this.real = real;
        this.fault = fault;
    }

    @Override
    public Publication publish(Collection<Gateway> wanted, Set<String> pending) {
        return fault.call(() -> real.publish(wanted, pending));
    }

    @Override
    public Optional<Gateway> published(String name) {
        return real.published(name);
    }

    @Override
    public Map<String, String> definedElsewhere() {
        return real.definedElsewhere();
    }

    @Override
    public boolean outlivesProcess() {
        return real.outlivesProcess();
    }

    @Override
    public StartCommand startCommand() {
        return real.startCommand();
    }

    @Override
    public void close() {}
}

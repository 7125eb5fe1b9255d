package io.github.ctigateway.esl.control;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.status.GatewayEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A switch whose user may die at any call, and that may lose events. */
final class FaultySwitch implements GatewaySwitch {
    private final GatewaySwitch real;
    private final FaultPoint fault;
    private final BooleanSupplier losesEvent;

    FaultySwitch(GatewaySwitch real, FaultPoint fault, BooleanSupplier losesEvent) {
        this.real = real;
        this.fault = fault;
        this.losesEvent = losesEvent;
    }

    @Override
    public String profile() {
        return real.profile();
    }

    @Override
    public SwitchIdentity identity() {
        return fault.call(real::identity);
    }

    @Override
    public List<LiveGateway> live() {
        return fault.call(real::live);
    }

    @Override
    public Set<String> names() {
        return fault.call(real::names);
    }

    @Override
    public List<LiveGateway> find(Collection<String> gateways) {
        return fault.call(() -> real.find(gateways));
    }

    @Override
    public Map<String, String> variables(Collection<String> gateways, String variable) {
        return fault.call(() -> real.variables(gateways, variable));
    }

    @Override
    public Set<String> present(Collection<String> gateways) {
        return fault.call(() -> real.present(gateways));
    }

    @Override
    public Map<String, Integer> calls(Collection<String> gateways) {
        return fault.call(() -> real.calls(gateways));
    }

    @Override
    public Set<String> kill(Collection<String> gateways) {
        return fault.call(() -> real.kill(gateways));
    }

    @Override
    public void start(StartCommand command) {
        fault.call(() -> {
            real.start(command);
            return command;
        });
    }

    @Override
    public Subscription subscribe(SwitchListener listener) {
        return fault.call(() -> real.subscribe(new SwitchListener() {
            @Override
            public void onEvent(GatewayEvent event) {
                if (!losesEvent.getAsBoolean()) {
                    listener.onEvent(event);
                }
            }

            @Override
            public void onGap(String reason) {
                listener.onGap(reason);
            }

            @Override
            public void onDisconnected() {
                listener.onDisconnected();
            }
        }));
    }

    /** The connection is the test's to close. */
    @Override
    public void close() {}
}

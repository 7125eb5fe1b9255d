package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real FreeSWITCH was seen to tell of one failure twice, by two threads in any order; the simulator has but one. */
class ControllerRaceTest {
    private final Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20));

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void reasonThatComesAfterTheFailureIsAwaited() {
        scene.freeSwitch.registrar().byDefault(RegistrarAnswer.forbidden());
        scene.store.save(Scene.trunk("t0", "p"));
        GatewayController controller = scene.controller(tellsFailuresTwice(scene.node), scene.directory());

        ApplyResult result = controller.apply(controller.plan(), Scene.quick());

        assertThat(result.outcome("t0"))
                .contains(new Outcome.RegistrationFailed(RegistrationState.FAILED, new SipReason(403, "Forbidden")));
    }

    /** First without the reason; with it only just before the next event. */
    private static GatewaySwitch tellsFailuresTwice(GatewaySwitch real) {
        return (GatewaySwitch) Proxy.newProxyInstance(
                GatewaySwitch.class.getClassLoader(),
                new Class<?>[] {GatewaySwitch.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("subscribe")) {
                        return real.subscribe(new Twice((SwitchListener) arguments[0]));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Twice implements SwitchListener {
        private final SwitchListener listener;
        private GatewayEvent.@Nullable StateChanged held;

        Twice(SwitchListener listener) {
            this.listener = listener;
        }

        @Override
        public void onEvent(GatewayEvent event) {
            if (held != null) {
                listener.onEvent(held);
                held = null;
            }
            if (event instanceof GatewayEvent.StateChanged changed
                    && changed.state() == RegistrationState.FAILED
                    && changed.sipReason() != null) {
                held = changed;
                listener.onEvent(new GatewayEvent.StateChanged(
                        changed.gateway(),
                        changed.state(),
                        changed.ping(),
                        changed.networkAddress(),
                        null,
                        changed.origin(),
                        changed.json()));
            } else {
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
    }
}

package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.control.SwitchUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ControllerLossTest {
    /** The command that fails and the listener tell of the same loss, in any order. */
    @Test
    void aLossThatIsToldOfTwiceIsOneLoss() {
        try (Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20))) {
            scene.store.save(Scene.trunk("t1", "before"));
            scene.oneReconcileMakesItRight("at the beginning");
            scene.store.save(Scene.trunk("t1", "after"));
            Losing losing = new Losing(scene.node);
            try (GatewayController controller = scene.controller(losing.asSwitch(), scene.directory())) {
                Plan plan = controller.plan();
                assertThat(controller.apply(plan, Scene.quick()).isSuccess()).isTrue();
            }
            int kill = losing.calls.indexOf("kill");
            assertThat(losing.calls.subList(kill, losing.calls.size()))
                    .filteredOn("identity"::equals)
                    .hasSize(1);
        }
    }

    /** Loses its connection with the first kill, and tells the listener when the truth is being read again. */
    private static final class Losing {
        private final GatewaySwitch real;
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<SwitchListener> listeners = new CopyOnWriteArrayList<>();

        Losing(GatewaySwitch real) {
            this.real = real;
        }

        GatewaySwitch asSwitch() {
            return (GatewaySwitch) Proxy.newProxyInstance(
                    GatewaySwitch.class.getClassLoader(),
                    new Class<?>[] {GatewaySwitch.class},
                    (proxy, method, arguments) -> call(method, arguments));
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            calls.add(method.getName());
            try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("subscribe")) {
                    listeners.add((SwitchListener) arguments[0]);
                } else if (method.getName().equals("kill")) {
                    throw new SwitchUnavailableException("the connection was lost", false, null);
                } else if (method.getName().equals("identity") && calls.contains("kill")) {
                    listeners.forEach(SwitchListener::onDisconnected);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}

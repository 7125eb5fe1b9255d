package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.StartCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts what is sent: nothing for gateways that did not change, and no more for many of those than for few. */
class ControllerQuietTest {
    private static final Pattern GATEWAY = Pattern.compile("\\b([ts][0-9]+)\\b");

    @ParameterizedTest
    @ValueSource(ints = {20, 300})
    void sendsNothingForGatewaysThatDidNotChange(int unchanged) {
        try (Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20))) {
            for (int i = 0; i < unchanged; i++) {
                scene.store.save(Scene.trunk((i % 2 == 0 ? "t" : "s") + (100 + i), "same"));
            }
            for (String name : List.of("t1", "s1", "t2", "s2")) {
                scene.store.save(Scene.trunk(name, "before"));
            }
            scene.oneReconcileMakesItRight("at the beginning");
            Set<String> users = new TreeSet<>(scene.store.snapshot().gateways().keySet());
            users.addAll(Set.of("t3", "s3"));
            Map<String, Integer> before = registers(scene, users);
            scene.store.save(Scene.trunk("t1", "after"));
            scene.store.save(Scene.trunk("s1", "after"));
            scene.store.delete("t2");
            scene.store.delete("s2");
            scene.store.save(Scene.trunk("t3", "after"));
            scene.store.save(Scene.trunk("s3", "after"));

            List<String> sent;
            try (GatewayController controller = scene.controller(scene.node, scene.directory())) {
                Plan plan = controller.plan();
                scene.freeSwitch.forgetCommands();
                assertThat(controller.apply(plan, Scene.quick()).isSuccess()).isTrue();
                sent = new ArrayList<>(scene.freeSwitch.commands());
            }

            assertThat(sent)
                    .filteredOn(command -> command.contains("killgw"))
                    .containsExactlyInAnyOrder(killing("t1"), killing("s1"), killing("t2"), killing("s2"));
            assertThat(sent).filteredOn(command -> command.contains("rescan")).hasSize(1);
            assertThat(sent.stream().flatMap(ControllerQuietTest::gateways).collect(Collectors.toSet()))
                    .isSubsetOf("t1", "t2", "t3", "s1", "s2", "s3");
            // The names of the profile are read anew as long as a deletion is late, so how often is not counted.
            assertThat(sent)
                    .filteredOn(command -> gateways(command).findAny().isEmpty())
                    .filteredOn(command -> !command.contains("gwlist") && !command.contains("rescan"))
                    .containsExactlyInAnyOrder("api switchname", "api global_getvar core_uuid");
            Map<String, Integer> after = registers(scene, users);
            before.merge("t1", 1, Integer::sum);
            before.merge("t3", 1, Integer::sum);
            assertThat(after).isEqualTo(before);
            assertThat(Set.of("t1", "t2"))
                    .allSatisfy(name -> assertThat(scene.freeSwitch.registrar().unregisters(name))
                            .isEqualTo(1));
        }
    }

    @Test
    void changesNothingWhereNothingChanged() {
        try (Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20))) {
            scene.store.save(Scene.trunk("t1", "same"));
            scene.oneReconcileMakesItRight("at the beginning");
            Map<String, Integer> before = registers(scene, Set.of("t1"));
            scene.freeSwitch.forgetCommands();

            try (GatewayController controller = scene.controller(scene.node, scene.directory())) {
                assertThat(controller.apply(controller.plan(), Scene.quick()).isSuccess())
                        .isTrue();
            }

            assertThat(scene.freeSwitch.commands())
                    .noneMatch(command -> command.matches(".*(killgw|startgw|rescan).*"));
            assertThat(registers(scene, Set.of("t1"))).isEqualTo(before);
        }
    }

    private static String killing(String gateway) {
        return "api sofia profile external killgw external::" + gateway;
    }

    private static Stream<String> gateways(String command) {
        Matcher matcher = GATEWAY.matcher(command);
        return matcher.results().map(found -> found.group(1));
    }

    private static Map<String, Integer> registers(Scene scene, Collection<String> users) {
        Map<String, Integer> registers = new TreeMap<>();
        users.forEach(user -> registers.put(user, scene.freeSwitch.registrar().registers(user)));
        return registers;
    }
}

package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.GatewayStamp;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.OtherNodeException;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.control.Planner;
import io.github.ctigateway.control.PlannerInput;
import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
    private static final String SECRET = "s3cret-pw";
    private static final GatewayStamp STAMP =
            GatewayStamp.under("a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8));

    private final Map<String, Gateway> stored = new TreeMap<>();
    private final Map<String, String> live = new HashMap<>();
    private final Map<String, String> byHand = new TreeMap<>();
    private PlanPolicy policy = PlanPolicy.usual();
    private String node = "fs1";

    @Test
    void whatIsSavedIsReadAndHoldsAsLongAsNothingItTouchesChanges() {
        store("create", SECRET);
        store("replace", SECRET);
        live("replace", "old");
        store("keep", SECRET);
        live("keep", SECRET);
        live("remove", SECRET);
        Plan plan = plan();

        String text = PlanJson.write(List.of(plan));
        SavedPlan saved = PlanJson.read(text).get(0);

        assertThat(text).doesNotContain(SECRET);
        assertThat(saved).isEqualTo(plan.saved());
        assertThat(saved.changes())
                .extracting(SavedPlan.Change::action)
                .containsExactly(Action.CREATE, Action.REMOVE, Action.REPLACE);

        store("unrelated", SECRET);
        Plan renewed = saved.renewed(plan());
        assertThat(renewed.changes()).extracting(item -> item.gateway()).containsExactly("create", "remove", "replace");
        assertThat(renewed.isHeld("unrelated")).isTrue();
    }

    @Test
    void isRefusedWhenTheStoreOrTheSwitchChangedInWhatItTouches() {
        store("a", SECRET);
        store("b", SECRET);
        live("b", "old");
        SavedPlan saved = plan().saved();

        store("a", "another");
        assertStale(saved, "a");
        store("a", SECRET);
        live("b", "older");
        assertStale(saved, "b");
        live.remove("b");
        assertStale(saved, "b");
        live("b", "old");
        assertThat(saved.renewed(plan()).changes()).hasSize(2);
        stored.remove("a");
        assertStale(saved, "a");
    }

    /** What was made by hand carries no stamp: what the switch shows of it is all there is to go by. */
    @Test
    void isRefusedWhenAGatewayMadeByHandThatItWouldRemoveShowsSomethingElse() {
        policy = PlanPolicy.usual().removingUnmanaged();
        byHand.put("hand", "carrier.example");
        SavedPlan saved = PlanJson.read(PlanJson.write(List.of(plan()))).get(0);
        assertThat(saved.changes()).extracting(SavedPlan.Change::action).containsExactly(Action.REMOVE);
        assertThat(saved.renewed(plan()).changes()).hasSize(1);

        byHand.put("hand", "other.example");
        assertStale(saved, "hand");
    }

    private void assertStale(SavedPlan saved, String gateway) {
        assertThatThrownBy(() -> saved.renewed(plan()))
                .isInstanceOfSatisfying(
                        StalePlanException.class,
                        stale -> assertThat(stale.gateways()).containsExactly(gateway));
    }

    @Test
    void isRefusedOnAnotherNode() {
        store("a", SECRET);
        SavedPlan saved = plan().saved();
        node = "fs2";
        assertThatThrownBy(() -> saved.renewed(plan()))
                .isInstanceOf(OtherNodeException.class)
                .hasMessageContaining("fs1")
                .hasMessageContaining("fs2");
    }

    @Test
    void whatIsHeldBackIsNotSaved() {
        store("a", SECRET);
        store("b", SECRET);
        Plan only = plan().only(Set.of("b"));
        assertThat(PlanJson.read(PlanJson.write(List.of(only))).get(0).changes())
                .extracting(SavedPlan.Change::gateway)
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":2,\"plans\":[]}",
                "{\"version\":1}",
                "{\"version\":1,\"plans\":{}}",
                "{\"version\":1,\"plans\":[1]}",
                "{\"version\":1,\"plans\":[{\"node\":\"a\",\"profile\":\"b\"}]}",
                "{\"version\":1,\"plans\":[{\"node\":1,\"profile\":\"b\",\"items\":[]}]}",
                "{\"version\":1,\"plans\":[{\"node\":\"a\",\"profile\":\"b\",\"items\":[{\"gateway\":\"x\"}]}]}",
                "{\"version\":1,\"plans\":[{\"node\":\"a\",\"profile\":\"b\",\"items\":[{\"gateway\":\"x\",\"action\":\"BURN\"}]}]}",
                "{\"version\":1,\"plans\":[{\"node\":\"a\",\"profile\":\"b\",\"items\":[{\"gateway\":\"x\",\"action\":\"REMOVE\"},"
                        + "{\"gateway\":\"x\",\"action\":\"REMOVE\"}]}]}",
                "{\"version\":1,\"plans\":[{\"node\":\"a\",\"profile\":\"b\",\"items\":[]},{\"node\":\"a\",\"profile\":\"b\",\"items\":[]}]}",
                "{\"version\":1,\"plans\":[]} x",
                "{\"version\":1,\"version\":1,\"plans\":[]}",
                "{\"version\":1,\"plans\":[",
                "{\"version\":1,\"plans\":[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
                "\u0000",
            })
    void anythingElseIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> PlanJson.read(text)).isInstanceOf(PlanJsonException.class);
    }

    @Test
    void aDamagedPlanIsRefusedOrReadAsAPlanAndNothingElse() {
        store("a", SECRET);
        live("b", SECRET);
        String text = PlanJson.write(List.of(plan()));
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            int at = random.nextInt(damaged.length());
            damaged.setCharAt(at, (char) random.nextInt(0x80));
            try {
                PlanJson.read(damaged.toString());
            } catch (PlanJsonException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
        }
    }

    private void store(String name, String password) {
        stored.put(name, trunk(name, password));
    }

    private void live(String name, String password) {
        live.put(name, STAMP.of(trunk(name, password)));
    }

    private static Gateway trunk(String name, String password) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, "u")
                .set(Parameters.PASSWORD, password)
                .build();
    }

    private static LiveGateway live(String name, Map<String, String> shown) {
        return new LiveGateway(name, "external", RegistrationState.REGED, PingStatus.UP, shown);
    }

    private Plan plan() {
        return new Planner(STAMP, GatewayValidator.create())
                .plan(new PlannerInput(
                        new SwitchIdentity(node, "core"),
                        "external",
                        StoreSnapshot.of(
                                stored.values().stream()
                                        .map(gateway -> new StoredGateway(gateway, "1"))
                                        .toList(),
                                List.of()),
                        Stream.concat(
                                        live.keySet().stream().map(name -> live(name, Map.of())),
                                        byHand.entrySet().stream()
                                                .map(one -> live(one.getKey(), Map.of("realm", one.getValue()))))
                                .toList(),
                        live,
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        Set.of(),
                        policy,
                        name -> Optional.empty()));
    }
}

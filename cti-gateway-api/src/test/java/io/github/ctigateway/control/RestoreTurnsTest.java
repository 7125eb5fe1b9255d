package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTurnsTest {
    private static final GatewayStamp STAMP = GatewayStamp.under(new byte[32]);

    private final RestoreTurns turns = new RestoreTurns(PlanPolicy.usual());

    @Test
    void fiveAreRestoredAtATimeAndTheOthersHaveTheirTurnNextThoughTheFirstAreStillInDoubt() {
        Plan plan = plan(8, 0);

        assertThat(chosen(turns, plan)).containsExactly("d0", "d1", "d2", "d3", "d4");
        assertThat(chosen(turns, plan)).as("making a plan is no turn").containsExactly("d0", "d1", "d2", "d3", "d4");

        turns.taken(Set.of("d0", "d1", "d2", "d3", "d4"));
        assertThat(chosen(turns, plan)).containsExactly("d0", "d1", "d5", "d6", "d7");
        turns.taken(Set.of("d0", "d1", "d5", "d6", "d7"));
        assertThat(chosen(turns, plan)).contains("d2", "d3", "d4");
    }

    @Test
    void whoMayNotBeRestoredNowTakesNobodysTurn() {
        Plan limited = turns.limit(plan(8, 0), item -> item.gateway().compareTo("d3") >= 0);

        assertThat(limited.toRestore()).containsExactly("d3", "d4", "d5", "d6", "d7");
        assertThat(limited.isHeld("d0")).isTrue();
    }

    @Test
    void whereCallsAreWaitedForThoseWithoutCallsComeFirst() {
        Plan busy = plan(8, 0).withCalls(Map.of("d0", 1, "d1", 2, "d2", 1));
        RestoreTurns waiting = new RestoreTurns(PlanPolicy.usual().waitingForCalls(Duration.ofMinutes(1)));

        assertThat(chosen(waiting, busy)).containsExactly("d3", "d4", "d5", "d6", "d7");
        waiting.taken(Set.of("d3", "d4", "d5", "d6", "d7"));
        assertThat(chosen(waiting, busy)).containsExactly("d3", "d4", "d5", "d6", "d7");
        assertThat(chosen(turns, busy))
                .as("calls do not count where they are not spared")
                .contains("d0", "d1", "d2");
    }

    /** With others that go as well they make no mass change, and beside one that is refused anyway they have all their room. */
    @ParameterizedTest
    @CsvSource({"0, 5", "3, 2", "5, 0", "6, 5"})
    void otherKillsLeaveAsMuchRoomAsIsNoMassChange(int removed, int restored) {
        Plan limited = turns.limit(plan(8, removed), item -> true);

        assertThat(limited.toRestore()).hasSize(restored);
        assertThat(limited.count(Action.REMOVE)).isEqualTo(removed);
        assertThat(Guards.isMassChange(limited.kills().size(), limited.liveCount()))
                .isEqualTo(removed > 5);
    }

    private static Set<String> chosen(RestoreTurns turns, Plan plan) {
        return turns.limit(plan, item -> true).toRestore();
    }

    /** So many gateways d0, d1 … whose bindings are in doubt, and so many that are no longer stored. */
    private static Plan plan(int inDoubt, int removed) {
        List<StoredGateway> stored = new ArrayList<>();
        List<LiveGateway> running = new ArrayList<>();
        Map<String, String> stamps = new HashMap<>();
        Set<String> doubts = new HashSet<>();
        for (int i = 0; i < inDoubt + removed; i++) {
            Gateway gateway = Gateway.builder(i < inDoubt ? "d" + i : "r" + i)
                    .set("realm", "carrier.example")
                    .set("username", "u")
                    .set("password", "pw")
                    .build();
            running.add(new LiveGateway(gateway.name(), "external", RegistrationState.REGED, PingStatus.UP, Map.of()));
            stamps.put(gateway.name(), STAMP.of(gateway));
            if (i < inDoubt) {
                stored.add(new StoredGateway(gateway, "1"));
                doubts.add(gateway.name());
            }
        }
        return new Planner(STAMP, GatewayValidator.create())
                .plan(new PlannerInput(
                        new SwitchIdentity("fs1", "core"),
                        "external",
                        StoreSnapshot.of(stored, List.of()),
                        running,
                        stamps,
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        doubts,
                        PlanPolicy.usual(),
                        name -> Optional.empty()));
    }
}

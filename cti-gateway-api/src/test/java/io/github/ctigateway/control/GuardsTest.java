package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {
    private static final GatewayStamp STAMP = GatewayStamp.under(new byte[32]);

    /** More than 30 %, and more than five. */
    @ParameterizedTest
    @CsvSource({"5, 5, false", "6, 6, true", "6, 19, true", "6, 20, false", "30, 100, false", "31, 100, true"})
    void aMassChangeKillsMoreThanFiveAndMoreThanThirtyPercent(int kills, int live, boolean refused) {
        Plan plan = plan(kills, live);
        if (refused) {
            assertThatThrownBy(() -> Guards.massChange(plan, ApplyOptions.defaults()))
                    .isInstanceOfSatisfying(MassChangeException.class, mass -> {
                        assertThat(mass.kills()).isEqualTo(kills);
                        assertThat(mass).hasMessageContaining(String.valueOf(live));
                    });
        } else {
            assertThatCode(() -> Guards.massChange(plan, ApplyOptions.defaults()))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> Guards.massChange(plan, ApplyOptions.defaults().withMassChange(true)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsHeldBackDoesNotCount() {
        Plan plan = plan(50, 50).only(Set.of("g1", "g2"));
        assertThatCode(() -> Guards.massChange(plan, ApplyOptions.defaults())).doesNotThrowAnyException();
    }

    @Test
    void aDoubtStopsWhatWouldKillAndNothingElse() {
        Plan kills = plan(1, 10).withWarnings(List.of("a doubt"));
        assertThatThrownBy(() -> Guards.warnings(kills, ApplyOptions.defaults()))
                .isInstanceOf(DoubtfulPlanException.class)
                .hasMessageContaining("a doubt");
        assertThatCode(() -> Guards.warnings(kills, ApplyOptions.defaults().withMassChange(true)))
                .doesNotThrowAnyException();

        Plan creates = plan(0, 0).withWarnings(List.of("a doubt"));
        assertThatCode(() -> Guards.warnings(creates, ApplyOptions.defaults())).doesNotThrowAnyException();
    }

    /** So many live gateways of ours, and as many of them are no longer stored, every other one changed instead. */
    private static Plan plan(int kills, int live) {
        List<StoredGateway> stored = new ArrayList<>();
        List<LiveGateway> running = new ArrayList<>();
        Map<String, String> stamps = new HashMap<>();
        for (int i = 0; i < live; i++) {
            Gateway gateway = trunk("g" + i, "pw");
            running.add(new LiveGateway(gateway.name(), "external", RegistrationState.REGED, PingStatus.UP, Map.of()));
            stamps.put(gateway.name(), STAMP.of(gateway));
            if (i >= kills) {
                stored.add(new StoredGateway(gateway, "1"));
            } else if (i % 2 == 0) {
                stored.add(new StoredGateway(trunk(gateway.name(), "another"), "1"));
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
                        Set.of(),
                        PlanPolicy.usual(),
                        name -> Optional.empty()));
    }

    private static Gateway trunk(String name, String password) {
        return Gateway.builder(name)
                .set("realm", "carrier.example")
                .set("username", "u")
                .set("password", password)
                .build();
    }
}

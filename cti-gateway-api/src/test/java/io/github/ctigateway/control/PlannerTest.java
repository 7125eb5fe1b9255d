package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final GatewayStamp STAMP = GatewayStamp.under(new byte[32]);
    private static final GatewayStamp FOREIGN = GatewayStamp.under("another store".getBytes(StandardCharsets.US_ASCII));

    private final List<StoredGateway> stored = new ArrayList<>();
    private final List<UnreadableEntry> unreadable = new ArrayList<>();
    private final List<LiveGateway> live = new ArrayList<>();
    private final Map<String, String> stamps = new HashMap<>();
    private final Set<String> removing = new HashSet<>();
    private final Map<String, String> definedElsewhere = new HashMap<>();
    private final Set<String> ownedElsewhere = new HashSet<>();
    private final Set<String> inDoubt = new HashSet<>();
    private PlanPolicy policy = PlanPolicy.usual();
    private final Map<String, Gateway> published = new HashMap<>();

    @Test
    void createsWhatIsStoredAndNotLive() {
        store(trunk("a"));

        Plan plan = plan();

        assertThat(action(plan, "a")).isEqualTo(Action.CREATE);
        assertThat(plan.wanted().get("a").variable(GatewayValidator.STAMP_VARIABLE))
                .isPresent();
    }

    @Test
    void keepsWhatCarriesTheWantedStamp() {
        store(trunk("a"));
        live(trunk("a"), "external", STAMP);

        assertThat(action(plan(), "a")).isEqualTo(Action.KEEP);
        assertThat(plan().hasChanges()).isFalse();
    }

    @Test
    void replacesWhatIsAsWantedWhenItsBindingIsInDoubt() {
        Gateway silent = trunk("b").toBuilder().set(Parameters.REGISTER, false).build();
        for (Gateway gateway : List.of(trunk("a"), silent)) {
            store(gateway);
            live(gateway, "external", STAMP);
            inDoubt.add(gateway.name());
        }
        inDoubt.add("gone");

        Plan plan = plan();

        assertThat(plan.toRestore()).containsExactly("a");
        assertThat(plan.kills()).containsExactly("a");
        assertThat(plan.item("a").orElseThrow().dropsRegistration()).isTrue();
        assertThat(action(plan, "b")).as("it has none").isEqualTo(Action.KEEP);
    }

    @Test
    void replacesAndNamesWhatDiffersWithoutTheSecret() {
        Gateway before = trunk("a");
        live(before, "external", STAMP);
        published.put("a", STAMP.stamped(before));
        store(before.toBuilder()
                .set(Parameters.PASSWORD, "fresh")
                .set(Parameters.REALM, "new.example")
                .build());

        PlanItem item = plan().item("a").orElseThrow();

        assertThat(item.action()).isEqualTo(Action.REPLACE);
        assertThat(item.dropsRegistration()).isTrue();
        assertThat(item.differences())
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder("param.password changed", "param.realm 'carrier.example' -> 'new.example'");
        assertThat(plan().toString()).doesNotContain("fresh").doesNotContain("pw-a");
    }

    @Test
    void aMisspeltPasswordIsNotNamedWhateverItsDirection() {
        Gateway before = trunk("a").toBuilder()
                .variable("pasword", "old-1", Direction.INBOUND)
                .variable("pass", "old-2", Direction.OUTBOUND)
                .build();
        live(before, "external", STAMP);
        published.put("a", STAMP.stamped(before));
        store(trunk("a").toBuilder()
                .variable("pasword", "new-1", Direction.INBOUND)
                .variable("pass", "new-2", Direction.OUTBOUND)
                .build());

        assertThat(plan().item("a").orElseThrow().differences())
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder("variable.pasword (inbound) changed", "variable.pass (outbound) changed");
    }

    @Test
    void saysThatItDoesNotKnowWhatDiffersWhenNobodyDoes() {
        live(trunk("a"), "external", STAMP);
        store(trunk("a").toBuilder().set(Parameters.PASSWORD, "fresh").build());

        assertThat(plan().item("a").orElseThrow().differences())
                .extracting(Difference::toString)
                .containsExactly("unknown changed");
    }

    @Test
    void removesOnlyWhatCarriesOurStamp() {
        live(trunk("ours"), "external", STAMP);
        live(trunk("foreign"), "external", FOREIGN);
        live(trunk("handmade"), "external", null);

        Plan plan = plan();

        assertThat(action(plan, "ours")).isEqualTo(Action.REMOVE);
        assertThat(action(plan, "foreign")).isEqualTo(Action.UNMANAGED);
        assertThat(action(plan, "handmade")).isEqualTo(Action.UNMANAGED);
    }

    @Test
    void leavesAloneWhatTheStoreHoldsInAFormThatCannotBeRead() {
        live(trunk("a"), "external", STAMP);
        published.put("a", STAMP.stamped(trunk("a")));
        unreadable.add(
                new UnreadableEntry("a", List.of(new Violation(Severity.ERROR, "json.syntax", "a", "not JSON", null))));

        Plan plan = plan();

        assertThat(action(plan, "a")).isEqualTo(Action.INVALID);
        assertThat(plan.hasChanges()).isFalse();
        assertThat(plan.wanted()).containsKey("a");
    }

    @Test
    void leavesAloneWhatFreeSwitchWouldSkip() {
        stored.add(new StoredGateway(Gateway.builder("a").build(), "1"));
        live(trunk("a"), "external", STAMP);

        PlanItem item = plan().item("a").orElseThrow();

        assertThat(item.action()).isEqualTo(Action.INVALID);
        assertThat(item.violations()).isNotEmpty();
    }

    @Test
    void reportsANameThatLivesOnAnotherProfile() {
        store(trunk("a"));
        live(trunk("a"), "internal", null);

        assertThat(action(plan(), "a")).isEqualTo(Action.CLASH);
    }

    @Test
    void leavesAloneWhatSomebodyElseDefinesToo() {
        store(trunk("a").toBuilder().set(Parameters.REALM, "new.example").build());
        live(trunk("a"), "external", null);
        definedElsewhere.put("a", "byhand.xml:3");

        PlanItem item = plan().item("a").orElseThrow();

        assertThat(item.action()).isEqualTo(Action.CLASH);
        assertThat(item.reason()).contains("byhand.xml:3");
    }

    @Test
    void keepsWhatSomebodyElseDefinesInTheSameWay() {
        store(trunk("a"));
        live(trunk("a"), "external", null);
        definedElsewhere.put("a", "byhand.xml:3");

        assertThat(action(plan(), "a")).isEqualTo(Action.KEEP);
        assertThat(plan().wanted()).as("defined twice").isEmpty();
    }

    @Test
    void removesWhatNobodyManagesWhenToldTo() {
        live(trunk("foreign"), "external", FOREIGN);
        live(trunk("handmade"), "external", null);
        live(trunk("in-a-file"), "external", null);
        live(trunk("going"), "external", null);
        removing.add("going");
        definedElsewhere.put("in-a-file", "byhand.xml:3");
        policy = policy.removingUnmanaged();

        Plan plan = plan();

        assertThat(plan.kills()).containsExactly("handmade");
        assertThat(plan.item("in-a-file").orElseThrow().reason()).contains("take it out of byhand.xml:3");
    }

    @Test
    void adoptsWhatShowsNoDifferenceToItsDefinition() {
        Map<String, Gateway> definitions = new HashMap<>();
        definitions.put("same", trunk("same"));
        definitions.put(
                "other",
                trunk("other").toBuilder().set(Parameters.REALM, "new.example").build());
        definitions.put("invalid", Gateway.builder("invalid").build());
        definitions.put("misnamed", trunk("same"));
        for (String name : List.of("same", "other", "invalid", "misnamed", "unknown")) {
            live(trunk(name), "external", null);
        }
        live(trunk("foreign"), "external", FOREIGN);
        definitions.put("foreign", trunk("foreign"));
        policy = policy.adopting(name -> Optional.ofNullable(definitions.get(name)));

        Plan plan = plan();

        assertThat(plan.changes()).extracting(PlanItem::gateway).containsExactly("same");
        assertThat(action(plan, "same")).isEqualTo(Action.ADOPT);
        assertThat(plan.adopted()).containsOnlyKeys("same");
        assertThat(plan.kills()).isEmpty();
        assertThat(plan.item("other").orElseThrow().reason()).contains("something else");
        assertThat(plan.item("invalid").orElseThrow().reason()).contains("would not take");
        assertThat(plan.item("misnamed").orElseThrow().reason()).contains("another gateway");
        assertThat(plan.item("unknown").orElseThrow().reason()).contains("no definition");
        assertThat(plan.item("foreign").orElseThrow().reason()).contains("another store");
    }

    @Test
    void tellsTheCallsOfWhatItWouldKill() {
        live(trunk("a"), "external", STAMP);

        Plan plan = plan().withCalls(Map.of("a", 2, "b", 1));

        assertThat(plan.toString()).contains("- a  REMOVE: no longer in the store [drops a registration] [2 calls]");
        assertThat(plan.without(Set.of("a")).hasChanges()).isFalse();
    }

    @Test
    void createsAgainWhatIsBeingRemoved() {
        store(trunk("a"));
        live(trunk("a"), "external", null);
        removing.add("a");

        assertThat(action(plan(), "a")).isEqualTo(Action.CREATE);
    }

    @Test
    void comparesAnUnstampedGatewayByWhatTheSwitchShows() {
        live(trunk("same"), "external", null);
        live(trunk("other"), "external", null);
        store(trunk("same"));
        store(trunk("other").toBuilder().set(Parameters.REALM, "new.example").build());

        Plan plan = plan();

        assertThat(action(plan, "same")).isEqualTo(Action.KEEP);
        assertThat(plan.item("same").orElseThrow().reason()).contains("best effort");
        assertThat(action(plan, "other")).isEqualTo(Action.REPLACE);
    }

    @Test
    void aGatewayThatIsSwitchedOffOrForOthersIsTakenDownAndStaysOff() {
        Gateway off = trunk("off").toBuilder().enabled(false).build();
        Gateway elsewhere =
                trunk("elsewhere").toBuilder().onNodes(Set.of("bj", "sh")).build();
        Gateway here = trunk("here").toBuilder().onNodes(Set.of("ai")).build();
        store(off);
        store(elsewhere);
        store(here);
        assertThat(plan().toString().lines())
                .containsExactly(
                        "o elsewhere  OFF: only for bj, sh",
                        "+ here  CREATE: not live",
                        "o off  OFF: switched off in the store",
                        "1 create, 2 off");

        live(off, "external", STAMP);
        live(elsewhere, "external", null);
        live(here, "external", STAMP);
        Plan plan = plan();
        assertThat(action(plan, "off")).isEqualTo(Action.REMOVE);
        assertThat(action(plan, "elsewhere")).isEqualTo(Action.REMOVE);
        assertThat(action(plan, "here")).isEqualTo(Action.KEEP);
        assertThat(plan.wanted()).containsOnlyKeys("here");
    }

    @Test
    void placementIsNoPartOfWhatIsStamped() {
        assertThat(STAMP.of(trunk("a").toBuilder()
                        .onNodes(Set.of("ai"))
                        .onOneNode()
                        .enabled(true)
                        .build()))
                .isEqualTo(STAMP.of(trunk("a")));
    }

    @Test
    void aGatewayForOneNodeStaysOffWhereItIsNotOwned() {
        store(trunk("a").toBuilder().onOneNode().build());
        assertThat(action(plan(), "a")).isEqualTo(Action.CREATE);
        ownedElsewhere.add("a");
        assertThat(action(plan(), "a")).isEqualTo(Action.OFF);
        live(trunk("a"), "external", STAMP);
        assertThat(action(plan(), "a")).isEqualTo(Action.REMOVE);
    }

    @Test
    void aPlacementThatNobodyUnderstandsTakesNothingDown() {
        Gateway doubtful =
                trunk("a").toBuilder().additionalMember("nodes", "\"ai\"").build();
        store(doubtful);
        live(trunk("a"), "external", STAMP);
        published.put("a", STAMP.stamped(trunk("a")));

        Plan plan = plan();

        assertThat(action(plan, "a")).isEqualTo(Action.INVALID);
        assertThat(plan.wanted()).containsOnlyKeys("a");
    }

    @Test
    void whatIsSwitchedOffIsLeftWhenAnotherStoreOrFileHoldsIt() {
        Gateway off = trunk("a").toBuilder().enabled(false).build();
        store(off);
        live(off, "external", GatewayStamp.under(new byte[] {9}));
        assertThat(action(plan(), "a")).isEqualTo(Action.UNMANAGED);
        stamps.clear();
        definedElsewhere.put("a", "hand.xml");
        assertThat(action(plan(), "a")).isEqualTo(Action.CLASH);
    }

    /** So many that they are looked at on all cores. */
    @Test
    void plansManyAsItPlansOne() {
        for (int i = 0; i < 3_000; i++) {
            Gateway trunk = trunk(String.format("g%04d", i));
            store(trunk);
            if (i % 3 > 0) {
                live(i % 3 == 1 ? trunk : trunk("other").toBuilder(trunk.name()).build(), "external", STAMP);
            }
        }

        Plan plan = plan();

        assertThat(plan.items()).extracting(PlanItem::gateway).hasSize(3_000).isSorted();
        assertThat(plan.items()).allSatisfy(item -> {
            int number = Integer.parseInt(item.gateway().substring(1));
            assertThat(item.action())
                    .isEqualTo(
                            List.of(Action.CREATE, Action.KEEP, Action.REPLACE).get(number % 3));
        });
    }

    @Test
    void aPlanIsStaleWhenWhatIsLiveWithoutAStampChangedMeanwhile() {
        store(trunk("a"));
        live(trunk("a").toBuilder().set(Parameters.REALM, "old.example").build(), "external", null);
        Plan before = plan();
        SavedPlan saved = before.saved();

        assertThat(saved.renewed(plan()).changes())
                .extracting(PlanItem::gateway)
                .containsExactly("a");
        assertThat(before.sameFor("a", plan())).isTrue();

        live.clear();
        live(trunk("a").toBuilder().set(Parameters.REALM, "other.example").build(), "external", null);

        assertThat(action(plan(), "a")).isEqualTo(Action.REPLACE);
        assertThat(before.sameFor("a", plan())).isFalse();
        assertThatThrownBy(() -> saved.renewed(plan())).isInstanceOf(StalePlanException.class);
    }

    @Test
    void aPlanIsStaleWhenWhatItRemovesWithoutAStampChangedMeanwhile() {
        policy = PlanPolicy.usual().removingUnmanaged();
        live(trunk("a"), "external", null);
        Plan before = plan();
        SavedPlan saved = before.saved();
        assertThat(action(before, "a")).isEqualTo(Action.REMOVE);

        live.replaceAll(gateway -> new LiveGateway(
                gateway.name(), gateway.profile(), RegistrationState.FAILED, PingStatus.DOWN, gateway.fields()));
        assertThat(before.sameFor("a", plan()))
                .as("its registration is not what it is")
                .isTrue();
        assertThat(saved.renewed(plan()).changes()).hasSize(1);

        live.clear();
        live(trunk("a").toBuilder().set(Parameters.REALM, "other.example").build(), "external", null);
        assertThat(action(plan(), "a")).isEqualTo(Action.REMOVE);
        assertThat(before.sameFor("a", plan())).isFalse();
        assertThatThrownBy(() -> saved.renewed(plan())).isInstanceOf(StalePlanException.class);
    }

    @Test
    void printsAsADiff() {
        store(trunk("a"));
        live(trunk("b"), "external", null);

        assertThat(plan().toString().lines())
                .containsExactly(
                        "+ a  CREATE: not live",
                        "? b  UNMANAGED: not in the store and not published by us",
                        "1 create, 1 unmanaged");
    }

    /** Whoever reviews a plan must see that it is a name. */
    @Test
    void aNameWithLineEndsForgesNoLinesOfThePlan() {
        live(trunk("b\n- a  REMOVE: no longer in the store\r1 remove"), "external", null);

        assertThat(plan().toString().lines())
                .containsExactly(
                        "? b\\n- a  REMOVE: no longer in the store\\r1 remove  UNMANAGED: not in the store and not published by us",
                        "1 unmanaged");
    }

    private Plan plan() {
        return new Planner(STAMP, GatewayValidator.create())
                .plan(new PlannerInput(
                        new SwitchIdentity("ai", "core-1"),
                        "external",
                        StoreSnapshot.of(stored, unreadable),
                        live,
                        stamps,
                        removing,
                        definedElsewhere,
                        ownedElsewhere,
                        inDoubt,
                        policy,
                        name -> Optional.ofNullable(published.get(name))));
    }

    private static Action action(Plan plan, String name) {
        return plan.item(name).orElseThrow().action();
    }

    private void store(Gateway gateway) {
        stored.add(new StoredGateway(gateway, "1"));
    }

    private void live(Gateway gateway, String profile, GatewayStamp stamp) {
        live.add(new LiveGateway(
                gateway.name(),
                profile,
                RegistrationState.REGED,
                PingStatus.UP,
                Map.of(
                        "realm",
                        gateway.text("realm").orElse(""),
                        "username",
                        gateway.text("username").orElse(""))));
        if (stamp != null) {
            stamps.put(gateway.name(), stamp.of(gateway));
        }
    }

    private static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, "pw-" + name)
                .build();
    }
}

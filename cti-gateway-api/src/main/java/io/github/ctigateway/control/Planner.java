package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.ValidationResult;
import io.github.ctigateway.validation.Violation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is wanted with what is live. A pure function: it asks nobody and changes nothing. Immutable and thread-safe.
 *
 * <p>A live gateway is ours when it carries a stamp of our store, and then the stamp says exactly whether it runs what is wanted. One
 * without a stamp that the store names too is compared by what the switch shows, which cannot reveal a password: the plan says so.
 */
public final class Planner {
    private static final int MANY = 1_000;

    private static final String IN_DOUBT =
            "it came up beside an older one of its name, so the registrar may have no binding of it";

    private final GatewayStamp stamp;
    private final GatewayValidator validator;

    public Planner(GatewayStamp stamp, GatewayValidator validator) {
        this.stamp = stamp;
        this.validator = validator;
    }

    /** The plan for this input. */
    public Plan plan(PlannerInput input) {
        return new Run(input).plan();
    }

    /**
     * What became of one gateway.
     *
     * @param published what is to be readable under its name; null when nothing is
     */
    private record Planned(PlanItem item, @Nullable Gateway published) {}

    private final class Run {
        private final PlannerInput input;
        private final Map<String, LiveGateway> here = new HashMap<>();
        private final Map<String, Integer> instances = new HashMap<>();
        private final Map<String, LiveGateway> elsewhere = new HashMap<>();
        private final SortedMap<String, PlanItem> items = new TreeMap<>();
        private final SortedMap<String, Gateway> wanted = new TreeMap<>();
        private final Map<String, Gateway> adopted = new TreeMap<>();

        Run(PlannerInput input) {
            this.input = input;
            for (LiveGateway gateway : input.live()) {
                if (gateway.profile().equals(input.profile())) {
                    here.putIfAbsent(gateway.name(), gateway);
                    instances.merge(gateway.name(), 1, Integer::sum);
                } else {
                    elsewhere.put(gateway.name(), gateway);
                }
            }
        }

        Plan plan() {
            input.snapshot().unreadable().values().forEach(entry -> {
                String name = entry.name();
                add(aside(name, invalid(name, "the stored entry cannot be read", entry.reasons())));
            });
            stored(input.snapshot().gateways().values()).forEach(this::add);
            here.values().stream()
                    .filter(gateway -> !items.containsKey(gateway.name()))
                    .forEach(this::notStored);
            return new Plan(input.identity(), input.profile(), items, wanted, adopted, liveMarks(), instances);
        }

        private Map<String, String> liveMarks() {
            Map<String, String> marks = new HashMap<>(input.stamps());
            for (PlanItem item : items.values()) {
                LiveGateway live = here.get(item.gateway());
                if (live != null && item.action().isChange() && item.action() != Action.CREATE) {
                    marks.computeIfAbsent(item.gateway(), name -> LiveMark.of(live));
                }
            }
            return marks;
        }

        private void add(Planned planned) {
            String name = planned.item().gateway();
            items.put(name, planned.item());
            if (planned.published() != null) {
                wanted.put(name, planned.published());
            }
        }

        /** Most of the work, and no gateway's has to do with another's: of many it is done on all cores. */
        private List<Planned> stored(Collection<StoredGateway> stored) {
            Stream<StoredGateway> each = stored.stream();
            return (stored.size() < MANY ? each : each.parallel())
                    .map(one -> stored(one.gateway()))
                    .toList();
        }

        private Planned stored(Gateway gateway) {
            String name = gateway.name();
            ValidationResult validation = validator.validate(gateway);
            if (validation.hasErrors()) {
                return aside(name, invalid(name, "FreeSWITCH would not take it as meant", validation.violations()));
            }
            Optional<String> elsewhereOrOff = whyNotHere(gateway);
            if (elsewhereOrOff.isPresent()) {
                return new Planned(standAside(name, elsewhereOrOff.get()), null);
            }
            LiveGateway other = elsewhere.get(name);
            if (other != null) {
                return aside(name, item(name, Action.CLASH, "the name lives on profile " + other.profile(), List.of()));
            }
            String foreign = input.definedElsewhere().get(name);
            if (foreign != null && isAsWanted(gateway)) {
                String reason = "not published by us but defined in " + foreign
                        + "; nothing that the switch shows differs (best effort)";
                return aside(name, item(name, Action.KEEP, reason, List.of()));
            }
            if (foreign != null) {
                String reason = "also defined in " + foreign + ": take that definition out first";
                return aside(name, item(name, Action.CLASH, reason, List.of()));
            }
            String wantedStamp = stamp.of(gateway);
            return new Planned(wanted(gateway, wantedStamp), GatewayStamp.marked(gateway, wantedStamp));
        }

        private PlanItem wanted(Gateway gateway, String wantedStamp) {
            String name = gateway.name();
            LiveGateway live = here.get(name);
            if (live == null) {
                return item(name, Action.CREATE, "not live", List.of());
            }
            return input.removing().contains(name)
                    ? item(name, Action.CREATE, "is being removed and is wanted", List.of())
                    : compare(gateway, wantedStamp, live);
        }

        /** What cannot be applied must not vanish from what FreeSWITCH reads at its next start either. */
        private Planned aside(String name, PlanItem item) {
            return new Planned(item, input.published().apply(name).orElse(null));
        }

        private Optional<String> whyNotHere(Gateway gateway) {
            GatewayPlacement placement = gateway.placement();
            if (!placement.enabled()) {
                return Optional.of("switched off in the store");
            }
            if (!placement.allows(input.identity().node())) {
                return Optional.of("only for " + String.join(", ", new TreeSet<>(placement.nodes())));
            }
            return placement.oneNode() && input.ownedElsewhere().contains(gateway.name())
                    ? Optional.of("one node runs it at a time, and this one does not own it")
                    : Optional.empty();
        }

        /** The store names it, so it is ours to take down even without our stamp; but not one of another store. */
        private PlanItem standAside(String name, String reason) {
            LiveGateway live = here.get(name);
            if (live == null || input.removing().contains(name)) {
                return item(name, Action.OFF, reason, List.of());
            }
            String liveStamp = input.stamps().get(name);
            if (liveStamp != null && !stamp.isOurs(liveStamp)) {
                return item(name, Action.UNMANAGED, "published from another store", List.of());
            }
            String foreign = input.definedElsewhere().get(name);
            if (foreign != null) {
                return item(name, Action.CLASH, reason + ", but defined in " + foreign + " too", List.of());
            }
            return item(name, Action.REMOVE, reason, List.of());
        }

        private boolean isAsWanted(Gateway gateway) {
            LiveGateway live = here.get(gateway.name());
            return live != null
                    && !input.stamps().containsKey(gateway.name())
                    && !input.removing().contains(gateway.name())
                    && Differences.shown(live, gateway).isEmpty();
        }

        private PlanItem compare(Gateway gateway, String wantedStamp, LiveGateway live) {
            String name = gateway.name();
            String liveStamp = input.stamps().get(name);
            if (liveStamp == null) {
                List<Difference> shown = Differences.shown(live, gateway);
                return shown.isEmpty()
                        ? item(
                                name,
                                Action.KEEP,
                                "not published by us; nothing that the switch shows differs (best effort)",
                                shown)
                        : replace(live, "not published by us, and what the switch shows differs (best effort)", shown);
            }
            if (liveStamp.equals(wantedStamp)) {
                return input.bindingsInDoubt().contains(name) && gateway.registers()
                        ? replace(live, IN_DOUBT, List.of())
                        : item(name, Action.KEEP, "live as wanted", List.of());
            }
            if (!stamp.isOurs(liveStamp)) {
                return replace(live, "published from another store", differences(gateway, live, liveStamp));
            }
            return replace(live, "the definition changed", differences(gateway, live, liveStamp));
        }

        private List<Difference> differences(Gateway gateway, LiveGateway live, String liveStamp) {
            Gateway before = input.published().apply(gateway.name()).orElse(null);
            if (before != null && stamp.of(before).equals(liveStamp)) {
                return Differences.between(before, gateway);
            }
            List<Difference> shown = Differences.shown(live, gateway);
            return shown.isEmpty() ? List.of(new Difference("unknown", null, null)) : shown;
        }

        private PlanItem replace(LiveGateway live, String reason, List<Difference> differences) {
            return item(live.name(), Action.REPLACE, reason, differences);
        }

        private void notStored(LiveGateway live) {
            String name = live.name();
            String liveStamp = input.stamps().get(name);
            if (input.removing().contains(name)) {
                items.put(name, item(name, Action.UNMANAGED, "is being removed", List.of()));
            } else if (liveStamp == null) {
                items.put(name, unmanaged(live));
            } else if (stamp.isOurs(liveStamp)) {
                items.put(name, item(name, Action.REMOVE, "no longer in the store", List.of()));
            } else {
                items.put(name, item(name, Action.UNMANAGED, "published from another store", List.of()));
            }
        }

        private PlanItem unmanaged(LiveGateway live) {
            String name = live.name();
            String reason = "not in the store and not published by us";
            String foreign = input.definedElsewhere().get(name);
            return switch (input.policy().unmanaged()) {
                case LEAVE -> item(name, Action.UNMANAGED, reason, List.of());
                case REMOVE ->
                    foreign == null
                            ? item(name, Action.REMOVE, reason, List.of())
                            : item(
                                    name,
                                    Action.UNMANAGED,
                                    reason + "; take it out of " + foreign + " first",
                                    List.of());
                case ADOPT -> {
                    Optional<Gateway> definition = input.policy().definitions().apply(name);
                    Optional<String> doubt = definition
                            .map(found -> doubt(found, live))
                            .orElse(Optional.of("no definition of it is known, and the switch shows no password"));
                    if (doubt.isPresent()) {
                        yield item(name, Action.UNMANAGED, reason + ": " + doubt.get(), List.of());
                    }
                    adopted.put(name, definition.get());
                    yield item(name, Action.ADOPT, reason + "; nothing that the switch shows differs", List.of());
                }
            };
        }

        private Optional<String> doubt(Gateway definition, LiveGateway live) {
            if (!definition.name().equals(live.name())) {
                return Optional.of("the definition found is of another gateway");
            }
            if (validator.validate(definition).hasErrors()) {
                return Optional.of("FreeSWITCH would not take its definition as meant");
            }
            return Differences.shown(live, definition).isEmpty()
                    ? Optional.empty()
                    : Optional.of("the switch shows something else than its definition");
        }

        private PlanItem invalid(String name, String reason, List<Violation> violations) {
            return new PlanItem(name, Action.INVALID, reason, List.of(), violations, liveState(name), 0);
        }

        private PlanItem item(String name, Action action, String reason, List<Difference> differences) {
            return new PlanItem(name, action, reason, differences, List.of(), liveState(name), 0);
        }

        private @Nullable RegistrationState liveState(String name) {
            LiveGateway live = here.get(name);
            return live == null ? null : live.state();
        }
    }
}

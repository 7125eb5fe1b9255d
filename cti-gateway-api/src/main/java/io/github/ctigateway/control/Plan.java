package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must be done so that one profile of one node runs what the store says. Immutable; printing it gives a readable diff without
 * secrets.
 */
public final class Plan {
    private final SwitchIdentity identity;
    private final String profile;
    private final Map<String, PlanItem> items;
    private final Map<String, Gateway> wanted;
    private final Map<String, Gateway> adopted;
    private final Map<String, String> liveMarks;
    private final Map<String, Integer> instances;
    private final Set<String> held;
    private final List<String> warnings;

    /**
     * @param items by name, in order; the plan's own from now on, as are those wanted
     */
    Plan(
            SwitchIdentity identity,
            String profile,
            SortedMap<String, PlanItem> items,
            SortedMap<String, Gateway> wanted,
            Map<String, Gateway> adopted,
            Map<String, String> liveMarks,
            Map<String, Integer> instances) {
        this(
                identity,
                profile,
                // Sorted also to their readers, as a copy of 10,000 then compares no names.
                Collections.unmodifiableSortedMap(items),
                Collections.unmodifiableSortedMap(wanted),
                Map.copyOf(adopted),
                Map.copyOf(liveMarks),
                Map.copyOf(instances),
                Set.of(),
                List.of());
    }

    private Plan(
            SwitchIdentity identity,
            String profile,
            Map<String, PlanItem> items,
            Map<String, Gateway> wanted,
            Map<String, Gateway> adopted,
            Map<String, String> liveMarks,
            Map<String, Integer> instances,
            Set<String> held,
            List<String> warnings) {
        this.identity = identity;
        this.profile = profile;
        this.items = items;
        this.wanted = wanted;
        this.adopted = adopted;
        this.liveMarks = liveMarks;
        this.instances = instances;
        this.held = held;
        this.warnings = warnings;
    }

    /** The FreeSWITCH it was made for. */
    public SwitchIdentity identity() {
        return identity;
    }

    /** The profile it was made for. */
    public String profile() {
        return profile;
    }

    /** One item for every gateway that is stored or live on the profile, in the order of their names. */
    public List<PlanItem> items() {
        return List.copyOf(items.values());
    }

    /** The item of this gateway. */
    public Optional<PlanItem> item(String gateway) {
        return Optional.ofNullable(items.get(gateway));
    }

    /** The items that change the switch or the store when the plan is applied. */
    public List<PlanItem> changes() {
        return items.values().stream().filter(this::isChange).toList();
    }

    /** Whether applying it would change the switch or the store. */
    public boolean hasChanges() {
        return items.values().stream().anyMatch(this::isChange);
    }

    private boolean isChange(PlanItem item) {
        return item.action().isChange() && !held.contains(item.gateway());
    }

    /**
     * The same plan, but the changes of other gateways are held back: applying it leaves those as they are, on the switch and in what
     * is published.
     *
     * @param gateways the gateways whose changes stay in the plan
     */
    public Plan only(Set<String> gateways) {
        Set<String> heldNow = new HashSet<>(held);
        changes().stream()
                .map(PlanItem::gateway)
                .filter(name -> !gateways.contains(name))
                .forEach(heldNow::add);
        return new Plan(identity, profile, items, wanted, adopted, liveMarks, instances, Set.copyOf(heldNow), warnings);
    }

    /** Whether this gateway's change is held back ({@link #only}). */
    public boolean isHeld(String gateway) {
        return held.contains(gateway);
    }

    /** What looks wrong in the whole and should be looked at before the plan is applied; mostly nothing. */
    public List<String> warnings() {
        return warnings;
    }

    Plan withWarnings(List<String> found) {
        return new Plan(identity, profile, items, wanted, adopted, liveMarks, instances, held, List.copyOf(found));
    }

    /** What is needed to apply it later; changes that are held back are left out. */
    public SavedPlan saved() {
        return new SavedPlan(
                identity.node(),
                profile,
                changes().stream()
                        .map(item -> new SavedPlan.Change(
                                item.gateway(), item.action(), liveMarks.get(item.gateway()), wantedStamp(item)))
                        .toList());
    }

    private @Nullable String wantedStamp(PlanItem item) {
        return item.action() == Action.REMOVE
                ? null
                : wantedStamp(item.gateway()).orElse(null);
    }

    /** The stamp of what is wanted under this name; nothing when nothing is. */
    Optional<String> wantedStamp(String gateway) {
        return Optional.ofNullable(wanted.get(gateway))
                .flatMap(definition -> definition.variable(GatewayValidator.STAMP_VARIABLE))
                .map(GatewayVariable::value);
    }

    /** What would be stored of gateways that are adopted, by name. */
    Map<String, Gateway> adopted() {
        return adopted;
    }

    /** The gateways that would be killed. */
    Set<String> kills() {
        return changes().stream()
                .filter(item -> item.action().kills())
                .map(PlanItem::gateway)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The gateways that are not as wanted, those whose changes are held back too. */
    Set<String> differing() {
        return items.values().stream()
                .filter(item -> item.action().isChange())
                .map(PlanItem::gateway)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The gateways that would be killed although what they run is what is wanted: their registrar may have no binding of them. */
    Set<String> toRestore() {
        return changes().stream()
                .filter(this::onlyRestores)
                .map(PlanItem::gateway)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean onlyRestores(PlanItem item) {
        return item.action() == Action.REPLACE
                && wantedStamp(item.gateway()).equals(Optional.ofNullable(liveMarks.get(item.gateway())));
    }

    /** The same, knowing how many calls go through its gateways. */
    Plan withCalls(Map<String, Integer> calls) {
        Map<String, PlanItem> known = new TreeMap<>(items);
        calls.forEach((name, count) -> known.computeIfPresent(name, (same, item) -> item.withCalls(count)));
        return new Plan(
                identity,
                profile,
                Collections.unmodifiableMap(known),
                wanted,
                adopted,
                liveMarks,
                instances,
                held,
                warnings);
    }

    /** The same, but the changes of these gateways are held back. */
    Plan without(Set<String> gateways) {
        return only(changes().stream()
                .map(PlanItem::gateway)
                .filter(name -> !gateways.contains(name))
                .collect(Collectors.toSet()));
    }

    /** What tells whether the same is live later, by name: the stamp; of those without one that the plan changes, what the switch shows. */
    Map<String, String> liveMarks() {
        return liveMarks;
    }

    /** How many items have this action. */
    public long count(Action action) {
        return items.values().stream().filter(item -> item.action() == action).count();
    }

    /** What would be published: the stamped definitions, by name, of every gateway that the store wants and FreeSWITCH would take. */
    Map<String, Gateway> wanted() {
        return wanted;
    }

    /** How many gateways the profile has now. */
    int liveCount() {
        return instances.size();
    }

    /** How many gateways of this name the profile has, those being removed too. */
    int instances(String gateway) {
        return instances.getOrDefault(gateway, 0);
    }

    /** Whether this gateway stands here as it stands in another plan: the same action, from and to the same definition. */
    boolean sameFor(String gateway, Plan other) {
        PlanItem here = items.get(gateway);
        PlanItem there = other.items.get(gateway);
        return here != null && there != null && here.action() == there.action() && sameDefinitions(gateway, other);
    }

    /** Whether this gateway was only to be restored here, and a newer plan keeps it with the same definitions: the doubt about it is over. */
    boolean doubtEnded(String gateway, Plan newer) {
        return item(gateway).filter(this::onlyRestores).isPresent()
                && newer.item(gateway).map(PlanItem::action).equals(Optional.of(Action.KEEP))
                && sameDefinitions(gateway, newer);
    }

    private boolean sameDefinitions(String gateway, Plan other) {
        return Objects.equals(liveMarks.get(gateway), other.liveMarks.get(gateway))
                && Objects.equals(wanted.get(gateway), other.wanted.get(gateway));
    }

    /** A diff: a line for each gateway, under it what differs, and a line that counts. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (PlanItem item : items.values()) {
            text.append(line(item + (held.contains(item.gateway()) ? " (held back)" : "")));
            item.differences().forEach(difference -> text.append(line("    " + difference)));
            item.violations().forEach(violation -> text.append(line("    " + violation)));
        }
        warnings.forEach(warning -> text.append(line("warning: " + warning)));
        return text.append(summary()).toString();
    }

    /** Names and values of others can hold line ends, and must not look like further lines of the plan. */
    private static String line(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n") + "\n";
    }

    /** Such as {@code 1 create, 2 keep}; {@code nothing is stored or live} when there is no item. */
    public String summary() {
        if (items.isEmpty()) {
            return "nothing is stored or live";
        }
        return items.values().stream()
                .collect(Collectors.groupingBy(PlanItem::action, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}

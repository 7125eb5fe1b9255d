package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must be done so that one profile of one node runs what the store says. Immutable; printing it gives a readable diff without
 * secrets.
 */
public final class Plan {
    private final SwitchIdentity identity;
    private final String profile;
    private final Map<String, PlanItem> items;
    private final Map<String, Gateway> wanted;
    private final Map<String, String> liveStamps;
    private final int liveCount;

    Plan(
            SwitchIdentity identity,
            String profile,
            Map<String, PlanItem> items,
            Map<String, Gateway> wanted,
            Map<String, String> liveStamps,
            int liveCount) {
        this.identity = identity;
        this.profile = profile;
        this.items = Collections.unmodifiableMap(new TreeMap<>(items));
        this.wanted = Collections.unmodifiableMap(new TreeMap<>(wanted));
        this.liveStamps = Map.copyOf(liveStamps);
        this.liveCount = liveCount;
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

    /** The items that change the switch. */
    public List<PlanItem> changes() {
        return items.values().stream().filter(item -> item.action().isChange()).toList();
    }

    /** Whether applying it would change the switch. */
    public boolean hasChanges() {
        return items.values().stream().anyMatch(item -> item.action().isChange());
    }

    /**
     * The same plan without the changes of other gateways: applying it leaves those as they are.
     *
     * @param gateways the gateways whose changes stay in the plan
     */
    public Plan only(Set<String> gateways) {
        Map<String, PlanItem> chosen = new TreeMap<>(items);
        chosen.values().removeIf(item -> item.action().isChange() && !gateways.contains(item.gateway()));
        return new Plan(identity, profile, chosen, wanted, liveStamps, liveCount);
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
        return liveCount;
    }

    /** Whether this gateway stands here as it stands in another plan: the same action, from and to the same definition. */
    boolean sameFor(String gateway, Plan other) {
        PlanItem here = items.get(gateway);
        PlanItem there = other.items.get(gateway);
        return here != null
                && there != null
                && here.action() == there.action()
                && Optional.ofNullable(liveStamps.get(gateway))
                        .equals(Optional.ofNullable(other.liveStamps.get(gateway)))
                && Optional.ofNullable(wanted.get(gateway)).equals(Optional.ofNullable(other.wanted.get(gateway)));
    }

    /** A diff: a line for each gateway, under it what differs, and a line that counts. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (PlanItem item : items.values()) {
            text.append(item).append('\n');
            item.differences()
                    .forEach(
                            difference -> text.append("    ").append(difference).append('\n'));
            item.violations()
                    .forEach(violation -> text.append("    ").append(violation).append('\n'));
        }
        return text.append(summary()).toString();
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

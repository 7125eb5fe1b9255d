package io.github.ctigateway.control;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How applying a plan ended.
 *
 * @param outcomes one for every item of the plan, by gateway, in the order of their names
 * @param clashes gateways of ours that somebody else defines too, with where
 * @param took the whole apply
 */
public record ApplyResult(Map<String, Outcome> outcomes, Map<String, String> clashes, Duration took) {
    public ApplyResult {
        // Sorted also to their readers, as another copy of 10,000 then compares no names.
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        clashes = Collections.unmodifiableSortedMap(new TreeMap<>(clashes));
    }

    /** The outcome of this gateway, if the plan had an item for it. */
    public Optional<Outcome> outcome(String gateway) {
        return Optional.ofNullable(outcomes.get(gateway));
    }

    /** Whether every gateway is as the plan wanted it. */
    public boolean isSuccess() {
        return outcomes.values().stream().allMatch(Outcome::isSuccess);
    }

    /** The same with other outcomes for some gateways. */
    ApplyResult with(Map<String, Outcome> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, Outcome> all = new TreeMap<>(outcomes);
        all.putAll(others);
        return new ApplyResult(all, clashes, took);
    }

    /** The same, but of these gateways what was done with them afterwards, if anything was. */
    ApplyResult then(ApplyResult next, Set<String> gateways) {
        Map<String, Outcome> later = new TreeMap<>(next.outcomes);
        later.keySet().retainAll(gateways);
        later.values().removeIf(outcome -> outcome instanceof Outcome.Unchanged || outcome instanceof Outcome.Skipped);
        return new ApplyResult(with(later).outcomes, clashes, took.plus(next.took));
    }

    @Override
    public String toString() {
        return outcomes.entrySet().stream()
                .map(entry -> entry.getKey() + "  " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}

package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.Violation;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds out why FreeSWITCH did not take gateways in, as far as that can be known: it answers +OK and says the rest to its log only. */
final class Rejections {
    private static final String NOT_TAKEN = "FreeSWITCH did not take it in: ";

    /** What the validator can only suspect, and what makes FreeSWITCH skip a gateway. */
    private static final Set<String> SUSPECTS = Set.of("param.transport.needs-tls");

    private final Plan plan;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final Map<String, String> clashes;
    private final GatewayValidator validator = GatewayValidator.create();

    /**
     * @param clashes gateways of ours that somebody else defines too, with where
     */
    Rejections(Plan plan, GatewaySwitch node, GatewayPublisher publisher, Map<String, String> clashes) {
        this.plan = plan;
        this.node = node;
        this.publisher = publisher;
        this.clashes = clashes;
    }

    /**
     * The reason for each of these.
     *
     * @param gateways those that do not run what was published
     * @param stamps the stamps read back from those of them that run something else
     * @param others whether other gateways were taken in by the same start
     */
    Map<String, String> reasons(Collection<String> gateways, Map<String, String> stamps, boolean others) {
        Map<String, String> reasons = new TreeMap<>();
        Map<String, String> elsewhere = new TreeMap<>();
        node.find(gateways).stream()
                .filter(live -> !live.profile().equals(node.profile()))
                .forEach(live -> elsewhere.put(live.name(), live.profile()));
        Set<String> present = node.present(gateways);
        for (String name : gateways) {
            if (stamps.containsKey(name) || present.contains(name)) {
                String where = clashes.get(name);
                reasons.put(
                        name,
                        "FreeSWITCH runs another definition under this name"
                                + (where == null ? ": look for a second one in its XML" : ": the one in " + where));
            } else if (elsewhere.containsKey(name)) {
                reasons.put(
                        name,
                        NOT_TAKEN + "the name lives on profile " + elsewhere.get(name)
                                + ", and names are global to the switch");
            } else {
                reasons.put(name, NOT_TAKEN + notTaken(name, others));
            }
        }
        return reasons;
    }

    private String notTaken(String name, boolean others) {
        Optional<String> suspect = suspect(Objects.requireNonNull(plan.wanted().get(name)));
        if (suspect.isPresent()) {
            return suspect.get();
        }
        return known(name) + (others ? "; others of the same start were taken in" : "") + "; its log says why";
    }

    private String known(String name) {
        try {
            return publisher.whyNotTaken(name).orElse("it is skipped or not read");
        } catch (PublisherException e) {
            // What is asked for is only the reason: the other gateways' registrations are still to be awaited.
            return "it is skipped or not read (" + e.getMessage() + ")";
        }
    }

    private Optional<String> suspect(Gateway gateway) {
        return validator.validate(gateway).violations().stream()
                .filter(violation -> SUSPECTS.contains(violation.code()))
                .map(Rejections::shown)
                .findFirst();
    }

    private static String shown(Violation violation) {
        return violation.path() + ": " + violation.message();
    }
}

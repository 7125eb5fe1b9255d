package io.github.ctigateway.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a gateway runs, if anywhere. Kept in three additional members of the stored document, which mod_cti does not know: where
 * mod_cti itself loads the hash, it runs every gateway on every node. Immutable.
 *
 * @param enabled whether it runs at all; member {@code enabled}, {@code true} unless given
 * @param nodes the nodes that may run it, by their switchnames; member {@code nodes}, an array; empty for every node
 * @param oneNode whether only one of those nodes runs it at a time; member {@code ownership}, the text {@code "one"}
 */
public record GatewayPlacement(boolean enabled, Set<String> nodes, boolean oneNode) {
    /** The member that switches a gateway off without deleting it: {@code false}. */
    public static final String ENABLED = "enabled";

    /** The member that names the nodes which may run a gateway: an array of texts, not empty. */
    public static final String NODES = "nodes";

    /** The member that lets one node run a gateway at a time: {@code "one"}. */
    public static final String OWNERSHIP = "ownership";

    /** The members that say where a gateway runs. */
    public static final Set<String> MEMBERS = Set.of(ENABLED, NODES, OWNERSHIP);

    /** On every node. */
    public static final GatewayPlacement EVERYWHERE = new GatewayPlacement(true, Set.of(), false);

    public GatewayPlacement {
        nodes = Set.copyOf(nodes);
    }

    /**
     * What a gateway's members say.
     *
     * @throws IllegalArgumentException when one of them is malformed ({@link #malformed}), which the validator reports: such a
     *     gateway must not run everywhere because nobody could read where
     */
    public static GatewayPlacement of(Gateway gateway) {
        Map<String, String> members = gateway.additionalMembers();
        if (members.isEmpty()) {
            return EVERYWHERE;
        }
        List<String> malformed = malformed(gateway);
        if (!malformed.isEmpty()) {
            throw new IllegalArgumentException("gateway " + gateway.name() + ": malformed " + malformed);
        }
        return new GatewayPlacement(
                raw(members, ENABLED).flatMap(GatewayPlacement::switchedOn).orElse(true),
                raw(members, NODES).flatMap(GatewayPlacement::nodeNames).orElse(Set.of()),
                raw(members, OWNERSHIP).isPresent());
    }

    /** The members of {@link #MEMBERS} that a gateway has and that say nothing that can be understood. */
    public static List<String> malformed(Gateway gateway) {
        Map<String, String> members = gateway.additionalMembers();
        List<String> malformed = new ArrayList<>();
        if (members.isEmpty()) {
            return malformed;
        }
        if (raw(members, ENABLED).filter(text -> switchedOn(text).isEmpty()).isPresent()) {
            malformed.add(ENABLED);
        }
        if (raw(members, NODES).filter(text -> nodeNames(text).isEmpty()).isPresent()) {
            malformed.add(NODES);
        }
        if (raw(members, OWNERSHIP).filter(text -> !text.equals("\"one\"")).isPresent()) {
            malformed.add(OWNERSHIP);
        }
        return malformed;
    }

    /** A member's raw JSON text; one that is null is as good as absent. */
    private static Optional<String> raw(Map<String, String> members, String name) {
        return Optional.ofNullable(members.get(name)).map(String::strip).filter(text -> !text.equals("null"));
    }

    /** mod_cti's tools write every value as a text, so that is understood too. */
    private static Optional<Boolean> switchedOn(String raw) {
        return switch (raw) {
            case "true", "\"true\"" -> Optional.of(true);
            case "false", "\"false\"" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The names in a JSON array of texts; empty when it is anything else, or names none, or an empty one. */
    private static Optional<Set<String>> nodeNames(String raw) {
        Set<String> names = new LinkedHashSet<>();
        NameArray array = new NameArray(raw);
        while (array.hasNext()) {
            names.add(array.next());
        }
        return array.isWhole() && !names.isEmpty() && !names.contains("") ? Optional.of(names) : Optional.empty();
    }

    /** Whether a node may run it. */
    public boolean allows(String node) {
        return enabled && (nodes.isEmpty() || nodes.contains(node));
    }

    /** The raw JSON of {@link #NODES} for these names. */
    static String rawNodes(Set<String> names) {
        if (names.isEmpty() || names.contains("")) {
            throw new IllegalArgumentException("name at least one node, and none without a name");
        }
        return NameArray.write(new TreeSet<>(names));
    }
}

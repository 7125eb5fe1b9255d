package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The statuses in Redis: the hash that all nodes share, and those of single nodes that {@code bridge --per-node} keeps. */
final class StatusCheck {
    private final Connections connections;
    private final StatusPlace place;
    private final Checkup checkup;

    /** What the hashes hold that could be read, by their keys. */
    private final Map<String, List<GatewayEvent>> read = new TreeMap<>();

    /** The hashes that were looked at, whether they could be read or not; none when there is no use in asking Redis for more. */
    private final Set<String> lookedAt = new TreeSet<>();

    StatusCheck(Connections connections, StatusPlace place, Checkup checkup) {
        this.connections = connections;
        this.place = place;
        this.checkup = checkup;
    }

    /**
     * A node as it was seen.
     *
     * @param live its gateways of our profile
     * @param everywhere those of all profiles
     */
    record SeenNode(SwitchIdentity identity, Set<String> live, Set<String> everywhere) {
        String node() {
            return identity.node();
        }
    }

    /** Reads the hash that all nodes share, and those of the nodes in it. */
    void inRedis() {
        checkup.check("statuses", () -> {
            String hash = place.options().hash();
            if (hash.isEmpty()) {
                return "not kept: gui.gateway.hash in cti.json names no hash";
            }
            List<GatewayEvent> statuses = read(hash, "status entries");
            Map<String, Long> nodes = byNode(statuses);
            nodes.keySet().forEach(this::ofNode);
            return statuses.size() + " gateways in hash " + hash
                    + (statuses.isEmpty() ? ": nobody writes it; mod_cti or 'bridge' would" : ", by node: " + nodes);
        });
    }

    private static Map<String, Long> byNode(List<GatewayEvent> events) {
        return events.stream()
                .collect(Collectors.groupingBy(event -> event.origin().node(), TreeMap::new, Collectors.counting()));
    }

    /** Reads a hash, and says which of its entries are no events. */
    private List<GatewayEvent> read(String hash, String part) {
        lookedAt.add(hash);
        try (RedisStatusFeed feed = connections.openStatusFeed(RedisStatusOptions.of(hash, "", ""))) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();
            if (!snapshot.malformed().isEmpty()) {
                checkup.report(
                        part,
                        false,
                        snapshot.malformed().size() + " fields of hash " + hash + " are no events, such as "
                                + snapshot.malformed().get(0).source() + ": "
                                + snapshot.malformed().get(0).reason() + "; delete them with HDEL");
            }
            read.put(hash, snapshot.events());
            return snapshot.events();
        } catch (StoreRefusedException e) {
            boolean wrongType = String.valueOf(e.getMessage()).contains("answered WRONGTYPE");
            if (!wrongType) {
                // Redis refuses us, not this hash: it would refuse the next one, too.
                lookedAt.clear();
            }
            throw new CommandFailedException(
                    ExitCodes.REFUSED,
                    "hash " + hash + ": " + e.getMessage()
                            + (wrongType
                                    ? " See with TYPE what it is, RENAME or DEL it, or name another hash in cti.json."
                                    : ""),
                    e);
        } catch (StoreUnavailableException e) {
            lookedAt.clear();
            throw e;
        }
    }

    /** Reads the hash of one node, where there is one. */
    private void ofNode(String node) {
        String hash = place.options().hash() + "@" + node;
        if (lookedAt.contains(hash)) {
            return;
        }
        try {
            List<GatewayEvent> own = read(hash, "status entries of " + node);
            List<String> strangers = own.stream()
                    .filter(event -> !event.origin().node().equals(node))
                    .map(GatewayEvent::gateway)
                    .sorted()
                    .toList();
            if (!strangers.isEmpty()) {
                checkup.report(
                        "statuses of " + node,
                        false,
                        strangers.size() + " entries of hash " + hash + " are of other nodes, such as "
                                + strangers.get(0) + "; no 'bridge' writes such: see who does, and HDEL them");
            } else if (!own.isEmpty()) {
                checkup.report("statuses of " + node, true, own.size() + " gateways in hash " + hash);
            }
        } catch (RuntimeException e) {
            checkup.failed("statuses of " + node, e);
        }
    }

    /** Holds what was read against what the node runs. A hash that this node is not in is not used for it. */
    void against(SeenNode seen) {
        if (lookedAt.isEmpty()) {
            return;
        }
        String shared = place.options().hash();
        ofNode(seen.node());
        against(seen, shared, false);
        against(seen, shared + "@" + seen.node(), true);
    }

    private void against(SeenNode seen, String hash, boolean own) {
        String of = own ? " of " + seen.node() : "";
        String writer = own ? "'bridge --per-node'" : "'bridge'";
        String orElse = own ? "; if nobody writes this hash any more, DEL it" : "";
        List<GatewayEvent> ofNode = read.getOrDefault(hash, List.of()).stream()
                .filter(event -> event.origin().node().equals(seen.node()))
                .toList();
        if (ofNode.isEmpty()) {
            return;
        }
        leftovers(seen, ofNode, hash, of, writer + " removes them when it starts" + orElse);
        Set<String> told = ofNode.stream()
                .filter(event -> !(event instanceof GatewayEvent.Deleted))
                .filter(event ->
                        event.origin().coreUuid().equals(seen.identity().coreUuid()))
                .map(GatewayEvent::gateway)
                .collect(Collectors.toSet());
        List<String> silent =
                seen.live().stream().filter(name -> !told.contains(name)).toList();
        checkup.report(
                "status writer" + of,
                silent.isEmpty(),
                silent.isEmpty()
                        ? "every live gateway of " + seen.node() + " has its status in hash " + hash
                        : silent.size() + " of " + seen.live().size() + " live gateways have no status of this run of "
                                + seen.node() + " in hash " + hash + ", such as " + silent.get(0)
                                + "; they get one with their next event, when " + writer + " runs"
                                + (own ? orElse : " or gui.gateway.hash in cti.json names this hash"));
    }

    /** Entries of gateways that went while nobody listened. */
    private void leftovers(SeenNode seen, List<GatewayEvent> ofNode, String hash, String of, String cure) {
        List<String> left = ofNode.stream()
                .map(GatewayEvent::gateway)
                .filter(name -> !seen.everywhere().contains(name))
                .sorted()
                .toList();
        if (!left.isEmpty()) {
            checkup.report(
                    "status leftovers" + of,
                    false,
                    left.size() + " entries of hash " + hash + " are of gateways that " + seen.node()
                            + " does not run any more, such as " + left.get(0) + "; " + cure);
        }
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.redis.HistoryEntry;
import io.github.ctigateway.redis.RedisGatewayStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}: who changed a gateway, and what. */
@Command(
        name = "history",
        description =
                "Show who changed a gateway and what, the newest first; with --redis only. What mod_cti and other tools changed is"
                        + " not recorded.")
final class HistoryCommand extends GatewayCommand {
    @Parameters(paramLabel = "NAME", description = "The gateway.")
    private String name = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many changes; ${DEFAULT-VALUE} unless given.")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw wrongUsage("--limit must be at least 1.");
        }
        List<HistoryEntry> entries;
        try (RedisGatewayStore store = connections().openRedisStore()) {
            entries = store.history(name, limit);
        }
        if (entries.isEmpty()) {
            throw new CommandFailedException(ExitCodes.FINDINGS, "The history knows no change of '" + name + "'.");
        }
        TextTable table = new TextTable("TIME", "AUTHOR", "REVISION", "CHANGED");
        for (HistoryEntry entry : entries) {
            List<String> changed = changed(entry);
            String revision = entry.newRevision();
            table.row(
                    entry.time().toString(),
                    entry.author(),
                    revision.isEmpty() ? "-" : revision,
                    String.join(", ", changed));
            output().forPrograms(JsonLine.of("change")
                    .with("gateway", entry.gateway())
                    .with("time", entry.time())
                    .with("author", entry.author())
                    .with("oldRevision", entry.oldRevision())
                    .with("newRevision", revision)
                    .with("changed", changed));
        }
        output().forPeople(table.toString());
        return ExitCodes.OK;
    }

    /** The places that differ, without values; a word when there is nothing to compare. */
    private static List<String> changed(HistoryEntry entry) {
        if (entry.newRevision().isEmpty()) {
            return List.of("deleted");
        }
        if (entry.oldRevision().isEmpty()) {
            return List.of("created");
        }
        if (entry.before() == null || entry.after() == null) {
            return List.of("not readable any more");
        }
        Map<String, String> before = places(entry.before());
        Map<String, String> after = places(entry.after());
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(place -> Objects.equals(before.get(place), after.get(place)));
        return new ArrayList<>(names);
    }

    private static Map<String, String> places(Gateway gateway) {
        Map<String, String> places = new TreeMap<>();
        gateway.parameters().forEach((parameter, value) -> places.put("param." + parameter, value));
        for (GatewayVariable variable : gateway.variables()) {
            places.merge("variable." + variable.name(), variable.direction() + variable.value(), String::concat);
        }
        if (!gateway.subscriptions().isEmpty()) {
            places.put("subscriptions", gateway.subscriptions().toString());
        }
        gateway.additionalMembers().forEach(places::put);
        return places;
    }
}

package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.redis.internal.SourceValue.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the text of one gateway into the text of another and touches only what differs between the two. */
final class GatewayPatch {
    private final String text;
    private final SourceValue document;
    private final Gateway before;
    private final Gateway after;
    private final TextEdits edits;
    private final ObjectPatch outermost;
    private final String colon;

    private GatewayPatch(String text, SourceValue document, Gateway before, Gateway after) {
        this.text = text;
        this.document = document;
        this.before = before;
        this.after = after;
        this.edits = new TextEdits(text);
        this.outermost = new ObjectPatch(text, document);
        this.colon = outermost.colon(GatewayWriter.COLON);
    }

    /**
     * The text of {@code after}.
     *
     * @param text the present text
     * @param document what it holds
     * @param before the gateway that it holds
     */
    static String patch(String text, SourceValue document, Gateway before, Gateway after) {
        if (document.members().isEmpty()) {
            return after.parameters().isEmpty()
                            && after.variables().isEmpty()
                            && after.subscriptions().isEmpty()
                            && after.additionalMembers().isEmpty()
                    ? text
                    : GatewayWriter.write(after);
        }
        return new GatewayPatch(text, document, before, after).patch();
    }

    private String patch() {
        texts(GatewayReader.PARAM, document, outermost, before.parameters(), after.parameters());
        variables();
        subscriptions();
        additionalMembers();
        outermost.into(edits, GatewayWriter.COLON);
        return edits.apply();
    }

    /** Patches a member whose value is an object of scalars. */
    private void texts(
            String section,
            SourceValue parent,
            ObjectPatch parentPatch,
            Map<String, String> from,
            Map<String, String> to) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        for (String name : union(from.keySet(), to.keySet())) {
            String value = to.get(name);
            if (value == null || !value.equals(from.get(name))) {
                changes.put(name, value);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        SourceValue object = objectOf(parent, section);
        if (object == null) {
            parentPatch.set(section, GatewayWriter.texts(to, colon));
            return;
        }
        ObjectPatch patch = new ObjectPatch(text, object);
        changes.forEach((name, value) -> {
            if (value == null) {
                patch.remove(name);
            } else {
                SourceMember present = object.member(name);
                patch.set(
                        name,
                        JsonWriting.scalarLike(
                                present == null ? Kind.STRING : present.value().kind(), value));
            }
        });
        patch.into(edits, colon);
    }

    private void variables() {
        Map<String, List<GatewayVariable>> from = VariableTexts.byName(before);
        Map<String, List<GatewayVariable>> to = VariableTexts.byName(after);
        texts(GatewayReader.VARIABLES, document, outermost, values(from), values(to));

        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        for (String name : union(from.keySet(), to.keySet())) {
            List<GatewayVariable> directed = to.get(name);
            if (directed == null || !directed.equals(from.get(name))) {
                changes.put(name, directed == null ? null : VariableTexts.direction(directed, colon));
            }
        }
        SourceValue object = objectOf(document, GatewayReader.DIRECTIONS);
        if (object == null) {
            Map<String, String> present = new LinkedHashMap<>();
            changes.forEach((name, raw) -> {
                if (raw != null) {
                    present.put(name, raw);
                }
            });
            if (!present.isEmpty()) {
                outermost.set(GatewayReader.DIRECTIONS, JsonWriting.object(present, colon));
            }
            return;
        }
        ObjectPatch patch = new ObjectPatch(text, object);
        changes.forEach((name, raw) -> {
            if (raw == null) {
                // Also an entry that had no variable: it must not take hold of the new one.
                patch.remove(name);
            } else if (!raw.equals(directionOf(from, name))) {
                patch.set(name, raw);
            }
        });
        patch.into(edits, colon);
    }

    private @Nullable String directionOf(Map<String, List<GatewayVariable>> variables, String name) {
        List<GatewayVariable> directed = variables.get(name);
        return directed == null ? null : VariableTexts.direction(directed, colon);
    }

    private static Map<String, String> values(Map<String, List<GatewayVariable>> variables) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((name, directed) -> values.put(name, VariableTexts.value(directed)));
        return values;
    }

    private void subscriptions() {
        List<GatewaySubscription> from = before.subscriptions();
        List<GatewaySubscription> to = after.subscriptions();
        if (from.equals(to)) {
            return;
        }
        SourceMember member = document.member(GatewayReader.SUBSCRIPTIONS);
        List<SourceValue> items = member == null ? List.of() : member.value().items();
        if (member != null && from.size() == to.size()) {
            for (int i = 0; i < to.size(); i++) {
                subscription(items.get(i), from.get(i), to.get(i));
            }
            return;
        }
        List<String> rebuilt = new ArrayList<>();
        for (GatewaySubscription subscription : to) {
            int place = from.indexOf(subscription);
            rebuilt.add(
                    place < 0
                            ? GatewayWriter.subscription(subscription, colon)
                            : items.get(place).raw(text));
        }
        outermost.set(GatewayReader.SUBSCRIPTIONS, "[" + String.join(", ", rebuilt) + "]");
    }

    private void subscription(SourceValue item, GatewaySubscription from, GatewaySubscription to) {
        ObjectPatch patch = new ObjectPatch(text, item);
        if (!from.event().equals(to.event())) {
            patch.set(GatewayReader.EVENT, JsonWriting.string(to.event()));
        }
        texts(GatewayReader.PARAM, item, patch, from.parameters(), to.parameters());
        patch.into(edits, colon);
    }

    private void additionalMembers() {
        Map<String, String> from = before.additionalMembers();
        Map<String, String> to = after.additionalMembers();
        for (String name : union(from.keySet(), to.keySet())) {
            String raw = to.get(name);
            if (raw == null) {
                outermost.remove(name);
            } else if (!raw.equals(from.get(name))) {
                outermost.set(name, raw.strip());
            }
        }
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }

    private static @Nullable SourceValue objectOf(SourceValue parent, String name) {
        SourceMember member = parent.member(name);
        return member == null || member.value().kind() != Kind.OBJECT ? null : member.value();
    }
}

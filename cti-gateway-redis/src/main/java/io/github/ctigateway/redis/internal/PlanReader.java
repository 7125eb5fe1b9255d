package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.redis.PlanJson;
import io.github.ctigateway.redis.PlanJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads saved plans. Strict in what it needs: half a plan must not be applied as if it were a whole one. */
public final class PlanReader {
    private static final int MAX_DEPTH = 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PlanReader() {}

    /** The plans of a text. */
    public static List<SavedPlan> read(String text) {
        Object whole;
        try (JsonParser parser = FACTORY.createParser(text)) {
            whole = parser.nextToken() == null ? null : value(parser);
            if (parser.nextToken() != null) {
                throw new PlanJsonException("there is more text after its end");
            }
        } catch (JsonProcessingException e) {
            throw new PlanJsonException("it is not JSON, or a member stands twice");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        Map<?, ?> document = object(whole, "the whole");
        if (!Integer.valueOf(PlanJson.VERSION).equals(document.get("version"))) {
            throw new PlanJsonException("its version is not " + PlanJson.VERSION);
        }
        List<SavedPlan> plans = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (Object plan : array(document.get("plans"), "plans")) {
            SavedPlan read = plan(object(plan, "a plan"));
            if (!places.add(read.node() + "\n" + read.profile())) {
                throw new PlanJsonException("it has two plans for one node");
            }
            plans.add(read);
        }
        return plans;
    }

    private static SavedPlan plan(Map<?, ?> plan) {
        List<SavedPlan.Change> changes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object element : array(plan.get("items"), "items")) {
            Map<?, ?> item = object(element, "an item");
            String gateway = text(item, "gateway");
            if (!names.add(gateway)) {
                throw new PlanJsonException("a gateway stands twice in it");
            }
            Action action = action(text(item, "action"));
            if (action.isChange() && !Boolean.TRUE.equals(item.get("held"))) {
                changes.add(new SavedPlan.Change(
                        gateway, action, optional(item, "liveMark"), optional(item, "wantedStamp")));
            }
        }
        return new SavedPlan(text(plan, "node"), text(plan, "profile"), changes);
    }

    private static Action action(String name) {
        for (Action action : Action.values()) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        throw new PlanJsonException("it has an action that is not known");
    }

    private static Map<?, ?> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new PlanJsonException(what + " is no object");
    }

    private static List<?> array(@Nullable Object value, String what) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new PlanJsonException(what + " is no array");
    }

    private static String text(Map<?, ?> object, String name) {
        String value = optional(object, name);
        if (value == null) {
            throw new PlanJsonException(name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(Map<?, ?> object, String name) {
        Object value = object.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new PlanJsonException(name + " is no text");
    }

    /** Objects as maps, arrays as lists. */
    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> object = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            default -> parser.getNumberValue();
        };
    }
}

package io.github.ctigateway.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.ctigateway.control.Difference;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.redis.internal.PlanReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans as JSON, to be looked at by people and programs and applied later. Holds no secret: of definitions only their stamps, and of
 * secrets that differ only that they do.
 *
 * <pre>
 * {"version": 1, "plans": [{"node": "fs1", "profile": "external", "warnings": [], "items": [
 *   {"gateway": "a", "action": "REPLACE", "reason": "the definition changed", "held": false, "liveState": "REGED",
 *    "dropsRegistration": true, "calls": 0, "findings": [],
 *    "differences": [{"field": "param.realm", "before": "x", "after": "y"}],
 *    "liveMark": "…", "wantedStamp": "…"}]}]}
 * </pre>
 */
public final class PlanJson {
    /** The version of the form that is written, and the only one that is read. */
    public static final int VERSION = 1;

    private static final JsonFactory FACTORY = new JsonFactory();

    private PlanJson() {}

    /** Writes plans, one for each node; {@link #read} gives what is needed to apply them later. */
    public static String write(Collection<Plan> plans) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            out.writeArrayFieldStart("plans");
            for (Plan plan : plans) {
                plan(out, plan);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    /**
     * Reads what {@link #write} wrote. Members that it does not know are passed over.
     *
     * @throws PlanJsonException when the text is anything else; it is not quoted
     */
    public static List<SavedPlan> read(String text) {
        return PlanReader.read(text);
    }

    private static void plan(JsonGenerator out, Plan plan) throws IOException {
        Map<String, SavedPlan.Change> changes = new HashMap<>();
        plan.saved().changes().forEach(change -> changes.put(change.gateway(), change));
        out.writeStartObject();
        out.writeStringField("node", plan.identity().node());
        out.writeStringField("profile", plan.profile());
        out.writeArrayFieldStart("warnings");
        for (String warning : plan.warnings()) {
            out.writeString(warning);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("items");
        for (PlanItem item : plan.items()) {
            item(out, item, plan.isHeld(item.gateway()), changes.get(item.gateway()));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void item(JsonGenerator out, PlanItem item, boolean held, SavedPlan.@Nullable Change change)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("gateway", item.gateway());
        out.writeStringField("action", item.action().name());
        out.writeStringField("reason", item.reason());
        out.writeBooleanField("held", held);
        if (item.liveState() != null) {
            out.writeStringField("liveState", item.liveState().name());
        }
        out.writeBooleanField("dropsRegistration", item.dropsRegistration());
        out.writeNumberField("calls", item.calls());
        out.writeArrayFieldStart("differences");
        for (Difference difference : item.differences()) {
            out.writeStartObject();
            out.writeStringField("field", difference.field());
            text(out, "before", difference.before());
            text(out, "after", difference.after());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("findings");
        for (var finding : item.violations()) {
            out.writeString(finding.toString());
        }
        out.writeEndArray();
        if (change != null) {
            text(out, "liveMark", change.liveMark());
            text(out, "wantedStamp", change.wantedStamp());
        }
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }
}

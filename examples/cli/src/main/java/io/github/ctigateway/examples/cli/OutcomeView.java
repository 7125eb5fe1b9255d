package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.status.SipReason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an apply ended, as lines. */
final class OutcomeView {
    private OutcomeView() {}

    /**
     * Prints outcomes.
     *
     * @param only the gateways that count; all of the plan when there is none
     * @return the exit code that sums them up
     */
    static int print(ApplyResult result, Plan plan, List<String> only, Output output) {
        int failed = 0;
        int done = 0;
        TextTable table = new TextTable("GATEWAY", "OUTCOME");
        for (PlanItem item : plan.items()) {
            Outcome outcome = result.outcome(item.gateway()).orElse(null);
            if (outcome == null || (!only.isEmpty() && !only.contains(item.gateway()))) {
                continue;
            }
            failed += outcome.isSuccess() ? 0 : 1;
            done += outcome.isSuccess() && item.action().isChange() ? 1 : 0;
            table.row(item.gateway(), outcome.toString());
            output.forPrograms(
                    json(item.gateway(), outcome).with("node", plan.identity().node()));
        }
        output.forPeople("\n" + table);
        result.clashes()
                .forEach((gateway, where) -> output.fact(
                        JsonLine.of("clash").with("gateway", gateway).with("where", where),
                        Printable.line(gateway + ": also defined elsewhere, FreeSWITCH may read that one: " + where)));
        output.fact(
                JsonLine.of("applied")
                        .with("node", plan.identity().node())
                        .with("success", failed == 0)
                        .with("changed", done)
                        .with("failed", failed)
                        .with("seconds", seconds(result.took())),
                done + " changed, " + failed + " not as wanted, in " + seconds(result.took()) + " s");
        return failed == 0 && result.clashes().isEmpty() ? ExitCodes.OK : ExitCodes.FINDINGS;
    }

    private static JsonLine json(String gateway, Outcome outcome) {
        JsonLine line = JsonLine.of("outcome")
                .with("gateway", gateway)
                .with("outcome", outcome.getClass().getSimpleName())
                .with("success", outcome.isSuccess());
        if (outcome instanceof Outcome.Applied applied) {
            line.with("state", applied.state()).with("seconds", seconds(applied.took()));
        } else if (outcome instanceof Outcome.Unchanged unchanged) {
            line.with("state", unchanged.state());
        } else if (outcome instanceof Outcome.Removed removed) {
            line.with("seconds", seconds(removed.took()));
        } else if (outcome instanceof Outcome.RegistrationFailed failed) {
            line.with("state", failed.state());
            reason(line, failed.sipReason());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            line.with("reason", rejected.reason());
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            line.with("step", timedOut.step()).with("seconds", seconds(timedOut.after()));
        } else if (outcome instanceof Outcome.Unknown unknown) {
            line.with("step", unknown.step()).with("reason", unknown.reason());
        } else if (outcome instanceof Outcome.Skipped skipped) {
            line.with("action", skipped.action()).with("reason", skipped.reason());
        }
        return line;
    }

    /** What the registrar said, as two members. */
    static JsonLine reason(JsonLine line, @Nullable SipReason reason) {
        return reason == null ? line : line.with("sipStatus", reason.status()).with("reason", reason.phrase());
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
    }
}

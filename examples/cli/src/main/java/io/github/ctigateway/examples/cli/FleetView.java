package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.fleet.FleetPlan;

/** What is planned for several nodes, each under its name. A node that is alone needs none. */
final class FleetView {
    private FleetView() {}

    /**
     * Prints plans.
     *
     * @throws CtiGatewayException the failure of the only node, so that it is told as any other
     */
    static void plan(FleetPlan plan, boolean many, GatewayCommand command) {
        if (!many) {
            for (CtiGatewayException failure : plan.failures().values()) {
                throw failure;
            }
        }
        plan.plans().forEach((node, one) -> {
            heading(node, many, command);
            PlanView.print(one, command.output());
        });
        plan.failures().forEach((node, failure) -> failure(node, failure, command));
    }

    /** Tells of a node that could not be done, and whose own name may not be known. */
    static void failure(String esl, CtiGatewayException failure, GatewayCommand command) {
        String words = Failures.words(failure);
        command.note(esl + ": " + words);
        command.output()
                .forPrograms(JsonLine.of("failure")
                        .with("esl", esl)
                        .with("message", words)
                        .with("retryable", failure.isRetryable()));
    }

    static void heading(String node, boolean many, GatewayCommand command) {
        if (many) {
            command.output().forPeople("== " + node);
        }
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.fleet.FleetPlan;
import java.util.Map;

/** What is planned for several nodes, each under its name. A node that is alone needs none. */
final class FleetView {
    private FleetView() {}

    /**
     * Prints plans.
     *
     * @throws NodeFailedException when the only node failed, so that it is told as any other failure
     */
    static void plan(FleetPlan plan, boolean many, GatewayCommand command) {
        if (!many) {
            refuse(plan.failures());
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
        command.output().forPrograms(Failures.json(failure, words, esl));
    }

    /**
     * Ends the command of a single node when that failed.
     *
     * @throws NodeFailedException when there is a failure
     */
    static void refuse(Map<String, CtiGatewayException> failures) {
        failures.forEach((esl, failure) -> {
            throw new NodeFailedException(esl, failure);
        });
    }

    static void heading(String node, boolean many, GatewayCommand command) {
        if (many) {
            command.output().forPeople("== " + node);
        }
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;

/** What was found part by part, and the worst of it as an exit code. */
final class Checkup {
    private final Supplier<Output> output;
    private final Function<RuntimeException, String> cure;
    private int worst = ExitCodes.OK;

    /** @param cure gives a failure's message the cure that it cannot know, since it does not know the options */
    Checkup(Supplier<Output> output, Function<RuntimeException, String> cure) {
        this.output = output;
        this.cure = cure;
    }

    /** Looks at a part; a part that fails is reported, and the others go on. */
    void check(String part, Supplier<String> look) {
        try {
            report(part, true, look.get());
        } catch (ParameterException e) {
            report(part, false, String.valueOf(e.getMessage()));
        } catch (CtiGatewayException | CommandFailedException e) {
            failed(part, e);
        }
    }

    /** Reports that a part could not be looked at. */
    void failed(String part, RuntimeException failure) {
        report(part, false, (failure.getMessage() + " " + cure.apply(failure)).strip());
        worst = Math.max(worst, Failures.exitCode(failure));
    }

    void report(String part, boolean good, String text) {
        output.get()
                .fact(
                        JsonLine.of("check")
                                .with("part", part)
                                .with("good", good)
                                .with("text", text),
                        (good ? "ok   " : "BAD  ") + part + ": " + text);
        worst = Math.max(worst, good ? ExitCodes.OK : ExitCodes.FINDINGS);
    }

    int worst() {
        return worst;
    }
}

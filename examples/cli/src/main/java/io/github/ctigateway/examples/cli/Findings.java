package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.GatewayJson;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import io.github.ctigateway.xml.XmlFinding;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Prints findings and remembers whether one of them asks for something to be done. */
final class Findings {
    private final BiConsumer<JsonLine, String> printer;
    private final Locale locale;
    private int errors;
    private int warnings;

    private Findings(BiConsumer<JsonLine, String> printer, Locale locale) {
        this.printer = printer;
        this.locale = locale;
    }

    /** Those that were asked for. */
    Findings(Output output, Locale locale) {
        this(output::fact, locale);
    }

    /** Those beside what was asked for: people find them on standard error. */
    static Findings aside(Output output, Locale locale) {
        return new Findings(output::aside, locale);
    }

    /**
     * Prints what was found in one gateway.
     *
     * @param source the file that it came from; null when it came from the store
     */
    void print(String gateway, @Nullable String source, List<Violation> violations) {
        for (Violation found : violations) {
            Violation violation = GatewayJson.inLanguage(found, locale);
            count(violation);
            printer.accept(
                    json(violation).with("gateway", gateway).with("file", source),
                    Printable.line((source == null ? gateway : source) + ": " + violation));
        }
    }

    /** Prints why an entry cannot be read. What is left to say is the failure, which then need not tell it in English. */
    CommandFailedException unreadable(UnreadableEntryException failure) {
        String name = failure.entry().name();
        print(name, null, failure.entry().reasons());
        return new CommandFailedException(
                ExitCodes.FINDINGS,
                "The stored entry '" + name + "' is not a gateway. Mend it where it was written, or delete it first.",
                failure);
    }

    /** Prints what an import found. */
    void print(XmlFinding finding) {
        count(finding.violation());
        printer.accept(
                json(finding.violation())
                        .with("gateway", finding.gatewayName())
                        .with("file", finding.source().isEmpty() ? null : finding.source())
                        .with("line", finding.line() == 0 ? null : finding.line()),
                Printable.line(finding.toString()));
    }

    private void count(Violation violation) {
        errors += violation.severity() == Severity.ERROR ? 1 : 0;
        warnings += violation.severity() == Severity.WARNING ? 1 : 0;
    }

    /** One finding as an object. */
    static JsonLine json(Violation violation) {
        return JsonLine.of("finding")
                .with("severity", violation.severity())
                .with("code", violation.code())
                .with("path", violation.path())
                .with("message", violation.message())
                .with("hint", violation.hintText());
    }

    int errors() {
        return errors;
    }

    int warnings() {
        return warnings;
    }

    /** OK when nothing but information was found. */
    int exitCode() {
        return errors + warnings == 0 ? ExitCodes.OK : ExitCodes.FINDINGS;
    }
}

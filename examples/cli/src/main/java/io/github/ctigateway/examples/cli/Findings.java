package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.GatewayJson;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import io.github.ctigateway.xml.XmlFinding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints findings and remembers whether one of them asks for something to be done. */
final class Findings {
    private final Output output;
    private final Locale locale;
    private int errors;
    private int warnings;

    Findings(Output output, Locale locale) {
        this.output = output;
        this.locale = locale;
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
            output.fact(
                    json(violation).with("gateway", gateway).with("file", source),
                    Printable.line((source == null ? gateway : source) + ": " + violation));
        }
    }

    /** Prints what an import found. */
    void print(XmlFinding finding) {
        count(finding.violation());
        output.fact(
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

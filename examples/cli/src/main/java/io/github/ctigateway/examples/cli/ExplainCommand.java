package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.EffectiveValue;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.SkipReason;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.UnreadableEntryException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain}: every value that mod_sofia would use for a gateway, and why. */
@Command(
        name = "explain",
        description =
                "Show every value that FreeSWITCH would use for a gateway, and why; 1 when it would skip the gateway or use"
                        + " another value than was given.")
final class ExplainCommand extends GatewayCommand {
    @Parameters(
            paramLabel = "NAME|FILE",
            description = "A stored gateway, or a file: what ends with .json or holds a /.")
    private String subject = "";

    @Override
    public Integer call() {
        Locale locale = connections().locale();
        EffectiveGateway effective =
                EffectiveGateway.of(gateway(), connections().profile());
        TextTable table = new TextTable("VALUE", "IN USE", "GIVEN", "WHY");
        for (EffectiveValue value : effective.values()) {
            table.row(value.name(), value.value(), value.givenText().orElse(""), value.reason(locale));
            output().forPrograms(JsonLine.of("value")
                    .with("gateway", effective.name())
                    .with("name", value.name())
                    .with("value", value.value())
                    .with("given", value.given())
                    .with("coerced", value.isCoerced())
                    .with("reason", value.reason(locale)));
        }
        output().forPeople(table.toString());
        SkipReason skipped = effective.skipReason().orElse(null);
        if (skipped != null) {
            output().fact(
                            JsonLine.of("skipped")
                                    .with("gateway", effective.name())
                                    .with("code", skipped)
                                    .with("reason", skipped.text(locale)),
                            "\nFreeSWITCH skips this gateway: " + skipped.text(locale));
        }
        return skipped == null && effective.coercions().isEmpty() ? ExitCodes.OK : ExitCodes.FINDINGS;
    }

    private Gateway gateway() {
        if (!subject.endsWith(".json") && subject.indexOf('/') < 0) {
            try (GatewayStore store = connections().openStore()) {
                return store.find(subject)
                        .orElseThrow(() -> ShowCommand.noSuchGateway(subject))
                        .gateway();
            } catch (UnreadableEntryException e) {
                throw new Findings(output(), connections().locale()).unreadable(e);
            }
        }
        DecodedGateway decoded = GatewayFile.read(Path.of(subject));
        if (decoded instanceof DecodedGateway.Read read) {
            return read.gateway();
        }
        new Findings(output(), connections().locale()).print(decoded.name(), subject, decoded.findings());
        throw new CommandFailedException(ExitCodes.FINDINGS, subject + " holds no gateway.");
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.redis.GatewayJson;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.ValidationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code put}: stores one gateway. */
@Command(
        name = "put",
        description =
                "Store a gateway given in mod_cti's JSON; 1 when FreeSWITCH would not take it. It is live after 'apply'.")
final class PutCommand extends GatewayCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The gateway.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE|-", description = "The file, or - for standard input.")
    private String file = "";

    @Override
    public Integer call() {
        DecodedGateway decoded =
                GatewayJson.decode(name, file.equals("-") ? standardInput() : GatewayFile.bytes(Path.of(file)));
        Findings findings = new Findings(output(), connections().locale());
        String source = file.equals("-") ? null : file;
        findings.print(name, source, decoded.findings());
        if (!(decoded instanceof DecodedGateway.Read read)) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS,
                    "'" + name + "' was not stored: " + (source == null ? "standard input" : source)
                            + " holds no gateway.");
        }
        ValidationResult result = connections().validator().validate(read.gateway());
        findings.print(name, source, result.violations());
        if (result.hasErrors()) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS, "'" + name + "' was not stored: FreeSWITCH would not take it as it is meant.");
        }
        try (GatewayStore store = connections().openStore()) {
            StoredGateway stored = store.save(read.gateway());
            output().fact(
                            JsonLine.of("stored").with("gateway", name).with("revision", stored.revision()),
                            "Stored '" + name + "'. It is live after 'apply'.");
        } catch (UnreadableEntryException e) {
            throw findings.unreadable(e);
        }
        return ExitCodes.OK;
    }

    private byte[] standardInput() {
        try {
            return terminal().in().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input cannot be read", e);
        }
    }
}

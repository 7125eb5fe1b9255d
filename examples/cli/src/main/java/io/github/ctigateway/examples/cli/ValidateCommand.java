package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.ValidationResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate}: what FreeSWITCH would make of gateways. */
@Command(
        name = "validate",
        description =
                "Say what FreeSWITCH would make of the gateways in files, or of all that are stored; 1 when there is an"
                        + " error or a warning.")
final class ValidateCommand extends GatewayCommand {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "NAME.json each, or a directory of them.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--all", description = "All that are stored; the same as no FILE.")
    private boolean all;

    @Override
    public Integer call() {
        if (all && !files.isEmpty()) {
            throw wrongUsage("Either FILE or --all.");
        }
        Findings findings = new Findings(output(), connections().locale());
        int gateways = files.isEmpty() ? stored(findings) : given(findings);
        output().fact(
                        JsonLine.of("validation")
                                .with("gateways", gateways)
                                .with("errors", findings.errors())
                                .with("warnings", findings.warnings()),
                        counted(gateways, "gateway") + ", " + counted(findings.errors(), "error") + ", "
                                + counted(findings.warnings(), "warning"));
        return findings.exitCode();
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private int given(Findings findings) {
        List<Path> found =
                files.stream().flatMap(file -> GatewayFile.in(file).stream()).toList();
        List<Gateway> gateways = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (Path file : found) {
            DecodedGateway decoded = GatewayFile.read(file);
            findings.print(decoded.name(), file.toString(), decoded.findings());
            if (decoded instanceof DecodedGateway.Read read) {
                gateways.add(read.gateway());
                sources.add(file.toString());
            }
        }
        List<ValidationResult> results = connections().validator().validateAll(gateways);
        for (int i = 0; i < results.size(); i++) {
            findings.print(
                    results.get(i).gateway(), sources.get(i), results.get(i).violations());
        }
        return found.size();
    }

    private int stored(Findings findings) {
        StoreSnapshot snapshot;
        try (GatewayStore store = connections().openStore()) {
            snapshot = store.snapshot();
        }
        snapshot.unreadable().values().forEach(entry -> findings.print(entry.name(), null, entry.reasons()));
        List<Gateway> gateways = snapshot.gateways().values().stream()
                .map(StoredGateway::gateway)
                .toList();
        for (ValidationResult result : connections().validator().validateAll(gateways)) {
            findings.print(result.gateway(), null, result.violations());
        }
        return snapshot.unreadable().size() + gateways.size();
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.ValidationResult;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.ImportedGateway;
import io.github.ctigateway.xml.XmlImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: takes over the gateways of an installation. */
@Command(
        name = "import",
        description =
                "Store the gateways of XML files as FreeSWITCH has them; 1 when something could not be taken over. What FreeSWITCH"
                        + " would skip is left out. Nothing is stored when that would change a stored gateway, unless --replace is given.")
final class ImportCommand extends GatewayCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Files, and directories with all *.xml in and below them.")
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only say what would be stored.")
    private boolean dryRun;

    @Option(names = "--replace", description = "Also change gateways that are stored already.")
    private boolean replace;

    @Option(
            names = "--define",
            paramLabel = "NAME=VALUE",
            description =
                    "The value of the preprocessor variable NAME, as of <X-PRE-PROCESS cmd=\"set\">; may be repeated.")
    private List<String> definitions = new ArrayList<>();

    @Override
    public Integer call() {
        for (Path source : sources) {
            if (!Files.isReadable(source)) {
                throw wrongUsage("Cannot read " + source + ": it does not exist, or access is denied.");
            }
        }
        XmlImport found =
                GatewayXmlReader.withVariables(variables()).read(sources).withoutStamps();
        Findings findings = new Findings(output(), connections().locale());
        found.findings().forEach(findings::print);
        if (found.imported().isEmpty()) {
            throw new CommandFailedException(ExitCodes.FINDINGS, "No gateway was found in " + sources + ".");
        }
        List<Gateway> usable = new ArrayList<>();
        for (ImportedGateway imported : found.imported()) {
            ValidationResult result = connections().validator().validateImport(imported.gateway());
            findings.print(result.gateway(), imported.source() + ":" + imported.line(), result.violations());
            if (!result.hasErrors()) {
                usable.add(imported.gateway());
            }
        }
        try (GatewayStore store = connections().openStore()) {
            store(usable, store);
        } catch (UnreadableEntryException e) {
            throw findings.unreadable(e);
        }
        return findings.errors() == 0 ? ExitCodes.OK : ExitCodes.FINDINGS;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String definition : definitions) {
            int equals = definition.indexOf('=');
            if (equals < 1) {
                throw wrongUsage("--define must be NAME=VALUE.");
            }
            variables.put(definition.substring(0, equals), definition.substring(equals + 1));
        }
        return variables;
    }

    private void store(List<Gateway> gateways, GatewayStore store) {
        StoreSnapshot before = store.snapshot();
        TreeSet<String> overwritten = new TreeSet<>();
        for (Gateway gateway : gateways) {
            StoredGateway stored = before.gateways().get(gateway.name());
            boolean changes = stored != null && !stored.gateway().definition().equals(gateway.definition());
            if (changes || before.unreadable().containsKey(gateway.name())) {
                overwritten.add(gateway.name());
            }
        }
        if (!overwritten.isEmpty() && !replace) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS,
                    "Stored already, and different: " + overwritten + ". Nothing was stored; --replace changes them.");
        }
        for (Gateway gateway : gateways) {
            String what = overwritten.contains(gateway.name())
                    ? "replaced"
                    : before.gateways().containsKey(gateway.name()) ? "unchanged" : "new";
            if (!dryRun && !what.equals("unchanged")) {
                store.save(gateway);
            }
            output().fact(
                            JsonLine.of("import")
                                    .with("gateway", gateway.name())
                                    .with("result", what)
                                    .with("dryRun", dryRun),
                            gateway.name() + ": " + what + (dryRun ? " (dry run)" : ""));
        }
    }
}

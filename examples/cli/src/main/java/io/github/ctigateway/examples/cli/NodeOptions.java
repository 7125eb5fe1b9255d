package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.ImportedGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How nodes read gateways, and what is done with gateways that nobody stored or that have calls. */
final class NodeOptions {
    @Option(
            names = "--xml-curl",
            paramLabel = "HOST:PORT",
            description = "In place of --xml-dir: answer mod_xml_curl there meanwhile.")
    @Nullable
    String xmlCurl;

    @Mixin
    XmlCurlOptions xmlCurlCredentials = new XmlCurlOptions();

    @Option(
            names = "--unmanaged",
            paramLabel = "leave|adopt|remove",
            defaultValue = "leave",
            description =
                    "What becomes of live gateways that are not stored and that no store published: they stay, are stored"
                            + " as --adopt-from defines them, or are taken down; ${DEFAULT-VALUE} unless given.")
    private PlanPolicy.Unmanaged unmanaged = PlanPolicy.Unmanaged.LEAVE;

    @Option(
            names = "--adopt-from",
            paramLabel = "FILE|DIR",
            description =
                    "The XML that defines gateways to adopt: files, or directories with all *.xml in and below them; may be"
                            + " repeated. One that differs from what is live is not adopted.")
    private List<Path> adoptFrom = new ArrayList<>();

    @Option(
            names = "--busy",
            paramLabel = "kill|wait|skip",
            defaultValue = "kill",
            description =
                    "What becomes of gateways that must be taken down and have calls: they are taken down at once (calls"
                            + " outlive it), when they have none, or not now; ${DEFAULT-VALUE} unless given.")
    private PlanPolicy.Busy busy = PlanPolicy.Busy.KILL;

    @Option(
            names = "--busy-limit",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "With --busy wait: for how long; ${DEFAULT-VALUE} unless given.")
    private int busyLimit;

    /** What these options say; the files are read now. */
    PlanPolicy policy(CommandLine command) {
        if (busyLimit < 0) {
            throw new ParameterException(command, "--busy-limit must not be negative.");
        }
        boolean adopts = unmanaged == PlanPolicy.Unmanaged.ADOPT;
        if (adopts == adoptFrom.isEmpty()) {
            throw new ParameterException(
                    command, "--unmanaged adopt and --adopt-from belong together: the switch shows no password.");
        }
        Map<String, Gateway> found = definitions(command);
        return new PlanPolicy(
                unmanaged, name -> Optional.ofNullable(found.get(name)), busy, Duration.ofSeconds(busyLimit));
    }

    private Map<String, Gateway> definitions(CommandLine command) {
        for (Path source : adoptFrom) {
            if (!Files.isReadable(source)) {
                throw new ParameterException(
                        command, "Cannot read " + source + ": it does not exist, or access is denied.");
            }
        }
        Map<String, Gateway> definitions = new HashMap<>();
        for (ImportedGateway imported :
                GatewayXmlReader.withVariables(Map.of()).read(adoptFrom).imported()) {
            definitions.putIfAbsent(imported.gateway().name(), imported.gateway());
        }
        return definitions;
    }
}

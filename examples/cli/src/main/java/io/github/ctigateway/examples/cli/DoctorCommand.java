package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.redis.RedisGatewayStore;
import io.github.ctigateway.redis.RedisServerReport;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.ValidationResult;
import io.github.ctigateway.validation.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** {@code doctor}: looks at every part, and says for each what is wrong and how to mend it. */
@Command(
        name = "doctor",
        description =
                "Check Java, Redis, what is stored, the statuses, the event socket, the profile and the directory; each goes on"
                        + " when another fails.")
final class DoctorCommand extends GatewayCommand {
    @Mixin
    private StatusPlace place = new StatusPlace();

    private int worst = ExitCodes.OK;

    @Override
    public Integer call() {
        report("java", true, Runtime.version().toString());
        if (connections().hasRedis()) {
            check("redis", this::redis);
            check("statuses", this::statuses);
        } else {
            report("redis", true, "not looked at: --redis is not given");
        }
        check("freeswitch", this::freeSwitch);
        connections()
                .xmlDirectory()
                .ifPresentOrElse(
                        this::directory, () -> report("directory", true, "not looked at: --xml-dir is not given"));
        return worst;
    }

    private String redis() {
        try (RedisGatewayStore store = connections().openRedisStore()) {
            StoreSnapshot snapshot = store.snapshot();
            report(
                    "stored",
                    snapshot.unreadable().isEmpty(),
                    snapshot.gateways().size() + " readable, "
                            + snapshot.unreadable().size() + " not; 'list' names them");
            long bad = connections()
                    .validator()
                    .validateAll(snapshot.gateways().values().stream()
                            .map(StoredGateway::gateway)
                            .toList())
                    .stream()
                    .filter(ValidationResult::hasErrors)
                    .count();
            report("valid", bad == 0, bad + " stored gateways would be skipped or misread; 'validate' says why");
            RedisServerReport server = store.checkServer();
            for (Violation finding : server.findings()) {
                report(
                        finding.code(),
                        finding.severity() == Severity.INFO,
                        finding.message()
                                + finding.hint().map(hint -> "; " + hint).orElse(""));
            }
            return "version " + server.version() + " answers for " + store.domain();
        }
    }

    private String statuses() {
        try (RedisStatusFeed feed = connections().openStatusFeed(place)) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();
            String hash = "hash " + place.options().hash();
            if (!snapshot.malformed().isEmpty()) {
                report(
                        "status entries",
                        false,
                        snapshot.malformed().size() + " fields of " + hash + " are no events, such as "
                                + snapshot.malformed().get(0) + "; delete them");
            }
            return snapshot.events().size() + " gateways in " + hash
                    + (snapshot.events().isEmpty() ? ": nobody writes it; mod_cti or 'bridge' would" : "");
        }
    }

    private String freeSwitch() {
        try (EslGatewaySwitch node = connections().openSwitch()) {
            try {
                List<String> live = node.live().stream()
                        .filter(gateway -> gateway.profile().equals(node.profile()))
                        .map(gateway -> gateway.name())
                        .toList();
                report("profile", true, node.profile() + " runs " + live.size() + " gateways");
            } catch (SwitchException e) {
                failed("profile", e);
            }
            return node.identity().node() + ", " + node.client().api("version").strip();
        }
    }

    private void directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            report("directory", false, directory + " is no directory; create it where the profile includes it");
        } else {
            report(
                    "directory",
                    Files.isWritable(directory) && Files.isReadable(directory),
                    directory
                            + (Files.isWritable(directory)
                                    ? " can be written"
                                    : " cannot be written; let it belong to this user's group"));
        }
    }

    private void check(String part, Supplier<String> look) {
        try {
            report(part, true, look.get());
        } catch (ParameterException e) {
            report(part, false, String.valueOf(e.getMessage()));
        } catch (CtiGatewayException e) {
            failed(part, e);
        }
    }

    private void failed(String part, CtiGatewayException failure) {
        report(part, false, String.valueOf(failure.getMessage()));
        worst = Math.max(worst, Failures.exitCode(failure));
    }

    private void report(String part, boolean good, String text) {
        output().fact(
                        JsonLine.of("check")
                                .with("part", part)
                                .with("good", good)
                                .with("text", text),
                        (good ? "ok   " : "BAD  ") + part + ": " + text);
        worst = Math.max(worst, good ? ExitCodes.OK : ExitCodes.FINDINGS);
    }
}

package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.redis.RedisGatewayStore;
import io.github.ctigateway.redis.RedisServerReport;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.ValidationResult;
import io.github.ctigateway.validation.Violation;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: looks at every part, and says for each what is wrong and how to mend it. */
@Command(
        name = "doctor",
        description =
                "Check Java, Redis and its settings, what is stored, the statuses, the event socket, FreeSWITCH's version, the"
                        + " profile, and how it reads its gateways; each goes on when another fails.")
final class DoctorCommand extends GatewayCommand {
    private static final Pattern VERSION = Pattern.compile("Version (\\d{1,4})\\.(\\d{1,4})");

    @Mixin
    private StatusPlace place = new StatusPlace();

    /** What was seen of FreeSWITCH; null while it could not be asked. */
    private StatusCheck.@Nullable SeenNode node;

    private Set<String> stored = Set.of();
    private final Checkup checkup = new Checkup(this::output, this::cure);

    @Override
    public Integer call() {
        StatusCheck statuses = new StatusCheck(connections(), place, checkup);
        report("java", true, Runtime.version().toString());
        if (connections().hasRedis()) {
            checkup.check("redis", this::redis);
            statuses.inRedis();
        } else {
            report("redis", true, "not looked at: --redis is not given");
        }
        checkup.check("freeswitch", this::freeSwitch);
        connections()
                .xmlDirectory()
                .ifPresentOrElse(
                        this::directory, () -> report("directory", true, "not looked at: --xml-dir is not given"));
        StatusCheck.SeenNode seen = node;
        if (seen != null) {
            connections().xmlDirectory().filter(Files::isReadable).ifPresent(directory -> publisher(directory, seen));
            statuses.against(seen);
        }
        return checkup.worst();
    }

    /** What the options say and a failure does not: which server, and where its password comes from. */
    private String cure(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof StoreUnavailableException) {
            return "Redis is " + connections().redisWithoutSecrets() + ".";
        }
        if (message.contains("answered NOAUTH") || message.contains("answered WRONGPASS")) {
            return "The URI of --redis or the environment variable of --redis-password-env may hold it, REDIS_PASSWORD unless"
                    + " given; a user stands in the URI.";
        }
        if (message.contains("answered WRONGTYPE") && message.contains("the gateways of")) {
            return "The key is cti_gateway@" + connections().domain()
                    + ": see with TYPE what it is, RENAME or DEL it, or use another --domain.";
        }
        if (failure instanceof SwitchUnavailableException
                && !message.contains(connections().firstEsl())) {
            return "See that FreeSWITCH's event socket is at " + connections().firstEsl() + " and not another server.";
        }
        return "";
    }

    private String redis() {
        try (RedisGatewayStore store = connections().openRedisStore()) {
            StoreSnapshot snapshot = store.snapshot();
            stored = snapshot.gateways().keySet();
            report(
                    "stored",
                    snapshot.unreadable().isEmpty(),
                    snapshot.gateways().size() + " readable, "
                            + snapshot.unreadable().size() + " not"
                            + (snapshot.unreadable().isEmpty()
                                    ? ""
                                    : "; 'list' says why: 'put' them anew or 'delete' them"));
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

    private String freeSwitch() {
        try (EslGatewaySwitch opened = connections().openSwitch()) {
            SwitchIdentity identity = opened.identity();
            try {
                List<LiveGateway> everything = opened.live();
                Set<String> live = everything.stream()
                        .filter(gateway -> gateway.profile().equals(opened.profile()))
                        .map(LiveGateway::name)
                        .collect(Collectors.toCollection(TreeSet::new));
                report("profile", true, opened.profile() + " runs " + live.size() + " gateways");
                node = new StatusCheck.SeenNode(
                        identity,
                        live,
                        everything.stream().map(LiveGateway::name).collect(Collectors.toSet()));
            } catch (SwitchException e) {
                checkup.failed("profile", e);
            }
            String version = opened.client().api("version").strip();
            version(version);
            List<String> readers = Stream.of("mod_xml_curl", "mod_cti")
                    .filter(module -> opened.client()
                            .api("module_exists " + module)
                            .strip()
                            .equals("true"))
                    .toList();
            report(
                    "modules",
                    true,
                    readers.isEmpty()
                            ? "neither mod_xml_curl nor mod_cti is loaded: gateways are read from files"
                            : "loaded: " + String.join(", ", readers));
            return identity.node() + ", " + version;
        }
    }

    /** startgw, without which every start reads the whole profile, came with 1.8. */
    private void version(String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            report("version", true, "not recognised, so not checked: " + text);
            return;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        boolean old = major < 1 || (major == 1 && minor < 8);
        report(
                "version",
                !old,
                old
                        ? text + " has no startgw; use FreeSWITCH 1.8 or newer, or --xml-dir only"
                        : "has every command that is needed");
    }

    /** Whether the profile reads the directory shows in what is stored or published, and live. */
    private void publisher(Path directory, StatusCheck.SeenNode seen) {
        Set<String> expected = new TreeSet<>(stored);
        expected.retainAll(seen.live());
        Set<String> published = new TreeSet<>(stored);
        published.addAll(seen.live());
        try (XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory)) {
            published.removeIf(name -> publisher.published(name).isEmpty());
        } catch (PublisherException e) {
            checkup.failed("publisher", e);
            return;
        }
        expected.addAll(published);
        long running = published.stream().filter(seen.live()::contains).count();
        boolean doubtful = running == 0 && !expected.isEmpty();
        // FreeSWITCH would look for a relative one in its own directory of configurations.
        Path included = directory.toAbsolutePath().normalize();
        report(
                "publisher",
                !doubtful,
                doubtful
                        ? "none of the live gateways is published in " + directory
                                + "; see that the <gateways> of the profile"
                                + " hold <X-PRE-PROCESS cmd=\"include\" data=\"" + included + "/*.xml\"/>"
                        : running + " of the " + published.size() + " gateways published in " + directory
                                + " are live"
                                + (published.isEmpty()
                                        ? "; whether the profile reads it is seen when the first one is"
                                        : ""));
    }

    private void directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            report("directory", false, directory + " is no directory; create it where the profile includes it");
        } else {
            boolean usable = Files.isWritable(directory) && Files.isReadable(directory);
            report(
                    "directory",
                    usable,
                    directory
                            + (usable
                                    ? " can be written"
                                    : " cannot be read and written by " + System.getProperty("user.name")
                                            + "; let it belong to a group of this user (chgrp, chmod g+rwx)"));
        }
    }

    private void report(String part, boolean good, String text) {
        checkup.report(part, good, text);
    }
}

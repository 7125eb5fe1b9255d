package io.github.ctigateway.redis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.StatusTracker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatewayMetersTest {
    private static final Instant START = Instant.ofEpochSecond(1_000_000);

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final List<GatewayStatus> statuses = new ArrayList<>();

    @Test
    void aSecondOneIsRefusedUntilTheFirstIsClosed() {
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(meters).isNotNull();
            assertThatThrownBy(() -> GatewayMeters.create(registry, () -> statuses))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
        }
        GatewayMeters.create(registry, () -> statuses).close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void showsWhatIsKnownOfEachGateway() {
        clock.add(START.toEpochMilli() + 90_000 - clock.wallTime(), TimeUnit.MILLISECONDS);
        statuses.add(status("good", RegistrationState.REGED, PingStatus.UP, 0, 2, true));
        statuses.add(status("bad", RegistrationState.FAIL_WAIT, PingStatus.DOWN, 7, 3, false));

        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(meters).isNotNull();
            assertThat(gauge("registered", "good")).isEqualTo(1);
            assertThat(gauge("flaps", "good")).isEqualTo(2);
            assertThat(gauge("failures", "good")).isZero();
            assertThat(gauge("current", "good")).isEqualTo(1);
            assertThat(gauge("age", "good")).isEqualTo(90);
            assertThat(gauge("registered", "bad")).isZero();
            assertThat(gauge("flaps", "bad")).isEqualTo(3);
            assertThat(gauge("failures", "bad")).isEqualTo(7);
            assertThat(gauge("current", "bad")).isZero();
            assertThat(gauge("unmetered")).isZero();

            clock.addSeconds(30);
            assertThat(gauge("age", "good")).as("between two refreshes").isEqualTo(120);

            statuses.set(0, status("good", RegistrationState.FAILED, PingStatus.UP, 1, 3, true));
            meters.refresh();
            assertThat(gauge("registered", "good")).isZero();
            assertThat(gauge("failures", "good")).isEqualTo(1);
        }
    }

    @Test
    void aGatewaysMetersGoWithItAndAllGoAtTheEnd() {
        statuses.add(status("a"));
        statuses.add(status("b"));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(gatewaysOnRecord()).containsExactlyInAnyOrder("a", "b");
            statuses.remove(0);
            meters.refresh();
            assertThat(gatewaysOnRecord()).containsExactly("b");
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void hasNoOtherTagsThanNodeProfileAndGateway() {
        statuses.add(status("a"));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(meters).isNotNull();
            assertThat(registry.getMeters())
                    .filteredOn(meter -> !meter.getId().getName().equals("cti.gateway.unmetered"))
                    .hasSize(5)
                    .allSatisfy(meter -> assertThat(meter.getId().getTags())
                            .containsExactlyInAnyOrder(
                                    Tag.of("node", "ai"), Tag.of("profile", "external"), Tag.of("gateway", "a")));
        }
    }

    /** A row of the table: name, type, tags. */
    @Test
    void theDocumentNamesEveryMeterWithItsTagsAndNoOther() throws IOException {
        Pattern row = Pattern.compile("\\| `(cti\\.gateway\\.[a-z]+)` \\| [a-z, ]+ \\| ([`a-z ]*)\\|.*");
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "status.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                Set<String> tags = new TreeSet<>(
                        List.of(matcher.group(2).replace("`", "").strip().split(" ", -1)));
                tags.remove("");
                documented.put(matcher.group(1), tags);
            }
        }
        statuses.add(status("a"));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(meters).isNotNull();
            assertThat(documented.remove("cti.gateway.apply"))
                    .as("made with the first apply; the command line's tests hold it")
                    .containsExactly("node", "profile");
            Map<String, Set<String>> real = new TreeMap<>();
            registry.getMeters()
                    .forEach(meter -> real.put(
                            meter.getId().getName(),
                            meter.getId().getTags().stream()
                                    .map(Tag::getKey)
                                    .collect(Collectors.toCollection(TreeSet::new))));

            assertThat(documented).isEqualTo(real);
        }
    }

    @Test
    void aProfileThatBecomesKnownTakesThePlaceOfTheUnknownOne() {
        statuses.add(new GatewayStatus(
                "a", "ai", null, RegistrationState.REGED, PingStatus.UP, START, null, null, 0, 0, true, START));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(profilesOnRecord()).containsOnly("unknown");
            statuses.set(0, status("a"));
            meters.refresh();
            assertThat(profilesOnRecord()).containsOnly("external");
        }
    }

    @Test
    void onlySoManyGatewaysHaveMetersAndTheOthersAreCounted() {
        IntStream.range(0, 1_500).forEach(i -> statuses.add(status("g" + i)));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            assertThat(gatewaysOnRecord()).hasSize(GatewayMeters.MOST_GATEWAYS);
            assertThat(gauge("unmetered")).isEqualTo(500);

            statuses.subList(0, 600).clear();
            meters.refresh();
            assertThat(gatewaysOnRecord()).hasSize(900);
            assertThat(gauge("unmetered")).isZero();
        }
        assertThatThrownBy(() -> GatewayMeters.create(registry, () -> statuses, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statusesThatCannotBeReadLeaveTheMetersAsTheyWere() {
        statuses.add(status("a"));
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> {
            if (statuses.isEmpty()) {
                throw new IllegalStateException("closed");
            }
            return statuses;
        })) {
            statuses.clear();
            assertThatThrownBy(meters::refresh).isInstanceOf(IllegalStateException.class);
            assertThat(gatewaysOnRecord()).containsExactly("a");
        }
    }

    @Test
    void goesWithATracker() {
        StatusTracker tracker = StatusTracker.create();
        try (GatewayMeters meters = GatewayMeters.create(registry, tracker::statuses)) {
            tracker.accept(new GatewayEvent.StateChanged(
                    "a",
                    RegistrationState.REGED,
                    PingStatus.UP,
                    null,
                    null,
                    new EventOrigin("ai", "core", 1, Instant.now()),
                    "{}"));
            meters.refresh();

            assertThat(gauge("registered", "a")).isEqualTo(1);
        }
    }

    @Test
    void aRunThatAppliedNothingIsNotTimed() {
        try (GatewayMeters meters = GatewayMeters.create(registry, () -> statuses)) {
            meters.record(new ReconcileRun(null, null, null));

            assertThat(registry.find("cti.gateway.apply").timers()).isEmpty();
        }
    }

    private double gauge(String name, String gateway) {
        return registry.get("cti.gateway." + name)
                .tag("gateway", gateway)
                .gauge()
                .value();
    }

    private double gauge(String name) {
        return registry.get("cti.gateway." + name).gauge().value();
    }

    private List<String> gatewaysOnRecord() {
        return tagsOnRecord("gateway");
    }

    private List<String> profilesOnRecord() {
        return tagsOnRecord("profile");
    }

    private List<String> tagsOnRecord(String tag) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag(tag))
                .filter(value -> value != null)
                .distinct()
                .toList();
    }

    private static GatewayStatus status(String gateway) {
        return status(gateway, RegistrationState.REGED, PingStatus.UP, 0, 0, true);
    }

    private static GatewayStatus status(
            String gateway, RegistrationState state, PingStatus ping, int failures, int flaps, boolean current) {
        return new GatewayStatus(
                gateway, "ai", "external", state, ping, START, null, null, failures, flaps, current, START);
    }
}

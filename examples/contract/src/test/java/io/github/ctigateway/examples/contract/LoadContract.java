package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Up to 10,000 gateways: what each step took is printed beside the limit of what the controller promises, and asserted by nothing, since it
 * is a wall-clock time. The limit is computed with this very server's tick and, for files, with the change's own rescan. It leaves 0.2 ms
 * for each changed gateway; how long the server takes to read back as many stamps stands beside it.
 */
public abstract class LoadContract extends WholeLibrary {
    private static final int REGISTERING = 100;

    /** So much later than the pair of rounds before is each pair aimed. */
    private static final Duration LATER = Duration.ofMillis(8);

    /** An idle event socket looks for events every 20 ms (mod_event_socket.c, read_packet). */
    private static final Duration LATEST_EVENT = Duration.ofMillis(50);

    private final List<String> quiet = new ArrayList<>();
    private final List<String> registering = new ArrayList<>();
    private final List<String> whole = new ArrayList<>();

    /** How often each change is measured: {@code -Dload.rounds}. */
    protected int rounds() {
        return Integer.getInteger("load.rounds", 3);
    }

    @AfterAll
    final void printTimes() {
        System.out.println("""
                | server | publisher | gateways | changed | fastest and slowest of %d | a whole tick took \
                | nearest to its limit | a tick | the start of that one | as many stamps read back |
                |---|---|---|---|---|---|---|---|---|---|""".formatted(rounds()));
        quiet.forEach(System.out::println);
        System.out.println("""
                | server | publisher | registering | changed | time of the change | of it the registrar's answer | its limit |
                |---|---|---|---|---|---|---|""");
        registering.forEach(System.out::println);
        System.out.println("""
                | server | publisher | gateways | all added | all removed |
                |---|---|---|---|---|""");
        whole.forEach(System.out::println);
    }

    /** What the controller promises of these: four ticks and the registrar's answer. */
    @Test
    void aHundredRegisteringGatewaysAreReplacedOneByItselfAndAllTogether() {
        IntStream.range(0, REGISTERING).forEach(i -> store().save(trunk("l" + i, "before")));
        timedApply();
        RegistrarTime registrar = new RegistrarTime();
        try (GatewaySwitch.Subscription subscription = node().subscribe(registrar)) {
            assertThat(subscription).isNotNull();
            for (int changed : List.of(1, REGISTERING)) {
                IntStream.range(0, changed).forEach(i -> store().save(trunk("l" + i, "after" + changed)));
                Plan plan = controller().plan();
                registrar.begin(plan.changes().stream().map(PlanItem::gateway).collect(Collectors.toSet()));
                Duration took = timed(() -> assertThat(apply(plan).isSuccess()).isTrue());
                Duration answer = registrar.answer();
                registering.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %d | %d ms | %d ms | %d ms |",
                        server().description(),
                        publisherName(),
                        REGISTERING,
                        changed,
                        took.toMillis(),
                        answer.toMillis(),
                        server().tick().multipliedBy(4).plus(answer).toMillis()));
                assertThat(server().registrar().boundUsers())
                        .containsAll(IntStream.range(0, REGISTERING)
                                .mapToObj(i -> "l" + i)
                                .toList());
            }
        }
    }

    private String publisherName() {
        return publisher() instanceof XmlDirectoryPublisher ? "files" : "mod_xml_curl";
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void gatewaysAreAddedSomeChangedAndAllRemoved(int count) {
        IntStream.range(0, count).forEach(i -> store().save(quietTrunk(i, "before")));
        Duration added = timedApply();
        Duration tick = tick();
        for (int changed : List.of(1, 100, 1_000)) {
            if (changed <= count) {
                change(count, changed, tick);
            }
        }
        IntStream.range(0, count).forEach(i -> store().delete("ctitest-q" + i));
        Duration removed = timedApply();

        whole.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d ms | %d ms |",
                server().description(),
                publisherName(),
                count,
                added.toMillis(),
                removed.toMillis()));
        assertThat(live()).isEmpty();
    }

    private void change(int count, int changed, Duration tick) {
        List<Change> changes = measured(changed, tick);
        changes.sort(Comparator.comparing(Change::took));
        // So much of a change is the server's answering: the gateways are asked about before the kill and after the
        // start.
        List<String> names =
                IntStream.range(0, changed).mapToObj(i -> "ctitest-q" + i).toList();
        Duration readBack = timed(() -> assertThat(node().variables(names, GatewayValidator.STAMP_VARIABLE))
                .hasSize(changed));
        boolean files = publisher() instanceof XmlDirectoryPublisher;
        // What the controller promises: one tick, 100 ms and 0.2 ms for each; with files, one rescan more.
        Duration promised = tick.plusMillis(100).plusNanos(200_000L * changed);
        Function<Change, Duration> limit = change -> files ? promised.plus(change.start()) : promised;
        Change nearest = Collections.max(
                changes, Comparator.comparing(change -> change.took().minus(limit.apply(change))));
        quiet.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d to %d ms | %d | %d of %d ms | %d ms | %d ms | %d ms |",
                server().description(),
                publisherName(),
                count,
                changed,
                changes.get(0).took().toMillis(),
                changes.get(changes.size() - 1).took().toMillis(),
                changes.stream()
                        .filter(change -> change.took().compareTo(tick) > 0)
                        .count(),
                nearest.took().toMillis(),
                limit.apply(nearest).toMillis(),
                tick.toMillis(),
                nearest.start().toMillis(),
                readBack.toMillis()));
    }

    /**
     * One change.
     *
     * @param took from the plan to the last outcome
     * @param untilKill of it until gateways are killed
     * @param kill of it until all are killed
     * @param start of it the server's start of what was killed: with files, a rescan, which with many of them takes a time of its own each
     *     time (switch_xml.c, switch_xml_insert, looks for a place along the list of all before)
     */
    private record Change(Duration took, Duration untilKill, Duration kill, Duration start) {}

    /**
     * All but the first are aimed: in turns behind a tick, and so that one comes just before the last gateway is killed. Each pair is
     * aimed a little later than the one before, for no two changes take equally long to come to their kills.
     */
    private List<Change> measured(int changed, Duration tick) {
        List<Change> changes = new ArrayList<>();
        for (int round = 0; round < rounds(); round++) {
            String user = "after-" + changed + "-" + round;
            long aTick = round == 0 ? 0 : awaitTick();
            IntStream.range(0, changed).forEach(i -> store().save(quietTrunk(i, user)));
            Plan plan = controller().plan();
            if (round > 0) {
                Change before = changes.get(round - 1);
                Duration ahead =
                        round % 2 == 0 ? before.untilKill() : before.untilKill().plus(before.kill());
                awaitBefore(aTick, tick, ahead.minus(LATER.multipliedBy(round / 2)));
            }
            changes.add(timedChange(plan));
        }
        return changes;
    }

    private Change timedChange(Plan plan) {
        Map<ApplyStep, Long> entered = new EnumMap<>(ApplyStep.class);
        ApplyOptions options = ApplyOptions.defaults()
                .withMassChange(true)
                .withProgress(progress -> entered.putIfAbsent(progress.step(), System.nanoTime()));
        long begin = System.nanoTime();
        Duration took = timed(
                () -> assertThat(controller().apply(plan, options).isSuccess()).isTrue());
        return new Change(
                took,
                Duration.ofNanos(entered.get(ApplyStep.KILL) - begin),
                Duration.ofNanos(entered.get(ApplyStep.REMOVAL) - entered.get(ApplyStep.KILL)),
                Duration.ofNanos(entered.get(ApplyStep.READ_BACK) - entered.get(ApplyStep.START)));
    }

    /** Lets a tick remove a gateway, puts it back, and returns when that tick was, in {@link System#nanoTime()}. */
    private long awaitTick() {
        GatewayEvent gone = remove("ctitest-q0");
        // The event comes when the server next looks for events to send. Another machine's clock says nothing here.
        Duration late = Duration.between(gone.origin().time(), Instant.now());
        boolean sameClock = !late.isNegative() && late.compareTo(LATEST_EVENT) < 0;
        long tick = System.nanoTime() - (sameClock ? late.toNanos() : 0);
        apply(controller().plan());
        return tick;
    }

    /** Returns so long before one of the next ticks. */
    private static void awaitBefore(long aTick, Duration tick, Duration ahead) {
        long moment = aTick - ahead.toNanos();
        while (moment - System.nanoTime() < 0) {
            moment += tick.toNanos();
        }
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** How far this very server's ticks are apart, in the mean of three: from one removal, which a tick does, to the next. */
    private Duration tick() {
        Instant first = remove("ctitest-q0").origin().time();
        remove("ctitest-q1");
        remove("ctitest-q2");
        Instant last = remove("ctitest-q3").origin().time();
        apply(controller().plan());
        return Duration.between(first, last).dividedBy(3);
    }

    /** Returns as soon as it is gone, with what told it. */
    private GatewayEvent remove(String gateway) {
        CompletableFuture<GatewayEvent> gone = new CompletableFuture<>();
        try (GatewaySwitch.Subscription subscription = node().subscribe(event -> {
            if (event instanceof GatewayEvent.Deleted && event.gateway().equals(gateway)) {
                gone.complete(event);
            }
        })) {
            assertThat(subscription).isNotNull();
            node().kill(List.of(gateway));
            return gone.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** From the plan to the last outcome. */
    private Duration timedApply() {
        Plan plan = controller().plan();
        return timed(() -> assertThat(apply(plan).isSuccess()).isTrue());
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

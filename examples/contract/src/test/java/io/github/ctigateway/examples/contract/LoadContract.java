package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Up to 10,000 gateways: what each step took is printed beside the limit of what the controller promises, and asserted by nothing, since it
 * is a wall-clock time. The limit counts with this very server's tick and its slowest empty rescan. It leaves 0.2 ms for each changed gateway;
 * how long the server takes to read back as many stamps stands beside it.
 */
public abstract class LoadContract extends WholeLibrary {
    private static final int REGISTERING = 100;

    private final List<String> quiet = new ArrayList<>();
    private final List<String> registering = new ArrayList<>();
    private final List<String> whole = new ArrayList<>();

    /** How often each change is measured: when in a tick its kill comes is chance. */
    protected int rounds() {
        return 3;
    }

    @AfterAll
    final void printTimes() {
        System.out.println("""
                | server | publisher | gateways | changed | fastest and slowest of %d | their limit | of it the tick \
                | as many stamps read back | slowest empty rescan |
                |---|---|---|---|---|---|---|---|---|""".formatted(rounds()));
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
        List<Duration> times = IntStream.range(0, rounds())
                .mapToObj(round -> {
                    IntStream.range(0, changed)
                            .forEach(i -> store().save(quietTrunk(i, "after-" + changed + "-" + round)));
                    return timedApply();
                })
                .toList();
        // A change asks the server this much at least twice: for each gateway a killgw and the read-back of its stamp.
        List<String> names =
                IntStream.range(0, changed).mapToObj(i -> "ctitest-q" + i).toList();
        Duration readBack = timed(() -> assertThat(node().variables(names, GatewayValidator.STAMP_VARIABLE))
                .hasSize(changed));
        // Of a process with many gateways every other rescan takes twice as long, whoever asks for it.
        Duration rescan = IntStream.range(0, rounds())
                .mapToObj(round -> timed(() -> profile("rescan")))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        boolean files = publisher() instanceof XmlDirectoryPublisher;
        // What the controller promises: one tick, 100 ms and 0.2 ms for each; with files, one rescan more.
        Duration limit = tick.plusMillis(100).plusNanos(200_000L * changed);
        quiet.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d and %d ms | %d ms | %d ms | %d ms | %d ms |",
                server().description(),
                publisherName(),
                count,
                changed,
                Collections.min(times).toMillis(),
                Collections.max(times).toMillis(),
                (files ? limit.plus(rescan) : limit).toMillis(),
                tick.toMillis(),
                readBack.toMillis(),
                rescan.toMillis()));
    }

    /** How far this very server's ticks are apart, in the mean of three: from one removal, which a tick does, to the next. */
    private Duration tick() {
        remove("ctitest-q0");
        Duration three =
                timed(() -> List.of("ctitest-q1", "ctitest-q2", "ctitest-q3").forEach(this::remove));
        apply(controller().plan());
        return three.dividedBy(3);
    }

    /** Returns as soon as it is gone. */
    private void remove(String gateway) {
        CountDownLatch gone = new CountDownLatch(1);
        try (GatewaySwitch.Subscription subscription = node().subscribe(event -> {
            if (event instanceof GatewayEvent.Deleted && event.gateway().equals(gateway)) {
                gone.countDown();
            }
        })) {
            assertThat(subscription).isNotNull();
            node().kill(List.of(gateway));
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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

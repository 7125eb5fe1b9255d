package io.github.ctigateway.esl.simulator;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One life of the switch, from a start to the next: its identity, its modules, and the one lock that guards them. Thread-safe. */
final class SwitchCore {
    private static final EventBus.Origin JOB_DONE = new EventBus.Origin("mod_event_socket.c", "api_exec", 1580);

    private final EventSocketAccess access;
    private final SofiaModule sofia;
    private final ApiCommands api;
    private final SimulatedCalls calls = new SimulatedCalls();
    private final EventBus bus;
    private final Freezer freezer;
    private final Consumer<String> record;
    private final ExecutorService jobs;
    private final CountDownLatch down = new CountDownLatch(1);

    SwitchCore(
            NodeIdentity node,
            EventSocketAccess access,
            List<SimulatedProfile> profiles,
            SimulatedRegistrar registrar,
            Clock clock,
            Freezer freezer,
            Consumer<String> record,
            Consumer<SimulatedEvent> events,
            ExecutorService jobs) {
        this.access = access;
        this.bus = new EventBus(node, clock, events);
        this.sofia = new SofiaModule(node.switchname(), profiles, registrar, bus, clock);
        this.api = new ApiCommands(node, sofia, calls);
        this.freezer = freezer;
        this.record = record;
        this.jobs = jobs;
    }

    SimulatedCalls calls() {
        return calls;
    }

    EventSocketAccess access() {
        return access;
    }

    void record(String command) {
        record.accept(command);
    }

    void awaitThaw() throws InterruptedException {
        freezer.await();
    }

    synchronized void start() {
        sofia.start();
    }

    synchronized void tick() {
        sofia.tick();
    }

    synchronized <T> T with(Function<SofiaModule, T> work) {
        return work.apply(sofia);
    }

    /** Runs an API command; {@code msleep} waits here, and holds nothing but its caller meanwhile. */
    String execute(String command, String arguments) throws InterruptedException {
        if (command.equalsIgnoreCase("msleep") && arguments.matches("[0-9]{1,6}")) {
            boolean cutShort = down.await(Long.parseLong(arguments), TimeUnit.MILLISECONDS);
            if (cutShort) {
                return "";
            }
        }
        synchronized (this) {
            return api.execute(command, arguments);
        }
    }

    /** Runs an API command aside; its output comes as a {@code BACKGROUND_JOB} event with these headers. */
    void executeInBackground(String command, String arguments, Map<String, String> headers) {
        jobs.execute(() -> {
            try {
                String output = execute(command, arguments);
                synchronized (this) {
                    bus.fire("BACKGROUND_JOB", Optional.empty(), JOB_DONE, headers, Optional.of(output));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends this life in good order: registered gateways are un-registered. */
    void shutDown() {
        down.countDown();
        synchronized (this) {
            sofia.shutDown();
        }
    }
}

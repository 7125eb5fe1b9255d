package io.github.ctigateway.esl.simulator;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FreeSWITCH for tests. It listens on loopback, speaks the event socket, and does with gateways what mod_sofia does: it reads
 * definitions again at {@code rescan} and {@code startgw} and only adds, {@code killgw} only marks, a worker runs once a tick,
 * {@code +OK} proves nothing, {@code xmlstatus} is badly escaped, and the events come as FreeSWITCH 1.11 sends them. Gateways talk to a
 * {@link SimulatedRegistrar} that tests script.
 *
 * <pre>{@code
 * try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
 *         .profile("external", SimulatedConfiguration.directory(gatewayDirectory))
 *         .tick(Duration.ofMillis(50))
 *         .start()) {
 *     freeSwitch.registrar().forGateway("trunk-b", RegistrarAnswer.forbidden());
 *     // connect to freeSwitch.port() with freeSwitch.password(), and save, plan and apply
 * }
 * }</pre>
 *
 * <p><b>Time.</b> One tick counts as one second for every timer of mod_sofia and of the registrar, however long it really is, so what a
 * registrar grants for 60 seconds is renewed after 30 ticks. The time stamps of events are real time.
 *
 * <p><b>Not modelled:</b>
 *
 * <ul>
 *   <li>SIP: messages and transports (the registrar sees requests, not packets; there are no TLS profiles), RFC 5626, subscriptions of
 *       gateways, challenges that come late, a 423 that is asked again with its Min-Expires. The SIP stack draws the time of a renewal from
 *       a range; here it is the middle of the range.
 *   <li>Profiles that are started, stopped or have aliases; gateways of the directory's users unless mod_xml_curl answers them; its
 *       questions lack the members that every event has.
 *   <li>Commands: those of {@code sofia} that are not about gateways, and all others but the few that gateways need ({@code show channels
 *       as json}, {@code uuid_getvar}, {@code status}, {@code version}, {@code echo}, {@code msleep} …).
 *   <li>The event socket: {@code xml} events, {@code log}, {@code sendevent}, {@code myevents}, outbound sockets, the death of listeners
 *       that do not read, what it does to replies of more than 511 bytes, and that unloading the module ends it.
 *   <li>Calls: more than which gateway they go through; their counters can be {@linkplain #calls set}.
 *   <li>That two threads of mod_sofia tell of a REGISTER that is answered at once, so that its first two events may change places; and the
 *       read lock that {@code register} leaks on a gateway that does not register.
 * </ul>
 *
 * <p>Thread-safe. All threads are daemons.
 */
public final class FreeSwitchSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchSimulator.class);

    private final Builder settings;
    private final SimulatedRegistrar registrar = new SimulatedRegistrar();
    private final Freezer freezer = new Freezer();
    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final ThreadFactory threads = SimulatorLife.daemons();
    private final ExecutorService jobs = Executors.newCachedThreadPool(threads);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(threads);
    private volatile boolean rejecting;
    private volatile SimulatorLife life;

    private FreeSwitchSimulator(Builder settings) {
        this.settings = settings;
        this.life = begin(settings.port);
        Duration period = settings.tick;
        if (period != null) {
            long nanos = period.toNanos();
            // Its future never completes: a tick that fails is logged, and the next one comes.
            Future<?> unused = ticker.scheduleAtFixedRate(this::tickUnlessFrozen, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A simulator with one profile {@code external}, the password {@code ClueCon}, any port, and a tick of one second. */
    public static Builder builder() {
        return new Builder();
    }

    private SimulatorLife begin(int port) {
        List<SimulatedProfile> profiles = settings.profiles.stream()
                .map(profile -> new SimulatedProfile(profile.settings, profile.configuration))
                .toList();
        List<EventSocketConnection> connections = EventSocketServer.noConnections();
        NodeIdentity node = NodeIdentity.newLife(settings.node);
        SwitchCore core = new SwitchCore(
                node,
                new EventSocketAccess(settings.password, settings.users),
                profiles,
                registrar,
                settings.clock,
                freezer,
                commands::add,
                event -> connections.forEach(connection -> connection.offer(event)),
                jobs);
        return SimulatorLife.begin(node, core, port, connections, () -> rejecting, threads);
    }

    /** The port of the event socket, on the loopback address; a restart keeps it. */
    public int port() {
        return life.server().port();
    }

    /** The event socket's password. */
    public String password() {
        return settings.password;
    }

    /** The node's name, as {@code switchname} answers. */
    public String node() {
        return life.node().switchname();
    }

    /** The Core-UUID of this life; new after {@link #restart()}. */
    public String coreUuid() {
        return life.node().coreUuid();
    }

    /** The registrar that the gateways talk to; it outlives a restart. */
    public SimulatedRegistrar registrar() {
        return registrar;
    }

    /** Every command that any client sent, in order, since the start or the last {@link #forgetCommands()}; passwords are {@code ***}. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** Empties {@link #commands()}. */
    public void forgetCommands() {
        commands.clear();
    }

    /** Runs one tick now: one second of mod_sofia's life. */
    public void tick() {
        life.core().tick();
    }

    /** Runs so many ticks now. */
    public void tick(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    private void tickUnlessFrozen() {
        try {
            if (!freezer.isFrozen()) {
                tick();
            }
        } catch (RuntimeException e) {
            LOG.error("A tick failed", e);
        }
    }

    /**
     * Sets the call counters of a live gateway.
     *
     * @return whether the switch has that gateway
     */
    public boolean calls(String gateway, long in, long out, long failedIn, long failedOut) {
        return life.core().with(sofia -> {
            sofia.find(gateway).ifPresent(found -> {
                found.callsIn = in;
                found.callsOut = out;
                found.failedCallsIn = failedIn;
                found.failedCallsOut = failedOut;
            });
            return sofia.find(gateway).isPresent();
        });
    }

    /**
     * Begins a call through a gateway, which goes on even when the gateway is gone.
     *
     * @return what {@link #endCall} needs
     */
    public String beginCall(String gateway, boolean inbound) {
        return life.core().calls().begin(gateway, inbound);
    }

    /** Ends a call; false when it has ended already. */
    public boolean endCall(String call) {
        return life.core().calls().end(call);
    }

    /** Stops everything, as SIGSTOP would: connections are accepted and nothing is ever answered. */
    public void freeze() {
        freezer.freeze();
    }

    /** Goes on after {@link #freeze()}; ticks that would have been are not made up. */
    public void thaw() {
        freezer.thaw();
    }

    /** From now on, or no longer, turns new clients away with {@code text/rude-rejection}, as an ACL does. */
    public void rejectConnections(boolean reject) {
        rejecting = reject;
    }

    /** Breaks every connection without a word. New ones are accepted, and gateways notice nothing. */
    public void dropConnections() {
        life.server().dropConnections();
    }

    /** Restarts FreeSWITCH: gateways are un-registered, clients get a notice, and a new life with a new Core-UUID reads the XML. */
    public synchronized void restart() {
        int port = port();
        life.core().shutDown();
        life.server().close(true);
        life = begin(port);
    }

    /** Stops listening, drops all connections and ends all threads. */
    @Override
    public synchronized void close() {
        freezer.thaw();
        ticker.shutdownNow();
        life.core().shutDown();
        life.server().close(false);
        jobs.shutdownNow();
    }

    private record Profile(ProfileSettings settings, SimulatedConfiguration configuration) {}

    /** Collects a simulator. Not thread-safe. */
    public static final class Builder {
        private int port;
        private String password = "ClueCon";
        private String node = "simulated";
        private Clock clock = Clock.system(ZoneId.systemDefault());
        private @Nullable Duration tick = Duration.ofSeconds(1);
        private final List<SimulatedUser> users = new ArrayList<>();
        private final List<Profile> profiles = new ArrayList<>();

        private Builder() {}

        private Builder(Builder other) {
            this.port = other.port;
            this.password = other.password;
            this.node = other.node;
            this.clock = other.clock;
            this.tick = other.tick;
            this.users.addAll(other.users);
            this.profiles.addAll(other.profiles);
        }

        /** The port on the loopback address; 0 is any free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** The event socket's password. */
        public Builder password(String value) {
            password = value;
            return this;
        }

        /** Adds a user who may log in with {@code userauth}. */
        public Builder user(SimulatedUser value) {
            users.add(value);
            return this;
        }

        /** The node's name. */
        public Builder node(String value) {
            node = value;
            return this;
        }

        /** Where the time stamps of events come from. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** How long a tick really is; mod_sofia's is a second. */
        public Builder tick(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("tick must be longer than nothing, but was " + value);
            }
            tick = value;
            return this;
        }

        /** Time stands still but for {@link FreeSwitchSimulator#tick()}: tests decide what happens before what. */
        public Builder manualTicks() {
            tick = null;
            return this;
        }

        /** Adds a profile on port 5080 with the context {@code public}, and says what the XML holds for it. */
        public Builder profile(String name, SimulatedConfiguration configuration) {
            int sipPort = 5080 + profiles.size();
            profiles.add(new Profile(new ProfileSettings(name, "public", "127.0.0.1", sipPort), configuration));
            return this;
        }

        /**
         * Starts it. Without a profile there is {@code external} with no gateways.
         *
         * @throws UncheckedIOException when the port is taken
         */
        public FreeSwitchSimulator start() {
            Builder copy = new Builder(this);
            if (copy.profiles.isEmpty()) {
                copy.profile("external", SimulatedConfiguration.gateways(List::of));
            }
            return new FreeSwitchSimulator(copy);
        }

        /** Everything but the password. */
        @Override
        public String toString() {
            return "Builder" + Map.of("port", port, "node", node, "profiles", profiles.size());
        }
    }
}

package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.SimulatedGateway.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * mod_sofia: its profiles, their gateways and the worker that runs once a tick. One tick counts as one second for every timer. Guarded by
 * the simulator's lock.
 */
final class SofiaModule {
    private static final Logger LOG = LoggerFactory.getLogger(SofiaModule.class);
    private static final String SUCCESS = "Success";

    private final String node;
    private final Map<String, SimulatedProfile> profiles = new LinkedHashMap<>();
    private final GatewayTable table = new GatewayTable();
    private final SimulatedRegistrar registrar;
    private final SipNetwork network;
    private final SofiaEvents events;
    private final EventBus bus;
    private final RegistrationMachine machine;
    private long now;

    SofiaModule(String node, List<SimulatedProfile> profiles, SimulatedRegistrar registrar, EventBus bus, Clock clock) {
        this.node = node;
        profiles.forEach(profile -> this.profiles.put(profile.name(), profile));
        this.registrar = registrar;
        this.network = new SipNetwork(registrar);
        this.events = new SofiaEvents(bus);
        this.bus = bus;
        this.machine = new RegistrationMachine(network, events, bus);
        this.now = clock.instant().getEpochSecond();
        registrar.now(now);
    }

    /** The seconds that timers go by. */
    long now() {
        return now;
    }

    EventBus bus() {
        return bus;
    }

    Optional<SimulatedProfile> profile(String name) {
        return Optional.ofNullable(profiles.get(name));
    }

    Set<String> profileNames() {
        return profiles.keySet();
    }

    /** Every gateway, profile by profile, the newest of each first, marked ones included. */
    List<SimulatedGateway> gateways() {
        List<SimulatedGateway> all = new ArrayList<>();
        profiles.values().forEach(profile -> all.addAll(profile.gateways));
        return all;
    }

    Optional<SimulatedGateway> find(String name) {
        return table.find(name);
    }

    /** Reads every profile's XML for the first time. */
    void start() {
        for (SimulatedProfile profile : profiles.values()) {
            reload(profile, false, Optional.empty());
            addNew(profile, Optional.empty());
        }
    }

    /**
     * Reads the XML again.
     *
     * @param reconfig whether the profile runs already
     * @return what stands in {@code Reload XML [...]}
     */
    String reload(SimulatedProfile profile, boolean reconfig, Optional<String> startGateway) {
        SimulatedConfiguration configuration = profile.configuration;
        String result = attempt(profile, configuration::reload);
        String read = attempt(
                profile,
                () -> profile.lastRead = List.copyOf(configuration.read(
                        new SimulatedConfiguration.Request(node, profile.name(), reconfig, startGateway))));
        return result.equals(SUCCESS) ? read : result;
    }

    /** What was read last stays in force when reading fails, as in FreeSWITCH. */
    private static String attempt(SimulatedProfile profile, Runnable reading) {
        try {
            reading.run();
            return SUCCESS;
        } catch (RuntimeException e) {
            LOG.warn("The XML of profile {} could not be read: {}", profile.name(), e.toString());
            return String.valueOf(e.getMessage());
        }
    }

    /** Adds what was read and is not live (parse_gateways). */
    void addNew(SimulatedProfile profile, Optional<String> only) {
        for (GatewayDefinition definition : profile.lastRead) {
            String name = definition.name();
            boolean wanted = only.map(name::equals).orElse(true);
            if (!GatewayParser.nameIsValid(name)) {
                LOG.debug("Ignoring invalid name '{}'", name);
            } else if (wanted && table.isDuplicate(profile.name(), name)) {
                LOG.debug("Ignoring duplicate gateway '{}'", name);
            } else if (wanted) {
                GatewayParser.parse(definition, profile.settings).ifPresent(settings -> add(profile, settings));
            }
        }
    }

    private void add(SimulatedProfile profile, GatewaySettings settings) {
        SimulatedGateway gateway = new SimulatedGateway(settings, profile);
        if (!settings.registers()) {
            gateway.state = State.NOREG;
            gateway.up = true;
            gateway.upSince = bus.nowMicros();
        }
        if (settings.pingSeconds() != 0) {
            gateway.ping = now + Integer.toUnsignedLong(settings.pingSeconds());
        }
        profile.gateways.addFirst(gateway);
        if (table.add(gateway)) {
            events.added(gateway);
        }
    }

    /** One second of mod_sofia's life: its worker runs, then what the network brings arrives. */
    void tick() {
        now++;
        registrar.now(now);
        profiles.values().forEach(this::check);
        network.deliver(now, this::receive);
    }

    private void check(SimulatedProfile profile) {
        profile.gateways.removeIf(gateway -> {
            if (!gateway.deleted) {
                return false;
            }
            table.remove(gateway);
            boolean gone = gateway.state == State.NOREG || gateway.state == State.DOWN;
            if (gone) {
                events.deleted(gateway);
            }
            return gone;
        });
        profile.gateways.forEach(gateway -> machine.check(gateway, now));
    }

    private void receive(SipRequest request, SipAnswer answer) {
        table.find(request.gateway().name()).ifPresent(gateway -> {
            if (request.kind() == SipRequest.Kind.OPTIONS) {
                machine.pingAnswered(gateway, answer, now);
            } else {
                machine.registerAnswered(gateway, request.handle(), answer, now);
            }
        });
    }

    /** The switch goes down in good order: what is registered is un-registered. */
    void shutDown() {
        for (SimulatedProfile profile : profiles.values()) {
            profile.gateways.forEach(SimulatedGateway::delete);
            check(profile);
            check(profile);
        }
        network.deliver(now, this::receive);
    }
}

package io.github.ctigateway.esl.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A running profile and its gateways. Guarded by the simulator's lock. */
final class SimulatedProfile {
    final ProfileSettings settings;
    final SimulatedConfiguration configuration;
    /** The newest first, as mod_sofia keeps them. */
    final Deque<SimulatedGateway> gateways = new ArrayDeque<>();
    /** What the XML held when it was last read without an error. */
    List<GatewayDefinition> lastRead = List.of();

    SimulatedProfile(ProfileSettings settings, SimulatedConfiguration configuration) {
        this.settings = settings;
        this.configuration = configuration;
    }

    String name() {
        return settings.name();
    }
}

package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.EventBus.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/** The events of mod_sofia's gateways, with the headers and the order of FreeSWITCH 1.11. Guarded by the simulator's lock. */
final class SofiaEvents {
    private static final Origin ADD = new Origin("sofia_reg.c", "sofia_reg_add_gateway", 3723);
    private static final Origin STATE = new Origin("sofia_reg.c", "sofia_reg_fire_custom_gateway_state_event", 156);
    private static final Origin DELETE = new Origin("sofia_reg.c", "sofia_reg_check_gateway", 343);

    private final EventBus bus;

    SofiaEvents(EventBus bus) {
        this.bus = bus;
    }

    void added(SimulatedGateway gateway) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Gateway", gateway.name());
        headers.put("profile-name", gateway.profile.name());
        bus.fireSofia("sofia::gateway_add", ADD, headers);
    }

    void deleted(SimulatedGateway gateway) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("profile-name", gateway.profile.name());
        headers.put("Gateway", gateway.name());
        bus.fireSofia("sofia::gateway_delete", DELETE, headers);
    }

    /** A change that no SIP answer caused. */
    void state(SimulatedGateway gateway) {
        state(gateway, 0, "");
    }

    void state(SimulatedGateway gateway, int status, String phrase) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Gateway", gateway.name());
        headers.put("State", gateway.state.name());
        headers.put("Ping-Status", gateway.status());
        if (!gateway.networkIp.isEmpty()) {
            headers.put("Register-Network-IP", gateway.networkIp);
            headers.put("Register-Network-Port", Integer.toString(gateway.networkPort));
        }
        if (!phrase.isEmpty()) {
            headers.put("Phrase", phrase);
        }
        if (status != 0) {
            headers.put("Status", Integer.toString(status));
        }
        bus.fireSofia("sofia::gateway_state", STATE, headers);
    }
}

package io.github.ctigateway.fleet;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A node of a fleet: how it is reached, and how its gateways are published and its statuses told.
 *
 * @param name its name in reports; best its switchname
 * @param connect opens the switch; the fleet closes it
 * @param controller begins a controller for the open switch
 */
record FleetNode(
        String name, Supplier<GatewaySwitch> connect, Function<GatewaySwitch, GatewayController.Builder> controller) {
    FleetNode {
        Objects.requireNonNull(name, "name cannot be null");
        Objects.requireNonNull(connect, "connect cannot be null");
        Objects.requireNonNull(controller, "controller cannot be null");
    }
}

package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.SwitchIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open connection to a node and its controller, which sends nothing that changes the node unless the node's lease is held. */
final class NodeLink implements AutoCloseable {
    private final GatewaySwitch node;
    private final SwitchIdentity identity;
    private final String leaseName;
    private final NodeOwnership ownership;
    private final GatewayController controller;
    private volatile @Nullable Lease lease;

    private NodeLink(FleetNode member, FleetSettings settings, GatewaySwitch node) {
        this.node = node;
        this.identity = node.identity();
        this.leaseName = settings.store().domain() + "/" + identity.node() + "/" + node.profile();
        this.ownership = new NodeOwnership(
                settings.leases(), identity.node(), settings.claimLimit(), settings.patience(), settings.clock());
        this.controller = member.controller()
                .apply(node)
                .authority(this::mayAct)
                .ownership(ownership)
                .build();
    }

    /**
     * @throws CtiGatewayException when the node cannot be reached or read
     */
    static NodeLink open(FleetNode member, FleetSettings settings) {
        GatewaySwitch node = member.connect().get();
        try {
            return new NodeLink(member, settings, node);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    SwitchIdentity identity() {
        return identity;
    }

    GatewayController controller() {
        return controller;
    }

    NodeOwnership ownership() {
        return ownership;
    }

    /** Which FreeSWITCH answers now. */
    SwitchIdentity ask() {
        return node.identity();
    }

    /** Takes the node's lease; empty when another process works on the node. */
    Optional<Lease> tryAcquire(FleetSettings settings) {
        Optional<Lease> taken = settings.leases().tryAcquire(leaseName, settings.leaseLimit());
        taken.ifPresent(held -> {
            lease = held;
            ownership.beginClaiming();
        });
        return taken;
    }

    /** Gives the node's lease back. The gateways that the node owns stay its own for a while, whoever works on it next. */
    void release() {
        Lease held = lease;
        lease = null;
        ownership.endClaiming();
        if (held != null) {
            held.close();
        }
    }

    private boolean mayAct() {
        Lease held = lease;
        return held != null && held.isHeld();
    }

    @Override
    public void close() {
        try {
            controller.close();
        } finally {
            release();
            node.close();
        }
    }
}

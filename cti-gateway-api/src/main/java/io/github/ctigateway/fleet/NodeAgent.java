package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one node as the store says, or waits until it may, on a thread of its own.
 *
 * <pre>
 *            reached                  lease taken
 *   DOWN ---------------> STANDBY ---------------> WORKING
 *     ^                      |  ^                     |  |
 *     |       not reached    |  |     lease lost      |  |
 *     +----------------------+  +---------------------+  |
 *     ^          not reached for as long as a lease      |
 *     +--------------------------------------------------+
 * </pre>
 */
final class NodeAgent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeAgent.class);

    private final FleetNode member;
    private final FleetSettings settings;
    private final ReconcileOptions options;
    private final Consumer<NodeReport> onReport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    private NodeReport report;

    /** Null while the node is not reached. */
    private volatile @Nullable NodeLink reached;

    private boolean leaseLost;
    private boolean closed;

    NodeAgent(FleetNode member, FleetSettings settings, ReconcileOptions options, Consumer<NodeReport> onReport) {
        this.member = member;
        this.settings = settings;
        this.options = options;
        this.onReport = onReport;
        this.report = new NodeReport(
                member.name(),
                NodeState.DOWN,
                null,
                "not reached yet",
                null,
                settings.clock().instant());
        this.thread = new Thread(this::run, "cti-gateway-fleet-" + member.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    NodeReport report() {
        lock.lock();
        try {
            return report;
        } finally {
            lock.unlock();
        }
    }

    /** What is known of its gateways. */
    List<GatewayStatus> statuses() {
        NodeLink link = reached;
        return link == null ? List.of() : link.controller().statuses();
    }

    private void run() {
        while (!isClosed()) {
            try (NodeLink link = NodeLink.open(member, settings)) {
                reached = link;
                standBy(link);
            } catch (CtiGatewayException e) {
                tell(NodeState.DOWN, null, String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                // A defect of ours or of an adapter: it must not end the only thread that cares for this node.
                log.error("Working on node {} failed", member.name(), e);
                tell(NodeState.DOWN, null, "failed; see the log", e);
            } finally {
                reached = null;
            }
            pause();
        }
    }

    private void standBy(NodeLink link) {
        while (!isClosed()) {
            SwitchIdentity now = link.ask();
            if (!now.node().equals(link.identity().node())) {
                return;
            }
            Optional<Lease> lease = link.tryAcquire(settings);
            if (lease.isPresent()) {
                work(link, lease.get());
                return;
            }
            tell(NodeState.STANDBY, now, "another process works on it");
            pause();
        }
    }

    private void work(NodeLink link, Lease lease) {
        leaseLost(false);
        lease.onLost(() -> leaseLost(true));
        link.controller().start(options);
        tell(NodeState.WORKING, link.identity(), "");
        Instant reached = settings.clock().instant();
        while (!isClosed() && lease.isHeld()) {
            pause();
            try {
                SwitchIdentity now = link.ask();
                if (!now.node().equals(link.identity().node())) {
                    return;
                }
                reached = settings.clock().instant();
                if (link.ownership().renew()) {
                    link.controller().reconcileSoon();
                }
                tell(NodeState.WORKING, now, "");
            } catch (SwitchException e) {
                tell(NodeState.DOWN, null, String.valueOf(e.getMessage()), e);
                Duration away = Duration.between(reached, settings.clock().instant());
                if (away.compareTo(settings.leaseLimit()) > 0) {
                    // Perhaps another process can reach it.
                    throw e;
                }
            } catch (StoreException e) {
                log.warn("The claims of node {} could not be made again: {}", member.name(), e.getMessage());
            }
        }
        if (!isClosed()) {
            tell(NodeState.STANDBY, link.identity(), "the lease was lost");
        }
    }

    private void leaseLost(boolean lost) {
        lock.lock();
        try {
            leaseLost = lost;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next beat, the loss of the lease, or the end. */
    private void pause() {
        lock.lock();
        try {
            long nanos = settings.beat().toNanos();
            while (nanos > 0 && !closed && !leaseLost) {
                nanos = woken.awaitNanos(nanos);
            }
            leaseLost = false;
        } catch (InterruptedException e) {
            // Somebody wants this thread to end, so it does.
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void tell(NodeState state, @Nullable SwitchIdentity identity, String reason) {
        tell(state, identity, reason, null);
    }

    private void tell(
            NodeState state, @Nullable SwitchIdentity identity, String reason, @Nullable RuntimeException cause) {
        NodeReport next;
        lock.lock();
        try {
            SwitchIdentity known = identity == null ? report.known() : identity;
            next = new NodeReport(
                    member.name(), state, known, reason, cause, settings.clock().instant());
            if (!next.differsFrom(report)) {
                return;
            }
            report = next;
        } finally {
            lock.unlock();
        }
        log.info("Node {}", next);
        try {
            onReport.accept(next);
        } catch (RuntimeException e) {
            log.warn("The listener of the fleet failed at {}", next, e);
        }
    }

    /** Ends after what is under way; {@link #join} waits for it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void join() {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

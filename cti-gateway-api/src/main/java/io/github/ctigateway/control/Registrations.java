package io.github.ctigateway.control;

import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Waits until each gateway that registers is registered or has failed. */
final class Registrations {
    /** How often what events said is looked up in the switch while more of them come. */
    private static final Duration CONFIRM_EVERY = Duration.ofMillis(250);

    /** Up to so many gateways are asked for one by one; for more of them the whole list costs the switch less. */
    private static final int FEW = 500;

    private final Plan plan;
    private final GatewaySwitch node;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final ApplyRecord record;

    Registrations(Plan plan, GatewaySwitch node, ApplyOptions options, ApplyWatch watch, ApplyRecord record) {
        this.plan = plan;
        this.node = node;
        this.options = options;
        this.watch = watch;
        this.record = record;
    }

    /** Gives each of these its outcome; they run what is wanted. */
    void await(Set<String> running) throws InterruptedException {
        Set<String> waiting = new TreeSet<>();
        for (String name : running) {
            if (Objects.requireNonNull(plan.wanted().get(name)).registers()) {
                waiting.add(name);
            } else {
                record.end(name, new Outcome.Applied(RegistrationState.NOREG, record.elapsed()));
            }
        }
        int total = waiting.size();
        record.enter(ApplyStep.REGISTRATION, total);
        Deadline deadline = Deadline.in(options.registrationTimeout());
        Deadline ask = Deadline.in(ApplyWatch.ASK_EVERY);
        Deadline confirm = Deadline.in(Duration.ZERO);
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            boolean lastLook = deadline.isOver();
            failed(waiting);
            long registered = waiting.stream().filter(this::isToldRegistered).count();
            boolean allRegistered = registered == waiting.size();
            if (allRegistered || (registered > 0 && confirm.isOver()) || ask.isOver() || lastLook) {
                look(waiting);
                ask = Deadline.in(ApplyWatch.ASK_EVERY);
                confirm = Deadline.in(CONFIRM_EVERY);
            }
            record.through(total - waiting.size(), total);
            if (waiting.isEmpty() || (lastLook && waiting.size() == before)) {
                break;
            }
            if (waiting.size() < before) {
                deadline = Deadline.in(options.registrationTimeout());
            }
            watch.await(deadline.remainingAtMost(registered > 0 ? confirm.remaining() : ask.remaining()));
        }
        waiting.forEach(name -> record.end(name, new Outcome.TimedOut(record.step(), options.registrationTimeout())));
    }

    private void failed(Set<String> waiting) {
        for (String name : List.copyOf(waiting)) {
            watch.state(name).filter(Registrations::isWholeFailure).ifPresent(event -> {
                record.end(name, new Outcome.RegistrationFailed(event.state(), event.sipReason()));
                waiting.remove(name);
            });
        }
    }

    /**
     * Two threads of mod_sofia tell of the same failure, and the one that does not know the reason may be first; FAIL_WAIT comes a second
     * later than both (sofia_reg_check_gateway, sofia_reg_handle_sip_r_register).
     */
    private static boolean isWholeFailure(GatewayEvent.StateChanged event) {
        return event.state().isFailure() && (event.state() != RegistrationState.FAILED || event.sipReason() != null);
    }

    private boolean isToldRegistered(String name) {
        return watch.state(name)
                .filter(event -> event.state() == RegistrationState.REGED)
                .isPresent();
    }

    /** An event may be late and speak of the gateway that was replaced: registered is what the switch itself shows so. */
    private void look(Set<String> waiting) {
        for (LiveGateway live : waiting.size() > FEW ? node.live() : node.find(waiting)) {
            if (!live.profile().equals(node.profile()) || !waiting.contains(live.name())) {
                continue;
            }
            if (live.state() == RegistrationState.REGED) {
                record.end(live.name(), new Outcome.Applied(live.state(), record.elapsed()));
                waiting.remove(live.name());
            } else if (live.state() == RegistrationState.FAIL_WAIT) {
                record.end(live.name(), new Outcome.RegistrationFailed(live.state(), null));
                waiting.remove(live.name());
            }
        }
    }
}

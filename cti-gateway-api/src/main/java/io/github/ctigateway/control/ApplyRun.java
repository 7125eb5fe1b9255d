package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One apply of one plan: publish, kill all at once, wait until all are gone, start once, read the stamps back, wait for the
 * registrations. Waiting for each deletion before anything is started is what keeps the registrar's binding: a REGISTER that overtakes
 * the old gateway's un-REGISTER leaves FreeSWITCH saying REGED and the registrar with nothing.
 */
final class ApplyRun {
    private static final Logger log = LoggerFactory.getLogger(ApplyRun.class);

    /** How often the switch is asked while events are awaited: a lost event costs this much, not the apply. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    /** How often what events said is looked up in the switch, which costs it a document as long as it has gateways. */
    private static final Duration CONFIRM_EVERY = Duration.ofMillis(250);

    private static final Duration READ_BACK_EVERY = Duration.ofMillis(100);

    private final Plan plan;
    private final ToIntFunction<String> instances;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final long began = System.nanoTime();
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private ApplyStep step = ApplyStep.PUBLISH;

    /**
     * @param instances how many gateways of a name the profile has now: each must be seen to go
     */
    ApplyRun(
            Plan plan,
            ToIntFunction<String> instances,
            GatewaySwitch node,
            GatewayPublisher publisher,
            ApplyOptions options) {
        this.plan = plan;
        this.instances = instances;
        this.node = node;
        this.publisher = publisher;
        this.options = options;
        this.watch = new ApplyWatch(node.profile());
    }

    ApplyResult run() throws InterruptedException {
        Set<String> toStart = names(Set.of(Action.CREATE, Action.REPLACE));
        Set<String> toKill = names(Set.of(Action.REPLACE, Action.REMOVE));
        untouched();
        Map<String, Gateway> readable = readable();
        enter(ApplyStep.PUBLISH, readable.size());
        Publication publication = publisher.publish(readable.values(), toStart);
        try (GatewaySwitch.Subscription subscription = node.subscribe(watch)) {
            Objects.requireNonNull(subscription);
            change(toKill, toStart, readable);
        } catch (SwitchException e) {
            log.warn("Applying stopped at {}: {}", step, e.getMessage());
            plan.changes().stream()
                    .map(PlanItem::gateway)
                    .filter(name -> !outcomes.containsKey(name))
                    .forEach(name -> end(name, new Outcome.Unknown(step, String.valueOf(e.getMessage()))));
        }
        return new ApplyResult(outcomes, publication.clashes(), elapsed());
    }

    private void change(Set<String> toKill, Set<String> toStart, Map<String, Gateway> readable)
            throws InterruptedException {
        if (!toKill.isEmpty()) {
            enter(ApplyStep.KILL, toKill.size());
            node.kill(toKill);
        }
        Set<String> toVanish = new TreeSet<>(toKill);
        toVanish.addAll(toStart);
        Set<String> stuck = awaitRemoval(toVanish);
        Set<String> startable = new TreeSet<>(toStart);
        startable.removeAll(stuck);
        if (startable.isEmpty()) {
            return;
        }
        if (!stuck.isEmpty()) {
            // A start would bring up the new gateway beside the old one that is still going down.
            readable.keySet().removeAll(stuck);
            publisher.publish(readable.values(), startable);
        }
        watch.forget();
        enter(ApplyStep.START, startable.size());
        node.start(publisher.startCommand());
        Set<String> running = readBack(startable);
        awaitRegistration(running);
    }

    private void untouched() {
        for (PlanItem item : plan.items()) {
            if (item.action() == Action.KEEP) {
                RegistrationState state = item.liveState();
                outcomes.put(item.gateway(), new Outcome.Unchanged(state == null ? RegistrationState.UNKNOWN : state));
            } else if (!item.action().isChange()) {
                outcomes.put(item.gateway(), new Outcome.Skipped(item.action(), item.reason()));
            } else if (plan.isHeld(item.gateway())) {
                outcomes.put(item.gateway(), new Outcome.Skipped(item.action(), "its change was held back"));
            }
        }
    }

    /** What is wanted, but of gateways whose change is held back what is published already: a start would take them in. */
    private Map<String, Gateway> readable() {
        Map<String, Gateway> readable = new TreeMap<>(plan.wanted());
        for (PlanItem item : plan.items()) {
            if (plan.isHeld(item.gateway())) {
                readable.remove(item.gateway());
                publisher.published(item.gateway()).ifPresent(before -> readable.put(item.gateway(), before));
            }
        }
        return readable;
    }

    /** Waits until none of these is on our profile any more; returns those that are when nothing has moved for the time given. */
    private Set<String> awaitRemoval(Set<String> names) throws InterruptedException {
        enter(ApplyStep.REMOVAL, names.size());
        Set<String> waiting = new TreeSet<>(names);
        Deadline deadline = new Deadline(options.removalTimeout());
        Deadline ask = new Deadline(ASK_EVERY);
        while (true) {
            int before = waiting.size();
            waiting.removeIf(name -> watch.deletions(name) >= instances.applyAsInt(name));
            if (ask.isOver()) {
                waiting.retainAll(liveNames());
                ask = new Deadline(ASK_EVERY);
            }
            gone(names, waiting);
            if (waiting.size() < before) {
                deadline = new Deadline(options.removalTimeout());
            }
            if (waiting.isEmpty() || deadline.isOver()) {
                break;
            }
            watch.await(deadline.remainingAtMost(ask.remaining()));
        }
        waiting.forEach(name -> end(name, new Outcome.TimedOut(step, options.removalTimeout())));
        return waiting;
    }

    private void gone(Set<String> names, Set<String> waiting) {
        for (String name : names) {
            boolean removed = plan.item(name).map(PlanItem::action).orElse(Action.KEEP) == Action.REMOVE;
            if (removed && !waiting.contains(name) && !outcomes.containsKey(name)) {
                end(name, new Outcome.Removed(elapsed()));
            }
        }
        tell(names.size() - waiting.size(), names.size(), null, null);
    }

    /** Reads the stamps back until each gateway runs what was published; returns those that do. */
    private Set<String> readBack(Set<String> names) throws InterruptedException {
        enter(ApplyStep.READ_BACK, names.size());
        Set<String> running = new TreeSet<>();
        Map<String, String> found = new HashMap<>();
        Deadline deadline = new Deadline(options.readBackTimeout());
        while (true) {
            Set<String> missing = new TreeSet<>(names);
            missing.removeAll(running);
            found.putAll(node.variables(missing, GatewayValidator.STAMP_VARIABLE));
            missing.stream()
                    .filter(name -> wantedStamp(name).equals(found.get(name)))
                    .forEach(running::add);
            tell(running.size(), names.size(), null, null);
            if (running.size() == names.size() || deadline.isOver()) {
                break;
            }
            watch.await(deadline.remainingAtMost(READ_BACK_EVERY));
        }
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(running);
        Set<String> present = missing.isEmpty() ? Set.of() : node.present(missing);
        missing.forEach(name -> end(name, new Outcome.Rejected(rejection(found.get(name), present.contains(name)))));
        return running;
    }

    private static String rejection(@Nullable String foundStamp, boolean present) {
        if (foundStamp != null || present) {
            return "FreeSWITCH runs another definition under this name: look for a second one in its XML";
        }
        return "FreeSWITCH did not take it in: it is skipped or not read; its log says why";
    }

    private void awaitRegistration(Set<String> running) throws InterruptedException {
        Set<String> waiting = new TreeSet<>();
        for (String name : running) {
            if (Objects.requireNonNull(plan.wanted().get(name)).registers()) {
                waiting.add(name);
            } else {
                end(name, new Outcome.Applied(RegistrationState.NOREG, elapsed()));
            }
        }
        int total = waiting.size();
        enter(ApplyStep.REGISTRATION, total);
        Deadline deadline = new Deadline(options.registrationTimeout());
        Deadline ask = new Deadline(ASK_EVERY);
        Deadline confirm = new Deadline(Duration.ZERO);
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            boolean lastLook = deadline.isOver();
            failed(waiting);
            long registered = waiting.stream().filter(this::isToldRegistered).count();
            boolean allRegistered = registered == waiting.size();
            if (allRegistered || (registered > 0 && confirm.isOver()) || ask.isOver() || lastLook) {
                confirmRegistrations(waiting);
                ask = new Deadline(ASK_EVERY);
                confirm = new Deadline(CONFIRM_EVERY);
            }
            tell(total - waiting.size(), total, null, null);
            if (waiting.size() < before) {
                deadline = new Deadline(options.registrationTimeout());
            } else if (lastLook) {
                break;
            }
            watch.await(deadline.remainingAtMost(registered > 0 ? confirm.remaining() : ask.remaining()));
        }
        waiting.forEach(name -> end(name, new Outcome.TimedOut(step, options.registrationTimeout())));
    }

    private void failed(Set<String> waiting) {
        for (String name : List.copyOf(waiting)) {
            watch.state(name).filter(event -> event.state().isFailure()).ifPresent(event -> {
                end(name, new Outcome.RegistrationFailed(event.state(), event.sipReason()));
                waiting.remove(name);
            });
        }
    }

    private boolean isToldRegistered(String name) {
        return watch.state(name)
                .filter(event -> event.state() == RegistrationState.REGED)
                .isPresent();
    }

    /** An event may be late and speak of the gateway that was replaced: registered is what the switch itself shows so. */
    private void confirmRegistrations(Set<String> waiting) {
        for (LiveGateway live : node.live()) {
            if (!live.profile().equals(node.profile()) || !waiting.contains(live.name())) {
                continue;
            }
            if (live.state() == RegistrationState.REGED) {
                end(live.name(), new Outcome.Applied(live.state(), elapsed()));
                waiting.remove(live.name());
            } else if (live.state() == RegistrationState.FAIL_WAIT) {
                end(live.name(), new Outcome.RegistrationFailed(live.state(), null));
                waiting.remove(live.name());
            }
        }
    }

    private String wantedStamp(String name) {
        Gateway wanted = Objects.requireNonNull(plan.wanted().get(name));
        return wanted.variable(GatewayValidator.STAMP_VARIABLE).orElseThrow().value();
    }

    private Set<String> liveNames() {
        return node.live().stream()
                .filter(gateway -> gateway.profile().equals(node.profile()))
                .map(LiveGateway::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Set<String> names(Set<Action> actions) {
        return plan.changes().stream()
                .filter(item -> actions.contains(item.action()))
                .map(PlanItem::gateway)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void enter(ApplyStep next, int total) {
        step = next;
        tell(0, total, null, null);
    }

    private void end(String name, Outcome outcome) {
        outcomes.put(name, outcome);
        tell(outcomes.size(), plan.items().size(), name, outcome);
    }

    /** A listener that throws must not leave gateways killed and not started. */
    private void tell(int done, int total, @Nullable String gateway, @Nullable Outcome outcome) {
        try {
            options.onProgress().accept(new ApplyProgress(step, done, total, gateway, outcome));
        } catch (RuntimeException e) {
            log.warn("The progress listener failed at {}", step, e);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** A moment after which something is no longer waited for. */
    private record Deadline(long nanoTime) {
        Deadline(Duration in) {
            this(System.nanoTime() + in.toNanos());
        }

        boolean isOver() {
            return nanoTime - System.nanoTime() <= 0;
        }

        Duration remaining() {
            return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
        }

        Duration remainingAtMost(Duration cap) {
            Duration left = remaining();
            return left.compareTo(cap) < 0 ? left : cap;
        }
    }
}

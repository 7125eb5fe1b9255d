package io.github.ctigateway.esl;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.esl.internal.SofiaCommands;
import io.github.ctigateway.esl.internal.SwitchFailures;
import io.github.ctigateway.esl.internal.SwitchListeners;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A profile of a FreeSWITCH over its event socket. Lost connections are replaced by themselves; a command that changes something is
 * not sent again for that. Thread-safe; listeners are called on the event thread of its {@link EslClient}.
 */
public final class EslGatewaySwitch implements GatewaySwitch {
    private final EslClient commands;
    private final EslClient events;
    private final String profile;
    private final SofiaCommands sofia;
    private final SwitchListeners listeners = new SwitchListeners();

    private EslGatewaySwitch(Builder builder) {
        profile = builder.profile;
        commands = EslClient.create(builder.options);
        events = builder.separateEvents ? EslClient.create(builder.options) : commands;
        sofia = new SofiaCommands(commands, profile);
        events.addListener(listeners);
        events.subscribeCustom(SwitchListeners.SUBCLASSES.toArray(String[]::new));
    }

    /**
     * A connected switch, with one connection for everything.
     *
     * @param profile the profile's own name, not an alias
     * @throws SwitchException when it cannot be reached, or does not let us in
     */
    public static EslGatewaySwitch open(EslOptions options, String profile) {
        return builder(options, profile).open();
    }

    /**
     * @param profile the profile's own name, not an alias
     * @throws IllegalArgumentException when it cannot be a profile's name
     */
    public static Builder builder(EslOptions options, String profile) {
        return new Builder(options, profile);
    }

    private EslGatewaySwitch connected() {
        try {
            return SwitchFailures.translated(() -> {
                // The events first: nothing that our own commands cause may be missed.
                events.connect();
                commands.connect();
                return this;
            });
        } catch (SwitchException e) {
            close();
            throw e;
        }
    }

    @Override
    public String profile() {
        return profile;
    }

    @Override
    public SwitchIdentity identity() {
        return SwitchFailures.translated(sofia::identity);
    }

    @Override
    public List<LiveGateway> live() {
        return SwitchFailures.translated(sofia::live);
    }

    @Override
    public Set<String> names() {
        return SwitchFailures.translated(sofia::names);
    }

    @Override
    public Set<String> namesOnAllProfiles() {
        return SwitchFailures.translated(sofia::namesOnAllProfiles);
    }

    @Override
    public List<LiveGateway> find(Collection<String> gateways) {
        return SwitchFailures.translated(() -> sofia.find(gateways));
    }

    @Override
    public Map<String, String> variables(Collection<String> gateways, String variable) {
        return SwitchFailures.translated(() -> sofia.variables(gateways, variable));
    }

    @Override
    public Set<String> present(Collection<String> gateways) {
        return SwitchFailures.translated(() -> sofia.present(gateways));
    }

    @Override
    public Map<String, Integer> calls(Collection<String> gateways) {
        return SwitchFailures.translated(() -> sofia.calls(gateways));
    }

    @Override
    public Set<String> kill(Collection<String> gateways) {
        return SwitchFailures.translated(() -> sofia.kill(gateways));
    }

    @Override
    public void start(StartCommand command) {
        SwitchFailures.translated(() -> {
            sofia.start(command);
            return command;
        });
    }

    @Override
    public Subscription subscribe(SwitchListener listener) {
        return listeners.add(Objects.requireNonNull(listener, "listener cannot be null"));
    }

    /** The client that commands go through, for whatever else is to be asked. It is closed with this switch. */
    public EslClient client() {
        return commands;
    }

    @Override
    public void close() {
        commands.close();
        events.close();
    }

    @Override
    public String toString() {
        return "EslGatewaySwitch[" + profile + " at " + commands.options().address() + "]";
    }

    /** Collects what a switch needs. Not thread-safe. */
    public static final class Builder {
        private final EslOptions options;
        private final String profile;
        private boolean separateEvents;

        private Builder(EslOptions options, String profile) {
            this.options = Objects.requireNonNull(options, "options cannot be null");
            this.profile = SofiaCommands.profileName(Objects.requireNonNull(profile, "profile cannot be null"));
        }

        /**
         * Use a connection of their own for the events. FreeSWITCH sends no events over a connection while it has commands to read from
         * it, so this makes them come on time when many commands are sent.
         */
        public Builder separateEvents(boolean separate) {
            separateEvents = separate;
            return this;
        }

        /**
         * Connects.
         *
         * @throws SwitchException when it cannot be reached, or does not let us in
         */
        public EslGatewaySwitch open() {
            return new EslGatewaySwitch(this).connected();
        }
    }
}

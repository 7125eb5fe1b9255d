package io.github.ctigateway.control;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One profile of one FreeSWITCH node. What its commands answer proves nothing; whoever uses it believes events and read-backs.
 * Implementations are thread-safe, check every name against {@code [A-Za-z0-9_.-]+} before it reaches a command, and throw
 * {@link SwitchException} and its leaves.
 */
public interface GatewaySwitch extends AutoCloseable {
    /** The profile. */
    String profile();

    /** Which FreeSWITCH answers now. */
    SwitchIdentity identity();

    /**
     * Every gateway that the switch has in memory, on all its profiles, those being removed too.
     *
     * @throws ProfileNotFoundException when the switch does not run our profile
     */
    List<LiveGateway> live();

    /**
     * The names of every gateway of our profile, those being removed too. Names only, so it costs far less than {@link #live()}.
     *
     * @throws ProfileNotFoundException when the switch does not run our profile
     */
    default Set<String> names() {
        return live().stream()
                .filter(gateway -> gateway.profile().equals(profile()))
                .map(LiveGateway::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The names of every gateway of the switch on all its profiles, those being removed too. This default reads everything: override it
     * where names can be had for less.
     *
     * @throws ProfileNotFoundException when the switch does not run our profile
     */
    default Set<String> namesOnAllProfiles() {
        return live().stream().map(LiveGateway::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The gateways of these names, on whatever profile; one that is being removed may be left out. Meant for few names: what it costs
     * does not depend on how many gateways the switch has.
     */
    default List<LiveGateway> find(Collection<String> gateways) {
        Set<String> wanted = Set.copyOf(gateways);
        return live().stream()
                .filter(gateway -> wanted.contains(gateway.name()))
                .toList();
    }

    /**
     * Reads one variable of each of these gateways of our profile.
     *
     * @return the values by gateway; a gateway that is gone, is being removed, or has no such variable (or an empty one) is left out
     */
    Map<String, String> variables(Collection<String> gateways, String variable);

    /**
     * Those of these gateways of our profile that the switch has and is not removing. {@link #live()} cannot tell: it shows a gateway
     * that is marked for deletion like any other until it is gone.
     */
    Set<String> present(Collection<String> gateways);

    /**
     * How many calls go through each of these gateways of our profile now; one without any is left out.
     */
    Map<String, Integer> calls(Collection<String> gateways);

    /**
     * Marks these gateways of our profile for deletion; each is gone some ticks later, when its {@code gateway_delete} comes.
     *
     * @return those that the switch said it does not have
     */
    Set<String> kill(Collection<String> gateways);

    /**
     * Has the switch take in what is published and not live.
     *
     * @throws ProfileNotFoundException when the switch does not run our profile
     */
    void start(StartCommand command);

    /** Tells the listener of events and gaps until the returned subscription is closed. */
    Subscription subscribe(SwitchListener listener);

    @Override
    void close();

    /** A running {@link #subscribe}. */
    interface Subscription extends AutoCloseable {
        /** No call of the listener begins after this returns. */
        @Override
        void close();
    }
}

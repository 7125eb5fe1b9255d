package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyInterruptedException;
import io.github.ctigateway.control.DoubtfulPlanException;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.NoAuthorityException;
import io.github.ctigateway.control.OtherNodeException;
import io.github.ctigateway.control.ProfileNotFoundException;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.fleet.LeaseHeldException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** What kind of failure it was, in one word for programs. docs/cli.md says what each means; their names never change. */
enum FailureKind {
    USAGE,
    STORE_UNAVAILABLE,
    STORE_REFUSED,
    SWITCH_UNAVAILABLE,
    SWITCH_REFUSED,
    PROFILE_NOT_FOUND,
    MASS_CHANGE,
    DOUBTFUL_PLAN,
    STALE_PLAN,
    OTHER_NODE,
    LEASE_HELD,
    PUBLISHER,
    INTERRUPTED,
    REFUSED,
    INTERNAL;

    private static final Map<Class<? extends RuntimeException>, FailureKind> BY_TYPE = Map.ofEntries(
            Map.entry(ParameterException.class, USAGE),
            Map.entry(StoreUnavailableException.class, STORE_UNAVAILABLE),
            Map.entry(StoreRefusedException.class, STORE_REFUSED),
            Map.entry(SwitchUnavailableException.class, SWITCH_UNAVAILABLE),
            Map.entry(SwitchRefusedException.class, SWITCH_REFUSED),
            Map.entry(ProfileNotFoundException.class, PROFILE_NOT_FOUND),
            Map.entry(MassChangeException.class, MASS_CHANGE),
            Map.entry(DoubtfulPlanException.class, DOUBTFUL_PLAN),
            Map.entry(StalePlanException.class, STALE_PLAN),
            Map.entry(OtherNodeException.class, OTHER_NODE),
            Map.entry(LeaseHeldException.class, LEASE_HELD),
            Map.entry(NoAuthorityException.class, LEASE_HELD),
            Map.entry(PublisherException.class, PUBLISHER),
            Map.entry(ApplyInterruptedException.class, INTERRUPTED));

    /** The kind of a failure. One that a command put into words of its own is of the kind of its cause. */
    static FailureKind of(Throwable failure) {
        for (Map.Entry<Class<? extends RuntimeException>, FailureKind> one : BY_TYPE.entrySet()) {
            if (one.getKey().isInstance(failure)) {
                return one.getValue();
            }
        }
        if (failure instanceof CommandFailedException own) {
            return own.exitCode() == ExitCodes.USAGE
                    ? USAGE
                    : own.getCause() instanceof CtiGatewayException known ? of(known) : REFUSED;
        }
        return failure instanceof CtiGatewayException ? REFUSED : INTERNAL;
    }
}

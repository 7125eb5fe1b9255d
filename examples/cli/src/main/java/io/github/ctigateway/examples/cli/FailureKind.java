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

/**
 * What kind of failure it was, in one word for programs, and its exit code. docs/cli.md says what each means; their names never change.
 */
enum FailureKind {
    USAGE(ExitCodes.USAGE),
    STORE_UNAVAILABLE(ExitCodes.UNAVAILABLE),
    STORE_REFUSED(ExitCodes.REFUSED),
    SWITCH_UNAVAILABLE(ExitCodes.UNAVAILABLE),
    SWITCH_REFUSED(ExitCodes.REFUSED),
    PROFILE_NOT_FOUND(ExitCodes.FINDINGS),
    MASS_CHANGE(ExitCodes.FINDINGS),
    DOUBTFUL_PLAN(ExitCodes.FINDINGS),
    STALE_PLAN(ExitCodes.FINDINGS),
    OTHER_NODE(ExitCodes.FINDINGS),
    LEASE_HELD(ExitCodes.FINDINGS),
    PUBLISHER(ExitCodes.FINDINGS),
    INTERRUPTED(ExitCodes.FINDINGS),
    REFUSED(ExitCodes.FINDINGS),
    INTERNAL(ExitCodes.FINDINGS);

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

    private final int exitCode;

    FailureKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What the shell is told, unless a command chose a code of its own. */
    int exitCode() {
        return exitCode;
    }

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

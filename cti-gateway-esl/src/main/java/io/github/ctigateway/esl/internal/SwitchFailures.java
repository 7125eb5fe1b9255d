package io.github.ctigateway.esl.internal;

import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.EslAclRejectedException;
import io.github.ctigateway.esl.EslAuthenticationException;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslIllegalCommandException;
import io.github.ctigateway.esl.EslInterruptedException;
import io.github.ctigateway.esl.EslTimeoutException;
import java.util.function.Supplier;

/** Says the event socket's failures in the words of a switch. */
public final class SwitchFailures {
    /** What a switch needs of a user of the directory; SwitchRightsTest holds it against what is sent. */
    private static final String RIGHTS = ". A user of the event socket needs esl-allowed-api ="
            + " 'global_getvar show sofia sofia_gateway_data switchname uuid_getvar' and esl-allowed-events ="
            + " 'BACKGROUND_JOB CUSTOM " + String.join(" ", SwitchListeners.SUBCLASSES) + "'";

    private SwitchFailures() {}

    /** Does this, and throws a {@link SwitchException} for every {@link EslException}. */
    public static <T> T translated(Supplier<T> action) {
        try {
            return action.get();
        } catch (EslException e) {
            throw translated(e);
        }
    }

    static SwitchException translated(EslException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof EslCommandRefusedException refused
                && refused.reply().contains("permission denied")) {
            return new SwitchRefusedException(message + RIGHTS, failure);
        }
        if (failure instanceof EslAuthenticationException
                || failure instanceof EslAclRejectedException
                || failure instanceof EslCommandRefusedException
                || failure instanceof EslIllegalCommandException) {
            return new SwitchRefusedException(message, failure);
        }
        return new SwitchUnavailableException(message, isOutcomeUnknown(failure), failure);
    }

    private static boolean isOutcomeUnknown(EslException failure) {
        return failure instanceof EslInterruptedException
                || (failure instanceof EslConnectionLostException lost && lost.outcomeUnknown())
                || (failure instanceof EslTimeoutException timeout && timeout.outcomeUnknown());
    }
}

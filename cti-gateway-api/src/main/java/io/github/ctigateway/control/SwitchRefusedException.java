package io.github.ctigateway.control;

import org.jspecify.annotations.Nullable;

/** The switch refused us: a wrong password, its access list, or a command that the user may not give. */
public final class SwitchRefusedException extends SwitchException {
    private static final long serialVersionUID = 1L;

    public SwitchRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.Locale;

/** A plan would take down so large a share of the live gateways that it was refused. Nothing was sent. */
public final class MassChangeException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final int kills;
    private final int live;

    MassChangeException(int kills, int live) {
        super(String.format(
                Locale.ROOT,
                "The plan would take down %d of %d live gateways, which is more than %d and more than %.0f %%. "
                        + "Read the plan, and allow a mass change if it is meant.",
                kills,
                live,
                ApplyOptions.MASS_COUNT,
                ApplyOptions.MASS_SHARE * 100));
        this.kills = kills;
        this.live = live;
    }

    /** How many gateways the plan would kill. */
    public int kills() {
        return kills;
    }

    /** How many gateways the profile has. */
    public int live() {
        return live;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

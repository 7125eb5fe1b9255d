package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is done with live gateways that are not in the store, and with those that have calls. Immutable.
 *
 * @param unmanaged what is done with live gateways that nobody stored or published for a store
 * @param definitions where definitions of such gateways are found, by name: the switch shows no password, so it alone is not enough to
 *     adopt one
 * @param busy what is done with gateways that have to be killed and have calls
 * @param busyLimit how long such gateways are waited for
 */
public record PlanPolicy(
        Unmanaged unmanaged, Function<String, Optional<Gateway>> definitions, Busy busy, Duration busyLimit) {
    /** What is done with a live gateway that is not in the store and carries no stamp. One with another store's stamp is always left. */
    public enum Unmanaged {
        /** It stays as it is. */
        LEAVE,
        /** It is stored, if its definition is found, valid, and shows no difference to what is live. Nothing is sent for it. */
        ADOPT,
        /** It is killed, unless somebody's file defines it, from which the next rescan would bring it back. */
        REMOVE
    }

    /** What is done with a gateway that has to be killed and has calls. The calls themselves outlive it. */
    public enum Busy {
        /** It is killed like any other. */
        KILL,
        /** It is killed as soon as it has no calls, and at the limit in any case. Others do not wait for it. */
        WAIT,
        /** It is left for a later plan. */
        SKIP
    }

    private static final PlanPolicy USUAL =
            new PlanPolicy(Unmanaged.LEAVE, name -> Optional.empty(), Busy.KILL, Duration.ZERO);

    public PlanPolicy {
        Objects.requireNonNull(unmanaged, "unmanaged cannot be null");
        Objects.requireNonNull(definitions, "definitions cannot be null");
        Objects.requireNonNull(busy, "busy cannot be null");
        Objects.requireNonNull(busyLimit, "busyLimit cannot be null");
    }

    /** Unmanaged gateways are left, and calls are not waited for. */
    public static PlanPolicy usual() {
        return USUAL;
    }

    /** The same, but unmanaged gateways are killed. */
    public PlanPolicy removingUnmanaged() {
        return new PlanPolicy(Unmanaged.REMOVE, definitions, busy, busyLimit);
    }

    /** The same, but unmanaged gateways are stored if their definition is found here. */
    public PlanPolicy adopting(Function<String, Optional<Gateway>> found) {
        return new PlanPolicy(Unmanaged.ADOPT, found, busy, busyLimit);
    }

    /** The same, but gateways with calls are waited for so long. */
    public PlanPolicy waitingForCalls(Duration limit) {
        return new PlanPolicy(unmanaged, definitions, Busy.WAIT, limit);
    }

    /** The same, but gateways with calls are left for a later plan. */
    public PlanPolicy skippingCalls() {
        return new PlanPolicy(unmanaged, definitions, Busy.SKIP, busyLimit);
    }
}

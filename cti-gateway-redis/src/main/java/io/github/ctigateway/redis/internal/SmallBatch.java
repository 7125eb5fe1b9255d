package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.SaveOutcome;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Saves some gateways in one round trip, over what was last seen of them; those that are not so any more are read, as in a larger
 * batch. Used once.
 */
final class SmallBatch {
    /** More would take the server three times the time that transactions do, since every value goes twice through a script. */
    static final int MOST = WatchedEdits.TRANSACTION;

    private static final int PART = 250;

    private final GatewayHash hash;
    private final LastSeen lastSeen;
    private final GatewayEditor editor;
    private final GatewayValidator validator;
    private final List<Gateway> gateways;

    /**
     * What becomes of a gateway if its field is as it was last seen.
     *
     * @param outcome null when that cannot be said without reading
     * @param write null when there is nothing to write
     */
    private record Attempt(
            Gateway gateway,
            @Nullable SaveOutcome outcome,
            @Nullable HashWrite write) {}

    /** The gateways to save, each name once. */
    SmallBatch(
            GatewayHash hash,
            LastSeen lastSeen,
            GatewayEditor editor,
            GatewayValidator validator,
            Collection<Gateway> gateways) {
        this.hash = hash;
        this.lastSeen = lastSeen;
        this.editor = editor;
        this.validator = validator;
        this.gateways = List.copyOf(gateways);
    }

    List<SaveOutcome> save() {
        List<Attempt> attempts = new ArrayList<>(gateways.size());
        InParts.forEach((gateways.size() + PART - 1) / PART, this::attempts, attempts::addAll);
        List<HashWrite> writes =
                attempts.stream().map(Attempt::write).filter(Objects::nonNull).toList();
        Set<@Nullable HashWrite> lost = Collections.newSetFromMap(new IdentityHashMap<>());
        lost.addAll(hash.tryAtOnce(writes));
        List<Gateway> left = attempts.stream()
                .filter(attempt -> attempt.outcome() == null || lost.contains(attempt.write()))
                .map(Attempt::gateway)
                .toList();
        if (left.isEmpty()) {
            return attempts.stream()
                    .map(attempt -> Objects.requireNonNull(attempt.outcome()))
                    .toList();
        }
        Map<String, SaveOutcome> outcomes = new HashMap<>();
        new GatewayBatch(hash, editor, validator, left)
                .save()
                .forEach(outcome -> outcomes.put(outcome.gateway(), outcome));
        return attempts.stream()
                .map(attempt -> Objects.requireNonNull(
                        outcomes.getOrDefault(attempt.gateway().name(), attempt.outcome())))
                .toList();
    }

    private List<Attempt> attempts(int part) {
        return gateways.subList(part * PART, Math.min((part + 1) * PART, gateways.size())).stream()
                .map(this::attempt)
                .toList();
    }

    private Attempt attempt(Gateway gateway) {
        byte[] field = StoreKeys.utf8(gateway.name());
        try {
            validator.validate(gateway).orThrow();
            StoredEntry present = lastSeen.entry(gateway.name(), field);
            StoredEntry changed = GatewayEditor.merged(gateway, present);
            return new Attempt(
                    gateway,
                    new SaveOutcome.Saved(changed.orThrow()),
                    new HashWrite(gateway.name(), field, present == null ? null : present.value(), changed.value()));
        } catch (InvalidGatewayException e) {
            return new Attempt(gateway, new SaveOutcome.Refused(gateway.name(), e), null);
        } catch (UnreadableEntryException e) {
            // Perhaps it is mended by now.
            return new Attempt(gateway, null, null);
        }
    }
}

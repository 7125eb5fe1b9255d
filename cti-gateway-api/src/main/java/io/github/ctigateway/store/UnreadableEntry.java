package io.github.ctigateway.store;

import io.github.ctigateway.validation.Violation;
import java.util.List;

/**
 * An entry of a store that is no gateway. It hides no other entry and is never overwritten; {@link GatewayStore#delete} removes it.
 *
 * @param name the entry's name
 * @param reasons why it cannot be read, at least one, with places; unmodifiable
 */
public record UnreadableEntry(String name, List<Violation> reasons) {
    public UnreadableEntry {
        reasons = List.copyOf(reasons);
    }
}

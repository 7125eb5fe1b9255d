package io.github.ctigateway.esl;

/**
 * Stands where events were dropped because the listeners were too slow and the queue was full.
 *
 * @param dropped how many events are missing at this place, exactly
 */
public record Gap(long dropped) {
    public Gap {
        if (dropped <= 0) {
            throw new IllegalArgumentException("dropped must be positive");
        }
    }
}

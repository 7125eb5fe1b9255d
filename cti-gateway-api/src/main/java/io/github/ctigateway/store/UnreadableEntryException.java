package io.github.ctigateway.store;

/** The entry is there but is no gateway, so it is neither returned nor overwritten. */
public final class UnreadableEntryException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient UnreadableEntry entry;

    public UnreadableEntryException(UnreadableEntry entry) {
        super(
                "The stored entry '" + entry.name() + "' is not a gateway: " + entry.reasons()
                        + ". Mend it where it was written, or delete it first.",
                null);
        this.entry = entry;
    }

    public UnreadableEntry entry() {
        return entry;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}

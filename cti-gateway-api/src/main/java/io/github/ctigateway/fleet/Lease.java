package io.github.ctigateway.fleet;

/**
 * The right to be the only one who works on something, for as long as it is held. It ends by itself some time after its holder dies.
 * Implementations are thread-safe.
 */
public interface Lease extends AutoCloseable {
    /** Whether the lease is surely ours at this moment, known without asking anybody. Once false, it stays false. */
    boolean isHeld();

    /** Higher than that of every lease of this name before. */
    long fencingNumber();

    /** Calls back once when the lease is lost other than by {@link #close()}; at once when it is lost already. */
    void onLost(Runnable callback);

    /** Gives the lease back, if it is still ours. When that fails it ends by its limit. */
    @Override
    void close();
}

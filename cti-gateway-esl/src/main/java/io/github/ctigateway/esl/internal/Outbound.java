package io.github.ctigateway.esl.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written. Whoever finds nobody writing writes for all, so that many threads share few system calls; nobody waits for a
 * slow peer: what the system does not take is left to the reading thread.
 */
final class Outbound {
    private static final int SIZE = 16 << 10;
    private static final int KEPT = 1 << 20;

    private final ReentrantLock lock;
    private final Wire wire;

    // Guarded by the lock; the draining buffer belongs to whoever set busy.
    private ByteBuffer filling = ByteBuffer.allocateDirect(SIZE);
    private ByteBuffer draining = ByteBuffer.allocateDirect(SIZE);
    private boolean busy;
    private boolean stalled;
    private volatile @Nullable IOException failure;

    /** @param lock held by callers of {@link #append}, so that the order of writing is the order of whatever else it guards */
    Outbound(ReentrantLock lock, Wire wire) {
        this.lock = lock;
        this.wire = wire;
    }

    /** Adds bytes at the end. Under the lock. */
    void append(byte[] bytes) {
        if (filling.remaining() < bytes.length) {
            int needed = filling.position() + bytes.length;
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(needed, filling.capacity() * 2));
            filling = larger.put(filling.flip());
        }
        filling.put(bytes);
    }

    /** Writes what waits, unless another thread is at it. Not under the lock. */
    void flush() {
        boolean mine;
        lock.lock();
        try {
            mine = begin();
        } finally {
            lock.unlock();
        }
        if (mine) {
            write();
        }
    }

    /**
     * Takes over writing. Under the lock.
     *
     * @return whether the caller must {@link #write()} once it has left the lock
     */
    boolean begin() {
        if (busy || filling.position() == 0 || failure != null) {
            return false;
        }
        busy = true;
        ByteBuffer full = filling;
        // A huge command's buffer is not kept.
        filling = draining.capacity() > KEPT ? ByteBuffer.allocateDirect(SIZE) : draining.clear();
        draining = full.flip();
        return true;
    }

    /**
     * Has everybody leave their bytes here until {@link #release()}, which writes them together. Not under the lock.
     *
     * @return false when another thread is writing, and nothing is to be released
     */
    boolean hold() {
        lock.lock();
        try {
            boolean free = !busy && failure == null;
            busy |= free;
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was left here since {@link #hold()}. */
    void release() {
        boolean mine;
        lock.lock();
        try {
            busy = false;
            mine = begin();
        } finally {
            lock.unlock();
        }
        if (mine) {
            write();
        }
    }

    /** Writes until nothing waits or the system takes no more. By whoever took over writing, not under the lock. */
    void write() {
        boolean more = true;
        while (more) {
            more = drain();
        }
    }

    /** The reading thread goes on with what did not fit; there is room again. */
    void onWritable() {
        lock.lock();
        try {
            if (!stalled) {
                return;
            }
            stalled = false;
        } finally {
            lock.unlock();
        }
        write();
    }

    /** What went wrong with writing, or null. The reading thread asks. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** One system call, and in the same turn of the lock the next load of bytes; false when there is none. */
    private boolean drain() {
        boolean done = false;
        boolean more = false;
        IOException problem = null;
        try {
            done = wire.write(draining);
        } catch (IOException e) {
            problem = e;
        }
        lock.lock();
        try {
            failure = problem == null ? failure : problem;
            busy = !done && problem == null;
            stalled = busy;
            more = begin();
        } finally {
            lock.unlock();
        }
        if (problem != null) {
            wire.wakeup();
        } else if (!done) {
            wire.wantWrite();
        }
        return more;
    }
}

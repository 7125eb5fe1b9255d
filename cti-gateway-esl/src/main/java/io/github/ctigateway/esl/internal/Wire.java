package io.github.ctigateway.esl.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open stream of bytes that never blocks but in {@link #await}. {@code read} and {@code await} belong to the reading thread;
 * {@code write} to one thread at a time; the rest may be called by any thread.
 */
interface Wire extends Closeable {
    /** Takes in what is there: the count, 0 when nothing is, -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException;

    /** Whether the last read took everything that was there, so that it is time to wait. */
    boolean isDrained();

    /** Puts out what the system takes now; true when all of it, and all from before, is out. */
    boolean write(ByteBuffer source) throws IOException;

    /** Waits until there is something to read, room to write if that was asked for, a {@link #wakeup()}, or the time is over. */
    void await(long nanos) throws IOException;

    /** Asks {@link #await} to end, now and then once, when there is room to write. */
    void wantWrite();

    /** Whether {@link #await} saw the room that was asked for. */
    boolean isWritable();

    /** Ends a running or the next {@link #await}. */
    void wakeup();

    @Override
    void close();
}

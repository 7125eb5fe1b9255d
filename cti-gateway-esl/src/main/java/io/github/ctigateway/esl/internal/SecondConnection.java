package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.ReconnectPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second connection, for whoever can do without it: nobody waits until it is up. Whether it leads to the same FreeSWITCH as the first,
 * whose name may have several addresses, its user has to see. Thread-safe.
 */
final class SecondConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SecondConnection.class);

    private final EslClient client;
    private final Duration pause;

    // In System.nanoTime().
    private final AtomicLong mayConnect = new AtomicLong(System.nanoTime());
    private volatile long mayBeUsed = System.nanoTime();

    /** @param pause after an attempt to connect it is not tried again sooner, and after it failed its user it is not used sooner */
    SecondConnection(EslOptions options, Duration pause) {
        // It is made again when it is wanted again.
        this.client = EslClient.create(
                options.toBuilder().reconnect(ReconnectPolicy.never()).build());
        this.pause = pause;
    }

    /** The connection, when it is up and may be used. */
    Optional<EslClient> ifReady() {
        boolean ready = client.state() == EslConnectionState.READY && System.nanoTime() - mayBeUsed >= 0;
        return ready ? Optional.of(client) : Optional.empty();
    }

    /** Has it made in the background when it is down and may be tried. */
    void prepare() {
        long now = System.nanoTime();
        long due = mayConnect.get();
        boolean down = client.state() == EslConnectionState.IDLE || client.state() == EslConnectionState.REFUSED;
        if (down && now - due >= 0 && mayConnect.compareAndSet(due, now + pause.toNanos())) {
            Thread thread = new Thread(
                    this::connect, "cti-gateway-esl-second-" + client.options().address());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void connect() {
        try {
            client.connect();
        } catch (EslException e) {
            log.debug(
                    "event socket {}: no second connection: {}",
                    client.options().address(),
                    e.getMessage());
        }
    }

    /** It failed its user: one connection has to do for a while. */
    void avoid(String reason) {
        log.debug(
                "event socket {}: the second connection is not used for {}: {}",
                client.options().address(),
                pause,
                reason);
        mayBeUsed = System.nanoTime() + pause.toNanos();
    }

    @Override
    public void close() {
        client.close();
    }
}

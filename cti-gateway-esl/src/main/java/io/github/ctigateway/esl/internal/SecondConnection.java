package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second connection, for whoever can do without it: it is made in the background when it is first asked for, and nobody waits for it.
 * Whether it leads to the same FreeSWITCH as the first, whose name may have several addresses, its user has to see. Thread-safe.
 */
final class SecondConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SecondConnection.class);

    /** Where it could not be made, or went wrong, it is not tried again sooner. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final EslClient client;

    /** In {@link System#nanoTime()}. */
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    SecondConnection(EslOptions options) {
        this.client = EslClient.create(options);
    }

    /** The connection, when it is up and may be used. */
    Optional<EslClient> ifReady() {
        long now = System.nanoTime();
        long due = notBefore.get();
        if (now - due < 0) {
            return Optional.empty();
        }
        if (client.state() == EslConnectionState.READY) {
            return Optional.of(client);
        }
        if (notBefore.compareAndSet(due, now + PAUSE.toNanos())) {
            Thread thread = new Thread(
                    this::connect, "cti-gateway-esl-second-" + client.options().address());
            thread.setDaemon(true);
            thread.start();
        }
        return Optional.empty();
    }

    private void connect() {
        try {
            client.connect();
            notBefore.set(System.nanoTime());
        } catch (EslException e) {
            avoid(e);
        }
    }

    /** It failed its user: one connection has to do for a while. */
    void avoid(EslException why) {
        log.debug(
                "event socket {}: no second connection for now: {}",
                client.options().address(),
                why.getMessage());
        notBefore.set(System.nanoTime() + PAUSE.toNanos());
    }

    @Override
    public void close() {
        client.close();
    }
}

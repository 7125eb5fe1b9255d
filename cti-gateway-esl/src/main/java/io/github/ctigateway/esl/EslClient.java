package io.github.ctigateway.esl;

import io.github.ctigateway.esl.internal.EslEngine;
import io.github.ctigateway.esl.internal.EslRequests;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A client of FreeSWITCH's event socket (mod_event_socket, inbound mode).
 *
 * <p>Commands go out at once, up to {@link EslOptions#maxInFlight()} in flight, and each gets its own reply. The blocking forms throw, the
 * {@code Async} forms end exceptionally with, a leaf of {@link EslException}:
 * <ul>
 *   <li>{@link EslConnectionLostException} when there is no connection, or it ended first. What was already written may have been carried
 *       out; the client never sends it again;
 *   <li>{@link EslTimeoutException} at the deadline;
 *   <li>{@link EslCommandRefusedException} when FreeSWITCH answers {@code -ERR} in place of doing it, as for a denied command. The failure of
 *       an {@code api} command itself is an ordinary body;
 *   <li>{@link EslIllegalCommandException}, always thrown at once, for a text that must not be sent.
 * </ul>
 *
 * <p>Listeners and subscriptions belong to the client: they outlive a lost connection, which it replaces by itself, see
 * {@link EslConnectionState}. Thread-safe; callers may be virtual threads. What is chained to a future runs on
 * {@link EslOptions#callbackExecutor()}, listeners run on a thread of their own; both may call the client and block.
 */
public final class EslClient implements AutoCloseable {
    private final EslOptions options;
    private final EslEngine engine;
    private final EslRequests requests;

    private EslClient(EslOptions options) {
        this.options = options;
        this.engine = new EslEngine(options);
        this.requests = new EslRequests(engine, options);
    }

    /** A client that is not connected yet; declare listeners and subscriptions, then {@link #connect()}. */
    public static EslClient create(EslOptions options) {
        return new EslClient(Objects.requireNonNull(options, "options cannot be null"));
    }

    /**
     * A connected client.
     *
     * @throws EslException as {@link #connect()}
     */
    public static EslClient open(EslOptions options) {
        EslClient client = create(options);
        try {
            client.connect();
            return client;
        } catch (EslException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Connects, and returns when the client is READY; at once when it is, or was and is connecting again by itself.
     *
     * @throws EslUnreachableException when nobody answers
     * @throws EslAuthenticationException when the password is refused
     * @throws EslAclRejectedException when our address is refused
     * @throws EslTimeoutException when FreeSWITCH accepts and says nothing
     */
    public void connect() {
        engine.connect();
    }

    /** The options it was made with. */
    public EslOptions options() {
        return options;
    }

    /** The state of the connection now. */
    public EslConnectionState state() {
        return engine.state();
    }

    /** Adds a listener, for all connections to come and this one. */
    public void addListener(EslListener listener) {
        engine.add(Objects.requireNonNull(listener, "listener cannot be null"));
    }

    /** Removes a listener; a callback that runs goes on. */
    public void removeListener(EslListener listener) {
        engine.remove(listener);
    }

    /**
     * Wants these events, such as {@code HEARTBEAT}; now and on every later connection. FreeSWITCH ignores names that it does not know.
     * When connected, returns once FreeSWITCH has accepted.
     */
    public void subscribe(String... eventNames) {
        engine.subscribe(List.of(eventNames), List.of());
    }

    /** Wants CUSTOM events of these subclasses, such as {@code sofia::gateway_state}; else as {@link #subscribe}. */
    public void subscribeCustom(String... subclasses) {
        engine.subscribe(List.of(), List.of(subclasses));
    }

    /**
     * Wants only events that have this header with this value, or that another filter lets through. Results of {@link #bgapi} still come.
     */
    public void filter(String header, String value) {
        engine.filter(header, value);
    }

    /**
     * Runs an API command in FreeSWITCH's connection thread: nothing else comes over this connection until it is done, so take
     * {@link #bgapi} for what is slow.
     *
     * @param command the command and its arguments, such as {@code sofia status}
     * @return the body of the answer; {@code -ERR no reply\n} for empty output
     */
    public String api(String command) {
        return requests.api(command, options.commandTimeout());
    }

    /** As {@link #api(String)} with its own deadline. */
    public String api(String command, Duration timeout) {
        return requests.api(command, timeout);
    }

    /** As {@link #api(String)}, without waiting. */
    public CompletableFuture<String> apiAsync(String command) {
        return requests.apiAsync(command, options.commandTimeout());
    }

    /** As {@link #api(String)}, without waiting, with its own deadline. */
    public CompletableFuture<String> apiAsync(String command, Duration timeout) {
        return requests.apiAsync(command, timeout);
    }

    /**
     * Runs an API command in a thread of its own in FreeSWITCH and waits for the result.
     *
     * @return the body of the BACKGROUND_JOB event
     */
    public String bgapi(String command) {
        return requests.bgapi(command, options.jobTimeout());
    }

    /** As {@link #bgapi(String)} with its own deadline. */
    public String bgapi(String command, Duration timeout) {
        return requests.bgapi(command, timeout);
    }

    /** As {@link #bgapi(String)}, without waiting. */
    public CompletableFuture<String> bgapiAsync(String command) {
        return requests.bgapiAsync(command, options.jobTimeout());
    }

    /** As {@link #bgapi(String)}, without waiting, with its own deadline. */
    public CompletableFuture<String> bgapiAsync(String command, Duration timeout) {
        return requests.bgapiAsync(command, timeout);
    }

    /**
     * Sends any other command of one line, such as {@code log 4}. Refused are those that the client gives itself ({@code auth},
     * {@code event}, {@code filter}, {@code exit} …).
     */
    public EslReply command(String command) {
        return requests.command(command, options.commandTimeout());
    }

    /** As {@link #command(String)}, without waiting. */
    public CompletableFuture<EslReply> commandAsync(String command) {
        return requests.commandAsync(command, options.commandTimeout());
    }

    /** Ends the connection, every command in flight, and the client's threads. No callback begins after the one that says CLOSED. */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "EslClient[" + options.address() + ", " + state() + "]";
    }
}

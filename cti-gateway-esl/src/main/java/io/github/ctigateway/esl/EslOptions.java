package io.github.ctigateway.esl;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where the event socket is, and how to treat it. Immutable; {@link #toString} hides the password. */
public final class EslOptions {
    private final String host;
    private final int port;
    private final String password;
    private final @Nullable String user;
    private final Duration connectTimeout;
    private final Duration authTimeout;
    private final Duration commandTimeout;
    private final Duration jobTimeout;
    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration stallTimeout;
    private final int maxInFlight;
    private final int eventQueueCapacity;
    private final int maxFrameBytes;
    private final int maxHeaderBytes;
    private final EslEventFormat eventFormat;
    private final ReconnectPolicy reconnect;
    private final @Nullable SSLContext sslContext;
    private final Executor callbackExecutor;

    private EslOptions(Builder builder) {
        host = builder.host;
        port = builder.port;
        password = builder.password;
        user = builder.user;
        connectTimeout = builder.connectTimeout;
        authTimeout = builder.authTimeout;
        commandTimeout = builder.commandTimeout;
        jobTimeout = builder.jobTimeout;
        pingInterval = builder.pingInterval;
        pingTimeout = builder.pingTimeout;
        stallTimeout = builder.stallTimeout;
        maxInFlight = builder.maxInFlight;
        eventQueueCapacity = builder.eventQueueCapacity;
        maxFrameBytes = builder.maxFrameBytes;
        maxHeaderBytes = builder.maxHeaderBytes;
        eventFormat = builder.eventFormat;
        reconnect = builder.reconnect;
        sslContext = builder.sslContext;
        callbackExecutor = builder.callbackExecutor;
    }

    /** These three, and the defaults for the rest. */
    public static EslOptions of(String host, int port, String password) {
        return builder(host, port, password).build();
    }

    /**
     * @param host a name or an address, IPv6 with or without brackets
     * @param port usually 8021
     * @param password as in event_socket.conf.xml
     */
    public static Builder builder(String host, int port, String password) {
        return new Builder(host, port, password);
    }

    /** A builder that begins with these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** The password; keep it out of logs. */
    public String password() {
        return password;
    }

    /** {@code user@domain} for {@code userauth}. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration authTimeout() {
        return authTimeout;
    }

    public Duration commandTimeout() {
        return commandTimeout;
    }

    public Duration jobTimeout() {
        return jobTimeout;
    }

    public Duration pingInterval() {
        return pingInterval;
    }

    public Duration pingTimeout() {
        return pingTimeout;
    }

    public Duration stallTimeout() {
        return stallTimeout;
    }

    public int maxInFlight() {
        return maxInFlight;
    }

    public int eventQueueCapacity() {
        return eventQueueCapacity;
    }

    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    public EslEventFormat eventFormat() {
        return eventFormat;
    }

    public ReconnectPolicy reconnect() {
        return reconnect;
    }

    public Optional<SSLContext> sslContext() {
        return Optional.ofNullable(sslContext);
    }

    public Executor callbackExecutor() {
        return callbackExecutor;
    }

    /** {@code host:port}, for people. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return "EslOptions[" + address() + (user == null ? "" : ", user=" + user) + ", password=***"
                + (sslContext == null ? "" : ", tls") + ", events=" + eventFormat + "]";
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private final String host;
        private final int port;
        private final String password;
        private @Nullable String user;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration authTimeout = Duration.ofSeconds(5);
        private Duration commandTimeout = Duration.ofSeconds(10);
        private Duration jobTimeout = Duration.ofMinutes(1);
        private Duration pingInterval = Duration.ofSeconds(15);
        private Duration pingTimeout = Duration.ofSeconds(10);
        private Duration stallTimeout = Duration.ofSeconds(30);
        private int maxInFlight = 32;
        private int eventQueueCapacity = 10_000;
        private int maxFrameBytes = 16 << 20;
        private int maxHeaderBytes = 64 << 10;
        private EslEventFormat eventFormat = EslEventFormat.JSON;
        private ReconnectPolicy reconnect = ReconnectPolicy.standard();
        private @Nullable SSLContext sslContext;
        private Executor callbackExecutor = ForkJoinPool.commonPool();

        private Builder(String host, int port, String password) {
            this.host = withoutBrackets(Objects.requireNonNull(host, "host cannot be null"));
            this.password = oneLine(Objects.requireNonNull(password, "password cannot be null"), "password");
            if (this.host.isBlank()) {
                throw new IllegalArgumentException("host cannot be blank");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port must be 1 to 65535");
            }
            this.port = port;
        }

        private Builder(EslOptions options) {
            this(options.host, options.port, options.password);
            user = options.user;
            connectTimeout = options.connectTimeout;
            authTimeout = options.authTimeout;
            commandTimeout = options.commandTimeout;
            jobTimeout = options.jobTimeout;
            pingInterval = options.pingInterval;
            pingTimeout = options.pingTimeout;
            stallTimeout = options.stallTimeout;
            maxInFlight = options.maxInFlight;
            eventQueueCapacity = options.eventQueueCapacity;
            maxFrameBytes = options.maxFrameBytes;
            maxHeaderBytes = options.maxHeaderBytes;
            eventFormat = options.eventFormat;
            reconnect = options.reconnect;
            sslContext = options.sslContext;
            callbackExecutor = options.callbackExecutor;
        }

        /**
         * Log in as a user of FreeSWITCH's directory ({@code userauth}), whose {@code esl-…} parameters say what is allowed.
         *
         * @param user {@code user@domain}, at most 200 characters, as FreeSWITCH cuts long replies
         */
        public Builder user(String user) {
            oneLine(Objects.requireNonNull(user, "user cannot be null"), "user");
            if (user.indexOf('@') < 1 || user.indexOf(':') >= 0 || user.length() > 200) {
                throw new IllegalArgumentException(
                        "user must be user@domain, without a colon, of at most 200 characters");
            }
            this.user = user;
            return this;
        }

        /** For the socket and TLS; default 5 s. How long the name takes to resolve is the system's affair. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout, "connectTimeout");
            return this;
        }

        /** From the open socket until all subscriptions are accepted; default 5 s. */
        public Builder authTimeout(Duration timeout) {
            authTimeout = positive(timeout, "authTimeout");
            return this;
        }

        /** For {@code api} and raw commands that do not bring their own, waiting for a place in flight included; default 10 s. */
        public Builder commandTimeout(Duration timeout) {
            commandTimeout = positive(timeout, "commandTimeout");
            return this;
        }

        /** For {@code bgapi} without its own, until the result; default 60 s. */
        public Builder jobTimeout(Duration timeout) {
            jobTimeout = positive(timeout, "jobTimeout");
            return this;
        }

        /** An idle connection is asked for a sign of life this often; default 15 s. Zero: never. */
        public Builder pingInterval(Duration interval) {
            Objects.requireNonNull(interval, "pingInterval cannot be null");
            if (interval.isNegative()) {
                throw new IllegalArgumentException("pingInterval must not be negative");
            }
            pingInterval = interval;
            return this;
        }

        /** Without the sign of life for this long the connection is given up; default 10 s. */
        public Builder pingTimeout(Duration timeout) {
            pingTimeout = positive(timeout, "pingTimeout");
            return this;
        }

        /** When a timed-out command blocks all others for this long after its deadline, the connection is given up; default 30 s. */
        public Builder stallTimeout(Duration timeout) {
            stallTimeout = positive(timeout, "stallTimeout");
            return this;
        }

        /** How many commands may await their reply at once; default 32. FreeSWITCH sends no events while it has commands to read. */
        public Builder maxInFlight(int commands) {
            maxInFlight = positive(commands, "maxInFlight");
            return this;
        }

        /** How many events may wait for slow listeners before they are dropped; default 10,000. */
        public Builder eventQueueCapacity(int events) {
            eventQueueCapacity = positive(events, "eventQueueCapacity");
            return this;
        }

        /** The longest body of a frame; default 16 MiB. */
        public Builder maxFrameBytes(int bytes) {
            maxFrameBytes = positive(bytes, "maxFrameBytes");
            return this;
        }

        /** The longest header block of a frame, at most 16 MiB; default 64 KiB. */
        public Builder maxHeaderBytes(int bytes) {
            if (bytes > 16 << 20) {
                throw new IllegalArgumentException("maxHeaderBytes must be at most 16 MiB");
            }
            maxHeaderBytes = positive(bytes, "maxHeaderBytes");
            return this;
        }

        /** Default JSON. */
        public Builder eventFormat(EslEventFormat format) {
            eventFormat = Objects.requireNonNull(format, "eventFormat cannot be null");
            return this;
        }

        /** Default {@link ReconnectPolicy#standard()}. */
        public Builder reconnect(ReconnectPolicy policy) {
            reconnect = Objects.requireNonNull(policy, "reconnect cannot be null");
            return this;
        }

        /** Speak TLS, for a stunnel in front of FreeSWITCH. The certificate must name the host. */
        public Builder sslContext(SSLContext context) {
            sslContext = Objects.requireNonNull(context, "sslContext cannot be null");
            return this;
        }

        /**
         * Runs what is chained to the futures; default the common pool. It may block there, but what blocks all its threads holds up other
         * futures. The blocking calls do not need it. An executor that runs tasks on the thread that hands them in would run them on the reading
         * thread, which must not wait: do not use one.
         */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = Objects.requireNonNull(executor, "callbackExecutor cannot be null");
            return this;
        }

        public EslOptions build() {
            return new EslOptions(this);
        }

        private static String withoutBrackets(String host) {
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        }

        private static String oneLine(String value, String name) {
            if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                throw new IllegalArgumentException(name + " must not contain CR, LF or NUL");
            }
            return value;
        }

        private static Duration positive(Duration value, String name) {
            Objects.requireNonNull(value, name + " cannot be null");
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive");
            }
            return value;
        }

        private static int positive(int value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive");
            }
            return value;
        }
    }
}

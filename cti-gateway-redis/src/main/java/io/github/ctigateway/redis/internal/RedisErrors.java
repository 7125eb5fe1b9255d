package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Turns what Jedis throws into the store's own failures. Redis can quote a command's arguments in an error, so of its answers only
 * the first word is passed on, and the exception that holds the rest is dropped.
 */
public final class RedisErrors {
    /** Answers that pass by themselves: a failover under way, a server that starts, a script that runs. */
    private static final Set<String> PASSING =
            Set.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOREPLICAS", "UNBLOCKED");

    /** How Redis before 7 passes on an error that a script met: behind its own, with the script's name and line. */
    private static final Pattern IN_SCRIPT = Pattern.compile("user_script: ?[0-9]+: -?([A-Z]{3,}) ");

    private RedisErrors() {}

    /** Runs a command. */
    public static <T> T translate(String doing, Supplier<T> command) {
        try {
            return command.get();
        } catch (JedisException e) {
            throw of(doing, e);
        }
    }

    /** The failure to throw in place of one of Jedis; what is suppressed in that is in this, too. */
    public static StoreException of(String doing, JedisException failure) {
        StoreException translated = translated(doing, failure);
        for (Throwable beside : failure.getSuppressed()) {
            translated.addSuppressed(beside instanceof JedisException further ? translated(doing, further) : beside);
        }
        return translated;
    }

    private static StoreException translated(String doing, JedisException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JedisDataException answer) {
                return answered(doing, answer);
            }
            if (cause instanceof CertificateException) {
                return new StoreRefusedException(
                        "The certificate of Redis was not accepted while " + doing + ": " + cause.getMessage()
                                + ". See that the JVM's trust store holds its issuer, and that it is for the host of the URI.",
                        null);
            }
        }
        return new StoreUnavailableException(
                "Redis could not be reached, or was lost, while " + doing + reason(failure)
                        + ". See that it runs and can be reached from here. If this was a change, it may or may not be there.",
                failure);
    }

    /** What the network said; what Jedis says in its own words can quote a command. Empty when it said nothing. */
    private static String reason(Throwable failure) {
        // Jedis tries each address of a host, and each node of a cluster, and hangs what went wrong beside its own
        // words. When a lost pipeline is closed, its two failures hang on each other.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
        while (!left.isEmpty()) {
            Throwable one = left.remove();
            if (one instanceof UnknownHostException) {
                return " (unknown host)";
            }
            if ((one instanceof SocketException || one instanceof SocketTimeoutException) && one.getMessage() != null) {
                return " (" + one.getMessage() + ")";
            }
            if (seen.add(one)) {
                Stream.ofNullable(one.getCause()).forEach(left::add);
                left.addAll(List.of(one.getSuppressed()));
            }
        }
        return "";
    }

    private static StoreException answered(String doing, JedisDataException answer) {
        String code = code(answer);
        String message = "Redis answered " + code + " while " + doing + ": "
                + (code.equals("ERR") ? explanationOfErr(String.valueOf(answer.getMessage())) : explanation(code));
        return PASSING.contains(code)
                ? new StoreUnavailableException(message, null)
                : new StoreRefusedException(message, null);
    }

    private static String code(JedisDataException answer) {
        String message = answer.getMessage() == null ? "" : answer.getMessage();
        Matcher inScript = IN_SCRIPT.matcher(message);
        if (inScript.find()) {
            return inScript.group(1);
        }
        int end = 0;
        while (end < message.length() && message.charAt(end) >= 'A' && message.charAt(end) <= 'Z') {
            end++;
        }
        return end == 0 ? "an error" : message.substring(0, end);
    }

    /** ERR stands for many things; these two are told by Redis's own words. */
    private static String explanationOfErr(String answer) {
        if (answer.contains("DB index")) {
            return "it has no database of the number behind the / of the URI; most have 0 to 15, see 'databases' in its configuration.";
        }
        if (answer.contains("SELECT is not allowed in cluster mode")) {
            return "it is part of a cluster, which has the database 0 only; leave out the number behind the / of the URI.";
        }
        return explanation("ERR");
    }

    private static String explanation(String code) {
        return switch (code) {
            case "NOAUTH" -> "it wants a password; give one in the URI.";
            case "WRONGPASS" -> "it does not know this user and password.";
            case "NOPERM" -> "the user may not run this command or touch this key; see ACL in Redis.";
            case "WRONGTYPE" ->
                "the key holds another type than the hash or list that is needed; somebody else uses it.";
            case "OOM" -> "it has no memory left (maxmemory).";
            case "MISCONF" -> "it cannot save to its disk and accepts no writes.";
            case "MOVED", "ASK", "CROSSSLOT" ->
                "it is part of a cluster; use a redis+cluster:// URI or a cluster client.";
            case "READONLY" -> "it is a replica, perhaps since a failover; try again.";
            case "LOADING" -> "it is starting; try again.";
            case "BUSY" -> "it runs somebody's long script; try again.";
            case "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS" ->
                "a failover or migration is under way; try again.";
            default -> "it refused the command; see its log.";
        };
    }
}

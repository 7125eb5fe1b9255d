package io.github.ctigateway.esl.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * How the simulated registrar answers a REGISTER, or an OPTIONS ping. Immutable.
 *
 * @param kind what it does
 * @param status the SIP status of an answer
 * @param phrase the SIP reason phrase of an answer
 * @param granted the longest registration that it grants, in seconds; 0 grants what is asked for
 * @param delayTicks how many ticks later the answer arrives; 0 is within the tick of the request
 */
public record RegistrarAnswer(Kind kind, int status, String phrase, int granted, int delayTicks) {
    /** What a registrar does with a request. */
    public enum Kind {
        /** It answers with {@link #status()}. */
        ANSWER,
        /** It says nothing: the SIP stack gives up after 32 ticks, or mod_sofia earlier by {@code timeout-seconds}. */
        SILENT,
        /** Nobody listens there: the SIP stack itself answers 503. */
        UNREACHABLE
    }

    public RegistrarAnswer {
        Objects.requireNonNull(kind, "kind cannot be null");
        Objects.requireNonNull(phrase, "phrase cannot be null");
    }

    /** {@code 200 OK}. */
    public static RegistrarAnswer accept() {
        return new RegistrarAnswer(Kind.ANSWER, 200, "OK", 0, 0);
    }

    /** {@code 200 OK}, for no longer than this; whole seconds. */
    public static RegistrarAnswer accept(Duration longest) {
        return new RegistrarAnswer(Kind.ANSWER, 200, "OK", Math.toIntExact(longest.toSeconds()), 0);
    }

    /**
     * A refusal such as {@code 403}, {@code "Forbidden"}. {@code 401} and {@code 407} challenge each time anew, whatever credentials come:
     * the SIP stack gives up with its own 904.
     */
    public static RegistrarAnswer refuse(int status, String phrase) {
        return new RegistrarAnswer(Kind.ANSWER, status, phrase, 0, 0);
    }

    /** {@code 403 Forbidden}. */
    public static RegistrarAnswer forbidden() {
        return refuse(403, "Forbidden");
    }

    /** {@code 503 Service Unavailable}. */
    public static RegistrarAnswer unavailable() {
        return refuse(503, "Service Unavailable");
    }

    /** No answer at all. */
    public static RegistrarAnswer silent() {
        return new RegistrarAnswer(Kind.SILENT, 0, "", 0, 0);
    }

    /** Nobody listens. */
    public static RegistrarAnswer unreachable() {
        return new RegistrarAnswer(Kind.UNREACHABLE, 503, "Service Unavailable", 0, 0);
    }

    /** The same answer, this many ticks late. */
    public RegistrarAnswer after(int ticks) {
        return new RegistrarAnswer(kind, status, phrase, granted, ticks);
    }
}

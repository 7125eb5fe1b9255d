package io.github.ctigateway.esl.contract;

import java.util.Set;

/** The registrar that the gateways of a contract case register with: its answers are set by user, its bindings and counts are read. */
public interface TestRegistrar extends AutoCloseable {
    /** How a user is answered. */
    enum Behaviour {
        ACCEPT(200, "OK"),
        FORBIDDEN(403, "Forbidden"),
        NOT_FOUND(404, "Not Found"),
        UNAVAILABLE(503, "Service Unavailable"),
        SILENT(0, "");

        private final int status;
        private final String phrase;

        Behaviour(int status, String phrase) {
            this.status = status;
            this.phrase = phrase;
        }

        public int status() {
            return status;
        }

        public String phrase() {
            return phrase;
        }
    }

    /** Whether a REGISTER is challenged. */
    enum Challenge {
        NONE,
        SINGLE_USE_NONCE,
        REUSABLE_NONCE
    }

    /** {@code host:port}, the gateways' {@code proxy}. */
    String address();

    /** {@code host:port} where nobody listens. */
    default String deadAddress() {
        return "127.0.0.1:15089";
    }

    /** How this user is answered from now on. */
    void answer(String user, Behaviour behaviour);

    /** How every OPTIONS is answered from now on. */
    void answerPings(Behaviour behaviour);

    /** This user's REGISTERs are taken at once and answered so many ticks later; challenges and un-REGISTERs are not late. */
    void delay(String user, int ticks);

    /** This user's registrations are granted for no longer than this. */
    void grant(String user, int seconds);

    /** The password of a user; who has none set is accepted with any. A wrong one is challenged again. */
    void password(String user, String password);

    /** Whether REGISTERs are challenged from now on. */
    void challenge(Challenge mode);

    /** The users who have a binding now. */
    Set<String> boundUsers();

    /** How many REGISTERs of this user came that did not un-register, challenged ones included; one that is sent again counts once. */
    int registers(String user);

    /** How many un-REGISTERs of this user came. */
    int unregisters(String user);

    /** Forgets all bindings and nothing else, as a registrar does that is restarted. */
    void forgetBindings();

    /** Forgets answers, delays, grants, passwords, bindings and counts. */
    void reset();

    @Override
    void close();
}

package io.github.ctigateway.esl.simulator;

import java.util.Objects;
import java.util.Optional;

/**
 * A user of the simulated directory, who may log in to the event socket with {@code userauth} and do what is allowed here: the
 * {@code esl-password}, {@code esl-allowed-api} and {@code esl-allowed-events} of a real one (mod_event_socket, parse_command). Immutable.
 *
 * @param address {@code user@domain}
 * @param password never empty
 * @param allowedApi the API commands, with blanks or else commas between them; all when empty. Upper and lower case differ
 * @param allowedEvents the events, in the same way; after {@code CUSTOM} the subclasses; all when empty
 */
public record SimulatedUser(
        String address, String password, Optional<String> allowedApi, Optional<String> allowedEvents) {
    public SimulatedUser {
        Objects.requireNonNull(allowedApi, "allowedApi cannot be null");
        Objects.requireNonNull(allowedEvents, "allowedEvents cannot be null");
        if (address.indexOf('@') < 1 || address.endsWith("@")) {
            throw new IllegalArgumentException("address must be user@domain, but was " + address);
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password cannot be empty: FreeSWITCH lets nobody in without one");
        }
    }

    /** One who may do everything. */
    public static SimulatedUser of(String address, String password) {
        return new SimulatedUser(address, password, Optional.empty(), Optional.empty());
    }

    /** The same, who may give only these API commands. */
    public SimulatedUser withAllowedApi(String commands) {
        return new SimulatedUser(address, password, Optional.of(commands), allowedEvents);
    }

    /** The same, who may subscribe to only these events. */
    public SimulatedUser withAllowedEvents(String events) {
        return new SimulatedUser(address, password, allowedApi, Optional.of(events));
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "SimulatedUser[" + address + ", allowedApi=" + allowedApi + ", allowedEvents=" + allowedEvents + "]";
    }
}

package io.github.ctigateway.esl.simulator;

import java.util.List;
import java.util.Optional;

/**
 * Who may use the event socket.
 *
 * @param password the socket's own
 * @param users those of the directory
 */
record EventSocketAccess(String password, List<SimulatedUser> users) {
    EventSocketAccess {
        users = List.copyOf(users);
    }

    /** The user who logs in with {@code user@domain:password}, or with {@code user:password@domain}. */
    Optional<SimulatedUser> user(String login) {
        int at = login.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = login.substring(0, at);
        String domain = login.substring(at + 1);
        String given = "";
        int colon = domain.indexOf(':');
        if (colon >= 0) {
            given = domain.substring(colon + 1);
            domain = domain.substring(0, colon);
        }
        colon = user.indexOf(':');
        if (colon >= 0) {
            given = user.substring(colon + 1);
            user = user.substring(0, colon);
        }
        String address = user + "@" + domain;
        String word = given;
        return users.stream()
                .filter(known ->
                        known.address().equals(address) && known.password().equals(word))
                .findFirst();
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "EventSocketAccess[" + users + "]";
    }
}

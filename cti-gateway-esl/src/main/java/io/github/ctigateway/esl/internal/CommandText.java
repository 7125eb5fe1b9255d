package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslIllegalCommandException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What may be sent, and as which bytes. One command is one line and an empty line. */
public final class CommandText {
    /** The client gives these itself; given by others they would break what it keeps true. */
    private static final Set<String> OWN =
            Set.of("auth", "userauth", "exit", "event", "nixevent", "noevents", "filter");

    private static final int MAX_LENGTH = 1 << 20;

    private CommandText() {}

    /**
     * Checks a raw command.
     *
     * @throws EslIllegalCommandException when it must not be sent
     */
    public static String checkRaw(String command) {
        check(command);
        String word = firstWords(command, 1).toLowerCase(Locale.ROOT);
        // FreeSWITCH compares beginnings: "exits" is exit too, and "..." as well.
        if (word.startsWith("...") || OWN.stream().anyMatch(word::startsWith)) {
            throw new EslIllegalCommandException(
                    "'" + word + "' is given by the client itself: use connect, subscribe, filter or close");
        }
        return command;
    }

    /**
     * Checks a command, or the arguments of {@code api} and {@code bgapi}.
     *
     * @throws EslIllegalCommandException when it must not be sent
     */
    public static String check(String command) {
        if (command.isBlank()) {
            throw new EslIllegalCommandException("A command cannot be empty");
        }
        if (command.length() > MAX_LENGTH) {
            throw new EslIllegalCommandException(
                    "A command of " + command.length() + " characters is too long; the limit is " + MAX_LENGTH);
        }
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw new EslIllegalCommandException("The command '" + firstWords(command, 2) + "' has a "
                        + (c == '\n' ? "line feed" : c == '\r' ? "carriage return" : "NUL") + " at position " + i
                        + ": FreeSWITCH would read a second command there");
            }
        }
        if (contains(command, "mod_event_socket") && (contains(command, "unload") || contains(command, "reload"))) {
            throw new EslIllegalCommandException(
                    "This command would unload mod_event_socket, wherever these words stand in it");
        }
        return command;
    }

    /** As FreeSWITCH looks for it: anywhere, and without regard to case. */
    private static boolean contains(String command, String word) {
        for (int i = 0; i <= command.length() - word.length(); i++) {
            // The first character alone mostly says no, and this is asked for every command.
            if ((command.charAt(i) | 0x20) == word.charAt(0)
                    && command.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** The bytes of a one-line command. */
    public static byte[] encode(String command) {
        return (command + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The first words, for messages: what comes later may be secret. */
    static String firstWords(String command, int count) {
        String[] words = command.strip().split("[\\s\\x00]+", count + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(count, words.length); i++) {
            String word = words[i].length() > 40 ? words[i].substring(0, 40) + "…" : words[i];
            text.append(i == 0 ? "" : " ").append(word);
        }
        return text.toString();
    }
}

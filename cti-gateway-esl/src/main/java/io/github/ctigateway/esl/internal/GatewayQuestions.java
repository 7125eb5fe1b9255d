package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslIllegalCommandException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks FreeSWITCH the same of many gateways. It reads a command byte by byte, with a read and a yield for each (mod_event_socket.c,
 * read_packet), which costs far more than the answer. So the question travels once for many gateways: FreeSWITCH itself puts it around
 * each of their names, and {@code eval} puts the answers in place of the questions. Where a user may not do that, or a core does not expand
 * commands ({@code api-expansion} in switch.conf), each question goes by itself. Thread-safe.
 */
final class GatewayQuestions {
    private static final Logger log = LoggerFactory.getLogger(GatewayQuestions.class);

    /** Fewer are not worth bundling. */
    private static final int FEWEST_BUNDLED = 16;

    private static final int MOST_BUNDLED = 100;

    private static final String BETWEEN = "|";

    /** No gateway's name holds it. */
    private static final String BETWEEN_NAMES = "#";

    /** What a core that expands no commands puts in place of each (switch_event.c), in one letter case or another. */
    private static final String NOT_EXPANDED = "<API execute Permission Denied>";

    private final EslClient client;
    private volatile boolean refused;

    GatewayQuestions(EslClient client) {
        this.client = client;
    }

    /**
     * The command is {@code command}, one blank, {@code before}, the gateway's name and {@code after}. None of it may hold what
     * {@code eval} expands.
     *
     * @param probe other arguments, to which the command gives some answer always; without it an expanded command that answers nothing
     *     could not be told from one that was not expanded
     */
    record Question(String command, String probe, String before, String after) {
        private String about(String gateway) {
            return command + " " + before + gateway + after;
        }

        /**
         * One command that asks about all of these. Its inner part makes the text of all questions out of the names, the probe's first, and
         * {@code eval} the answers out of that text.
         */
        private String aboutAll(List<String> gateways) {
            String opening = "${" + command + "(" + before;
            String closing = after + ")}";
            return "expand eval ${url_decode("
                    + encoded("${" + command + "(" + probe + ")}" + BETWEEN + opening)
                    + "${replace(" + String.join(BETWEEN_NAMES, gateways) + "|" + BETWEEN_NAMES + "|"
                    + encoded(closing + BETWEEN + opening) + ")}"
                    + encoded(closing) + ")}";
        }

        /** So that it is neither expanded nor taken apart before its time. */
        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /** Some gateways that were asked about in one command. */
    private record Bundle(List<String> names, CompletableFuture<String> answer) {}

    /**
     * All are in flight together. A command that changes something is given twice where the answers cannot be told apart, which those of
     * mod_sofia can unless it was loaded just then.
     *
     * @param gateways names that were checked to hold nothing but letters, digits and {@code _.-}
     * @return the answers by name, in the order of the names; empty, or {@code -ERR no reply}, where the command printed nothing
     */
    Map<String, String> ask(Question question, Collection<String> gateways) {
        Set<String> names = new LinkedHashSet<>(gateways);
        Map<String, String> bundled =
                refused || names.size() < FEWEST_BUNDLED ? Map.of() : bundled(question, List.copyOf(names));
        Map<String, CompletableFuture<String>> single = new LinkedHashMap<>();
        try {
            for (String name : names) {
                if (!bundled.containsKey(name)) {
                    single.put(name, client.apiAsync(question.about(name)));
                }
            }
            Map<String, String> answers = new LinkedHashMap<>();
            for (String name : names) {
                CompletableFuture<String> answer = single.get(name);
                answers.put(name, answer == null ? bundled.get(name) : get(answer));
            }
            return answers;
        } finally {
            cancelUnsent(single.values());
        }
    }

    /** The answers of those bundles whose answers can be told apart. */
    private Map<String, String> bundled(Question question, List<String> names) {
        List<Bundle> asked = new ArrayList<>();
        Map<String, String> answers = new HashMap<>();
        try {
            for (int from = 0; from < names.size(); from += MOST_BUNDLED) {
                List<String> some = names.subList(from, Math.min(from + MOST_BUNDLED, names.size()));
                try {
                    asked.add(new Bundle(some, client.apiAsync(question.aboutAll(some))));
                } catch (EslIllegalCommandException e) {
                    // Words that may not stand in one command can be parts of two names.
                    log.debug("Gateways of a bundle are asked for one by one: {}", e.getMessage());
                }
            }
            for (Bundle bundle : asked) {
                List<String> told = answers(bundle);
                for (int i = 0; i < told.size(); i++) {
                    answers.put(bundle.names().get(i), told.get(i));
                }
            }
            return answers;
        } finally {
            cancelUnsent(asked.stream().map(Bundle::answer).toList());
        }
    }

    /** One answer for each gateway of a bundle, or nothing. */
    private List<String> answers(Bundle bundle) {
        String answer;
        try {
            answer = get(bundle.answer());
        } catch (EslCommandRefusedException e) {
            refused(e.getMessage());
            return List.of();
        }
        if (answer.equalsIgnoreCase(NOT_EXPANDED)) {
            refused("this FreeSWITCH expands no commands");
            return List.of();
        }
        List<String> parts = List.of(answer.split("\\" + BETWEEN, -1));
        boolean probed = !parts.get(0).isEmpty();
        // More mean that an answer holds what stands between them. Fewer may pass, as while mod_sofia is loaded again.
        return probed && parts.size() == 1 + bundle.names().size() ? parts.subList(1, parts.size()) : List.of();
    }

    private void refused(@Nullable String reason) {
        refused = true;
        log.debug("Gateways are asked for one by one: {}", reason);
    }

    private static String get(CompletableFuture<String> answer) {
        return EslEngine.await(answer, "an answer of mod_sofia");
    }

    /** Nobody waits for these any more: those that were not sent yet stay so. */
    private static void cancelUnsent(Collection<CompletableFuture<String>> answers) {
        answers.forEach(answer -> answer.cancel(false));
    }
}

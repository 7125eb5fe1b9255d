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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks FreeSWITCH the same of many gateways. What a question costs it is reading the command, so one command asks about many: FreeSWITCH
 * itself puts the question around each of their names ({@code docs/event-socket.md}). Where a user may not do that, or a core does not
 * expand commands ({@code api-expansion} in switch.conf), each question goes by itself. Thread-safe.
 */
final class GatewayQuestions {
    private static final Logger log = LoggerFactory.getLogger(GatewayQuestions.class);

    /** Fewer are not worth bundling. */
    private static final int FEWEST_BUNDLED = 16;

    private static final int MOST_BUNDLED = 100;

    /** Between the answers. */
    private static final String BETWEEN = "|";

    /** No gateway's name holds it. It must not be empty: FreeSWITCH's {@code replace} takes all memory then, and dies. */
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
     * {@code eval} expands, a bracket or {@code |}.
     *
     * @param probe other arguments, to which the command gives some answer always; without it a command that answers nothing could not be
     *     told from one that is not there
     */
    record Question(String command, String probe, String before, String after) {
        private String about(String gateway) {
            return command + " " + before + gateway + after;
        }

        /**
         * One command that asks about all of these. Its inner part makes the text of all questions out of the names, with the probe's
         * before and behind them, and {@code eval} the answers out of that text.
         */
        private String aboutAll(List<String> gateways) {
            String probing = "${" + command + "(" + probe + ")}";
            String opening = "${" + command + "(" + before;
            String closing = after + ")}";
            String questions = replace(String.join(BETWEEN_NAMES, gateways), encoded(closing + BETWEEN + opening));
            return "expand eval ${url_decode(" + encoded(probing + BETWEEN + opening) + questions
                    + encoded(closing + BETWEEN + probing) + ")}";
        }

        private static String replace(String names, String betweenQuestions) {
            return "${replace(" + names + "|" + BETWEEN_NAMES + "|" + betweenQuestions + ")}";
        }

        /** So that it is neither expanded nor taken apart before its time. */
        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /** Some gateways that were asked about in one command. */
    private record Bundle(List<String> names, CompletableFuture<String> answer) {}

    /**
     * All are in flight together. Where the answers of a bundle cannot be told apart, each of its gateways is asked for again. A kill is
     * given twice like that only when mod_sofia was loaded or taken out between a probe and a kill.
     *
     * @param gateways names that were checked to hold nothing but letters, digits and {@code _.-}
     * @return the answers by name, in the order of the names; empty, or {@code -ERR no reply}, where the command printed nothing; none for
     *     a gateway whose name no command may hold
     */
    Map<String, String> ask(Question question, Collection<String> gateways) {
        Set<String> names = new LinkedHashSet<>(gateways);
        Map<String, String> bundled =
                refused || names.size() < FEWEST_BUNDLED ? Map.of() : bundled(question, List.copyOf(names));
        Map<String, CompletableFuture<String>> single = new LinkedHashMap<>();
        try {
            for (String name : names) {
                if (!bundled.containsKey(name)) {
                    askedSingly(question, name).ifPresent(answer -> single.put(name, answer));
                }
            }
            Map<String, String> answers = new LinkedHashMap<>();
            for (String name : names) {
                if (single.containsKey(name)) {
                    answers.put(name, get(single.get(name)));
                } else if (bundled.containsKey(name)) {
                    answers.put(name, bundled.get(name));
                }
            }
            return answers;
        } finally {
            cancelUnsent(single.values());
        }
    }

    /** Nothing when FreeSWITCH would be harmed by the command: one gateway must not keep all others from being managed. */
    private Optional<CompletableFuture<String>> askedSingly(Question question, String name) {
        try {
            return Optional.of(client.apiAsync(question.about(name)));
        } catch (EslIllegalCommandException e) {
            log.warn("Gateway {} is left alone: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** The answers of those bundles whose answers can be told apart. */
    private Map<String, String> bundled(Question question, List<String> names) {
        List<Bundle> asked = new ArrayList<>();
        Map<String, String> answers = new HashMap<>();
        try {
            int bundles = (names.size() + MOST_BUNDLED - 1) / MOST_BUNDLED;
            for (int i = 0; i < bundles; i++) {
                // All about as large: the number of answers proves little where there is but one name.
                List<String> some = names.subList(i * names.size() / bundles, (i + 1) * names.size() / bundles);
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
        if (isNotExpanded(answer)) {
            refused("this FreeSWITCH expands no commands");
            return List.of();
        }
        List<String> parts = List.of(answer.split(Pattern.quote(BETWEEN), -1));
        int last = parts.size() - 1;
        // Another number: an answer holds what stands between them. A probe without an answer: mod_sofia is not loaded,
        // which may pass.
        boolean complete = last == bundle.names().size() + 1
                && !parts.get(0).isEmpty()
                && !parts.get(last).isEmpty();
        return complete && parts.stream().noneMatch(GatewayQuestions::isNotExpanded)
                ? parts.subList(1, last)
                : List.of();
    }

    private static boolean isNotExpanded(String answer) {
        return answer.equalsIgnoreCase(NOT_EXPANDED);
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

package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslIllegalCommandException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks FreeSWITCH the same of many gateways. A command costs it more than the question in it (mod_event_socket.c, read_packet: one system
 * call for each byte, and an answer of two), so many questions travel in one {@code eval}, which puts each answer in its question's place.
 * Where a user may not {@code eval}, or a core does not expand commands ({@code api-expansion} in switch.conf), each goes by itself.
 * Thread-safe.
 */
final class GatewayQuestions {
    private static final Logger log = LoggerFactory.getLogger(GatewayQuestions.class);

    /** Fewer are not worth bundling. */
    private static final int FEWEST_BUNDLED = 16;

    /** A bundle is closed when it is longer than this, in characters. */
    private static final int BUNDLE_LENGTH = 1_500;

    private static final String BETWEEN = "|";

    /** What a core that expands no commands puts in place of each (switch_event.c), in one letter case or another. */
    private static final String NOT_EXPANDED = "<API execute Permission Denied>";

    private final EslClient client;
    private volatile boolean oneByOne;

    GatewayQuestions(EslClient client) {
        this.client = client;
    }

    /**
     * The command is {@code command}, one blank, {@code before}, the gateway's name and {@code after}. None of it may hold what {@code eval}
     * expands.
     *
     * @param probe other arguments, to which the command gives some answer always; without it an expanded command that answers nothing
     *     could not be told from one that was not expanded
     */
    record Question(String command, String probe, String before, String after) {
        private String arguments(String gateway) {
            return before + gateway + after;
        }

        private String expanded(String arguments) {
            return "${" + command + "(" + arguments + ")}";
        }
    }

    /**
     * All are in flight together.
     *
     * @param gateways names that were checked to hold nothing but letters, digits and {@code _.-}
     * @return the answers by name, in the order of the names; empty, or {@code -ERR no reply}, where the command printed nothing
     */
    Map<String, String> ask(Question question, Collection<String> gateways) {
        Set<String> names = new LinkedHashSet<>(gateways);
        Map<String, String> bundled = oneByOne || names.size() < FEWEST_BUNDLED ? Map.of() : bundled(question, names);
        Map<String, CompletableFuture<String>> single = new LinkedHashMap<>();
        for (String name : names) {
            if (!bundled.containsKey(name)) {
                single.put(name, client.apiAsync(question.command() + " " + question.arguments(name)));
            }
        }
        Map<String, String> answers = new LinkedHashMap<>();
        for (String name : names) {
            CompletableFuture<String> answer = single.get(name);
            answers.put(name, answer == null ? bundled.get(name) : get(answer));
        }
        return answers;
    }

    /** The answers of those bundles whose answers can be told apart. */
    private Map<String, String> bundled(Question question, Set<String> names) {
        Map<List<String>, CompletableFuture<String>> asked = new LinkedHashMap<>();
        for (List<String> bundle : bundles(question, names)) {
            StringBuilder words = new StringBuilder("eval ").append(question.expanded(question.probe()));
            bundle.forEach(name -> words.append(BETWEEN).append(question.expanded(question.arguments(name))));
            try {
                asked.put(bundle, client.apiAsync(words.toString()));
            } catch (EslIllegalCommandException e) {
                // Words that may not stand in one command can be parts of two names.
                log.debug("Gateways of a bundle are asked for one by one: {}", e.getMessage());
            }
        }
        Map<String, String> answers = new HashMap<>();
        asked.forEach((bundle, answer) -> {
            List<String> parts = parts(answer);
            // One more means that an answer holds what stands between them.
            if (parts.size() == bundle.size() + 1) {
                for (int i = 0; i < bundle.size(); i++) {
                    answers.put(bundle.get(i), parts.get(i + 1));
                }
            }
        });
        return answers;
    }

    private static List<List<String>> bundles(Question question, Set<String> names) {
        List<List<String>> bundles = new ArrayList<>();
        List<String> bundle = new ArrayList<>();
        int length = 0;
        for (String name : names) {
            bundle.add(name);
            length += question.expanded(question.arguments(name)).length();
            if (length > BUNDLE_LENGTH) {
                bundles.add(List.copyOf(bundle));
                bundle.clear();
                length = 0;
            }
        }
        if (!bundle.isEmpty()) {
            bundles.add(List.copyOf(bundle));
        }
        return bundles;
    }

    /** The probe's answer and the others; nothing when nothing was expanded. */
    private List<String> parts(CompletableFuture<String> answer) {
        List<String> parts;
        try {
            parts = List.of(get(answer).split("\\" + BETWEEN, -1));
        } catch (EslCommandRefusedException e) {
            log.debug("Gateways are asked for one by one: {}", e.getMessage());
            oneByOne = true;
            return List.of();
        }
        if (parts.get(0).equalsIgnoreCase(NOT_EXPANDED)) {
            log.debug("Gateways are asked for one by one: this FreeSWITCH expands no commands in 'eval'");
            oneByOne = true;
            return List.of();
        }
        if (parts.size() < 2 || parts.get(0).isEmpty()) {
            // May pass, as while mod_sofia is loaded again.
            log.debug("Gateways are asked for one by one: this FreeSWITCH expands no commands in 'eval' now");
            return List.of();
        }
        return parts;
    }

    private static String get(CompletableFuture<String> answer) {
        return EslEngine.await(answer, "an answer of mod_sofia");
    }
}

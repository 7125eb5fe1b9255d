package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslIllegalCommandException;
import io.github.ctigateway.esl.EslInterruptedException;
import io.github.ctigateway.esl.EslProtocolException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks FreeSWITCH the same of many gateways. A command costs it more than the question in it (mod_event_socket.c, read_packet: one system
 * call for each byte, and an answer of two), so many questions travel in one {@code eval}, which puts each answer in its question's place.
 * Where a user may not {@code eval}, or a core does not expand commands ({@code api-expansion} in switch.conf), each goes by itself. Each
 * connection is read by a thread of its own in FreeSWITCH, so very many are spread over two. Thread-safe.
 */
final class GatewayQuestions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayQuestions.class);

    /** Fewer are not worth bundling. */
    private static final int FEWEST_BUNDLED = 16;

    /** Fewer are not worth a second connection. */
    private static final int FEWEST_SPREAD = 200;

    /** A bundle is closed when it is longer than this, in characters. */
    private static final int BUNDLE_LENGTH = 1_500;

    private static final String BETWEEN = "|";

    /** What a bundle asks before its questions: which FreeSWITCH answers, and then the question's probe. */
    private static final String CORE = "${core_uuid}";

    private static final int BEFORE_ANSWERS = 2;

    /** What a core that expands no commands puts in place of each (switch_event.c), in one letter case or another. */
    private static final String NOT_EXPANDED = "<API execute Permission Denied>";

    private final EslClient client;
    private final SecondConnection second;
    private volatile boolean oneByOne;

    GatewayQuestions(EslClient client) {
        this.client = client;
        this.second = new SecondConnection(client.options());
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

    /** Some gateways that were asked about in one command. */
    private record Bundle(List<String> names, boolean overSecond, CompletableFuture<String> answer) {}

    /**
     * All are in flight together. For questions that change nothing: what the second connection does not answer is asked again over the first.
     *
     * @param gateways names that were checked to hold nothing but letters, digits and {@code _.-}
     * @return the answers by name, in the order of the names; empty, or {@code -ERR no reply}, where the command printed nothing
     */
    Map<String, String> ask(Question question, Collection<String> gateways) {
        boolean spread = !oneByOne && gateways.size() >= FEWEST_SPREAD;
        return all(question, new LinkedHashSet<>(gateways), spread ? second.ifReady() : Optional.empty());
    }

    /** As {@link #ask} for a command that changes something: it goes over one connection, and never twice. */
    Map<String, String> order(Question command, Collection<String> gateways) {
        return all(command, new LinkedHashSet<>(gateways), Optional.empty());
    }

    private Map<String, String> all(Question question, Set<String> names, Optional<EslClient> other) {
        Map<String, String> bundled =
                oneByOne || names.size() < FEWEST_BUNDLED ? Map.of() : bundled(question, names, other);
        Map<String, CompletableFuture<String>> single = new LinkedHashMap<>();
        try {
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
        } finally {
            unsent(single.values());
        }
    }

    /** The answers of those bundles whose answers can be told apart. */
    private Map<String, String> bundled(Question question, Set<String> names, Optional<EslClient> other) {
        List<Bundle> asked = new ArrayList<>();
        try {
            for (List<String> bundle : bundles(question, names)) {
                boolean overSecond = other.isPresent() && asked.size() % 2 == 1;
                StringBuilder words = new StringBuilder("eval ").append(CORE);
                words.append(BETWEEN).append(question.expanded(question.probe()));
                bundle.forEach(name -> words.append(BETWEEN).append(question.expanded(question.arguments(name))));
                try {
                    EslClient chosen = overSecond ? other.orElseThrow() : client;
                    asked.add(new Bundle(bundle, overSecond, chosen.apiAsync(words.toString())));
                } catch (EslIllegalCommandException e) {
                    // Words that may not stand in one command can be parts of two names.
                    log.debug("Gateways of a bundle are asked for one by one: {}", e.getMessage());
                }
            }
            return answers(asked);
        } finally {
            unsent(asked.stream().map(Bundle::answer).toList());
        }
    }

    private Map<String, String> answers(List<Bundle> asked) {
        Map<String, String> answers = new HashMap<>();
        Set<String> cores = new HashSet<>();
        for (Bundle bundle : asked) {
            if (!bundle.overSecond()) {
                List<String> parts = parts(bundle);
                parts.stream().findFirst().ifPresent(cores::add);
                take(bundle, parts, answers);
            }
        }
        for (Bundle bundle : asked) {
            if (bundle.overSecond()) {
                take(bundle, partsOfSecond(bundle, cores), answers);
            }
        }
        return answers;
    }

    private static void take(Bundle bundle, List<String> parts, Map<String, String> answers) {
        // More of them mean that an answer holds what stands between them.
        if (parts.size() == bundle.names().size() + BEFORE_ANSWERS) {
            for (int i = 0; i < bundle.names().size(); i++) {
                answers.put(bundle.names().get(i), parts.get(i + BEFORE_ANSWERS));
            }
        }
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

    /** As {@link #parts}; nothing when the second connection fails, or leads to another FreeSWITCH than the first. */
    private List<String> partsOfSecond(Bundle bundle, Set<String> cores) {
        try {
            List<String> parts = parts(bundle);
            if (!parts.isEmpty() && cores.contains(parts.get(0))) {
                return parts;
            }
            second.avoid(new EslProtocolException("it answers as another FreeSWITCH than the first"));
        } catch (EslInterruptedException e) {
            throw e;
        } catch (EslException e) {
            second.avoid(e);
        }
        return List.of();
    }

    /** The core's UUID, the probe's answer and the others; nothing when nothing was expanded. */
    private List<String> parts(Bundle bundle) {
        List<String> parts;
        try {
            parts = List.of(get(bundle.answer()).split("\\" + BETWEEN, -1));
        } catch (EslCommandRefusedException e) {
            log.debug("Gateways are asked for one by one: {}", e.getMessage());
            neverBundles(bundle);
            return List.of();
        }
        String probe = parts.size() < BEFORE_ANSWERS ? "" : parts.get(1);
        if (probe.equalsIgnoreCase(NOT_EXPANDED)) {
            log.debug("Gateways are asked for one by one: this FreeSWITCH expands no commands in 'eval'");
            neverBundles(bundle);
            return List.of();
        }
        if (probe.isEmpty()) {
            // May pass, as while mod_sofia is loaded again.
            log.debug("Gateways are asked for one by one: this FreeSWITCH expands no commands in 'eval' now");
            return List.of();
        }
        return parts;
    }

    /** What another FreeSWITCH says counts for nothing. */
    private void neverBundles(Bundle answered) {
        if (!answered.overSecond()) {
            oneByOne = true;
        }
    }

    private static String get(CompletableFuture<String> answer) {
        return EslEngine.await(answer, "an answer of mod_sofia");
    }

    /** Nobody waits for these any more: those that were not sent yet stay so. */
    private static void unsent(Collection<CompletableFuture<String>> answers) {
        answers.forEach(answer -> answer.cancel(false));
    }

    @Override
    public void close() {
        second.close();
    }
}

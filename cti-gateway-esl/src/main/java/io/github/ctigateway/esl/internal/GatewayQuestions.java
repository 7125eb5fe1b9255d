package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslIllegalCommandException;
import io.github.ctigateway.esl.EslInterruptedException;
import java.time.Duration;
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
 * Asks FreeSWITCH the same of many gateways. A command costs it more than the question in it (mod_event_socket.c, read_packet: a read and
 * a yield for each byte, and an answer of two writes), so many questions travel in one {@code eval}, which puts each answer in its
 * question's place. Where a user may not {@code eval}, or a core does not expand commands ({@code api-expansion} in switch.conf), each goes
 * by itself. Each connection is read by a thread of its own in FreeSWITCH, so very many are spread over two. Thread-safe.
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

    /** What questions that are spread begin with: it tells which FreeSWITCH answers. */
    private static final String CORE = "${core_uuid}";

    /**
     * So long a second connection may take, and a little more for each gateway: it is as busy as the first, and one that a firewall forgot
     * would hold up everything until the deadline of a command.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE_FOR_EACH = Duration.ofNanos(200_000);

    /** A second connection that could not be made, or failed, is left alone for so long. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** What a core that expands no commands puts in place of each (switch_event.c), in one letter case or another. */
    private static final String NOT_EXPANDED = "<API execute Permission Denied>";

    private final EslClient client;
    private final SecondConnection second;

    private enum Bundling {
        UNTRIED,
        WORKS,
        REFUSED
    }

    private volatile Bundling bundling = Bundling.UNTRIED;

    GatewayQuestions(EslClient client) {
        this(client, PAUSE);
    }

    /** @param pause a second connection that could not be made, or failed, is left alone for so long */
    GatewayQuestions(EslClient client, Duration pause) {
        this.client = client;
        this.second = new SecondConnection(client.options(), pause);
    }

    /**
     * The command is {@code command}, one blank, {@code before}, the gateway's name and {@code after}. None of it may hold what
     * {@code eval} expands.
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

    private enum Route {
        ONLY,
        FIRST_OF_TWO,
        SECOND
    }

    /** Some gateways that were asked about in one command. */
    private record Bundle(List<String> names, Route route, CompletableFuture<String> answer) {
        /** How many answers come before those about gateways: the probe's, and before it the core's UUID where there is a second route. */
        private int leading() {
            return route == Route.ONLY ? 1 : 2;
        }
    }

    /**
     * All are in flight together. For questions that change nothing: what the second connection does not answer is asked again over the
     * first.
     *
     * @param gateways names that were checked to hold nothing but letters, digits and {@code _.-}
     * @return the answers by name, in the order of the names; empty, or {@code -ERR no reply}, where the command printed nothing
     */
    Map<String, String> ask(Question question, Collection<String> gateways) {
        boolean veryMany = gateways.size() >= FEWEST_SPREAD;
        Map<String, String> answers =
                all(question, new LinkedHashSet<>(gateways), veryMany ? second.ifReady() : Optional.empty());
        if (veryMany && bundling == Bundling.WORKS) {
            second.prepare();
        }
        return answers;
    }

    /**
     * As {@link #ask} for a command that changes something: it goes over the first connection only, and again only where the answers could
     * not be told apart, which those of mod_sofia can unless it was loaded just then.
     */
    Map<String, String> tell(Question command, Collection<String> gateways) {
        return all(command, new LinkedHashSet<>(gateways), Optional.empty());
    }

    private Map<String, String> all(Question question, Set<String> names, Optional<EslClient> other) {
        Map<String, String> bundled = bundling == Bundling.REFUSED || names.size() < FEWEST_BUNDLED
                ? Map.of()
                : bundled(question, names, other);
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
            cancelUnsent(single.values());
        }
    }

    /** The answers of those bundles whose answers can be told apart. */
    private Map<String, String> bundled(Question question, Set<String> names, Optional<EslClient> other) {
        List<Bundle> asked = new ArrayList<>();
        try {
            for (List<String> bundle : bundles(question, names)) {
                Route route = other.isEmpty() ? Route.ONLY : asked.size() % 2 == 0 ? Route.FIRST_OF_TWO : Route.SECOND;
                StringBuilder words = new StringBuilder("eval ");
                if (route != Route.ONLY) {
                    words.append(CORE).append(BETWEEN);
                }
                words.append(question.expanded(question.probe()));
                bundle.forEach(name -> words.append(BETWEEN).append(question.expanded(question.arguments(name))));
                try {
                    CompletableFuture<String> answer = route == Route.SECOND
                            ? other.orElseThrow().apiAsync(words.toString(), patience(names.size()))
                            : client.apiAsync(words.toString());
                    asked.add(new Bundle(bundle, route, answer));
                } catch (EslIllegalCommandException e) {
                    // Words that may not stand in one command can be parts of two names.
                    log.debug("Gateways of a bundle are asked for one by one: {}", e.getMessage());
                }
            }
            return answers(asked);
        } finally {
            cancelUnsent(asked.stream().map(Bundle::answer).toList());
        }
    }

    private Duration patience(int gateways) {
        Duration patience = PATIENCE.plus(PATIENCE_FOR_EACH.multipliedBy(gateways));
        Duration longest = client.options().commandTimeout();
        return patience.compareTo(longest) < 0 ? patience : longest;
    }

    private Map<String, String> answers(List<Bundle> asked) {
        Map<String, String> answers = new HashMap<>();
        Set<String> cores = new HashSet<>();
        // Those of the second connection count only for the FreeSWITCH that answers over the first.
        for (Bundle bundle : asked) {
            if (bundle.route() != Route.SECOND) {
                List<String> parts = parts(bundle);
                parts.stream().findFirst().ifPresent(cores::add);
                addAnswers(bundle, parts, answers);
            }
        }
        for (Bundle bundle : asked) {
            if (bundle.route() == Route.SECOND) {
                addAnswers(bundle, partsOfSecond(bundle, cores), answers);
            }
        }
        return answers;
    }

    /** Adds the answers, when there is one for each: more mean that one holds what stands between them, none that nothing was expanded. */
    private static void addAnswers(Bundle bundle, List<String> parts, Map<String, String> answers) {
        if (parts.size() == bundle.leading() + bundle.names().size()) {
            for (int i = 0; i < bundle.names().size(); i++) {
                answers.put(bundle.names().get(i), parts.get(bundle.leading() + i));
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
            if (parts.isEmpty() || cores.contains(parts.get(0))) {
                return parts;
            }
            if (!cores.isEmpty()) {
                second.avoid("another FreeSWITCH answers there");
            }
        } catch (EslInterruptedException e) {
            throw e;
        } catch (EslException e) {
            second.avoid(String.valueOf(e.getMessage()));
        }
        return List.of();
    }

    /** All answers of a bundle, the leading ones included; nothing when nothing was expanded. */
    private List<String> parts(Bundle bundle) {
        List<String> parts;
        try {
            parts = List.of(get(bundle.answer()).split("\\" + BETWEEN, -1));
        } catch (EslCommandRefusedException e) {
            log.debug("Gateways are asked for one by one: {}", e.getMessage());
            neverBundles(bundle);
            return List.of();
        }
        String probe = parts.size() <= bundle.leading() ? "" : parts.get(bundle.leading() - 1);
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
        if (bundling == Bundling.UNTRIED) {
            bundling = Bundling.WORKS;
        }
        return parts;
    }

    /** What another FreeSWITCH says counts for nothing. */
    private void neverBundles(Bundle answered) {
        if (answered.route() != Route.SECOND) {
            bundling = Bundling.REFUSED;
        }
    }

    private static String get(CompletableFuture<String> answer) {
        return EslEngine.await(answer, "an answer of mod_sofia");
    }

    /** Nobody waits for these any more: those that were not sent yet stay so. */
    private static void cancelUnsent(Collection<CompletableFuture<String>> answers) {
        answers.forEach(answer -> answer.cancel(false));
    }

    @Override
    public void close() {
        second.close();
    }
}

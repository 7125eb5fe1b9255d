package io.github.ctigateway.esl.internal;

import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.ProfileNotFoundException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.internal.GatewayQuestions.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * mod_sofia's commands for one profile, and what their answers mean. A gateway is always named {@code PROFILE::NAME}: the bare name would
 * be looked up on the whole switch. {@code register} and {@code unregister} are never sent, as they leak a lock on gateways that do not
 * register.
 */
public final class SofiaCommands {
    private static final Logger log = LoggerFactory.getLogger(SofiaCommands.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\-]+");
    /** A running profile in {@code sofia xmlstatus}, where one stands once for each of its transports. */
    private static final Pattern PROFILE = Pattern.compile("<profile>\n<name>(.*?)</name>\n<type>", Pattern.DOTALL);

    private static final String NOTHING = "-ERR no reply";
    private static final String RELOAD = "Reload XML [";
    private static final String RELOADED = "Reload XML [Success]";
    private static final String NO_GATEWAY = "Invalid Gateway!";

    private final EslClient client;
    private final GatewayQuestions questions;
    private final String profile;

    /** @throws IllegalArgumentException when the profile's name cannot be one */
    public SofiaCommands(EslClient client, String profile) {
        this.client = client;
        this.questions = new GatewayQuestions(client);
        this.profile = profileName(profile);
    }

    /**
     * The name.
     *
     * @throws IllegalArgumentException when it cannot be a profile's
     */
    public static String profileName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a profile's name consists of ASCII letters, digits, '_', '.' and '-': this one does not");
        }
        return name;
    }

    public SwitchIdentity identity() {
        CompletableFuture<String> node = client.apiAsync("switchname");
        CompletableFuture<String> core = client.apiAsync("global_getvar core_uuid");
        return new SwitchIdentity(value(get(node), "switchname"), value(get(core), "global_getvar core_uuid"));
    }

    public List<LiveGateway> live() {
        // xmlstatus does not say whether the profile runs; an empty list would be taken for "no gateways".
        CompletableFuture<String> probe = client.apiAsync("sofia profile " + profile + " gwlist down");
        CompletableFuture<String> status = client.apiAsync("sofia xmlstatus gateway");
        checkProfile(get(probe));
        String document = get(status);
        return XmlStatusReader.read(document).orElseThrow(() -> unexpected("sofia xmlstatus gateway", document));
    }

    public Set<String> names() {
        return names(profile, lists(profile));
    }

    public Set<String> namesOnAllProfiles() {
        String document = get(client.apiAsync("sofia xmlstatus"));
        if (!document.startsWith("<?xml") || !document.stripTrailing().endsWith("</profiles>")) {
            throw unexpected("sofia xmlstatus", document);
        }
        Set<String> others =
                PROFILE.matcher(document).results().map(found -> found.group(1)).collect(Collectors.toSet());
        boolean complete = others.remove(profile);
        // Another name is none to put into a command.
        if (complete && others.stream().allMatch(name -> NAME.matcher(name).matches())) {
            List<CompletableFuture<String>> ours = lists(profile);
            Map<String, List<CompletableFuture<String>>> theirs = new LinkedHashMap<>();
            others.forEach(name -> theirs.put(name, lists(name)));
            Set<String> names = new HashSet<>(names(profile, ours));
            try {
                theirs.forEach((name, lists) -> names.addAll(names(name, lists)));
                return names;
            } catch (ProfileNotFoundException e) {
                log.debug("It was stopped meanwhile, or is named otherwise: {}", e.getMessage());
            }
        }
        return live().stream().map(LiveGateway::name).collect(Collectors.toSet());
    }

    /** A gateway can go up or down between two of these, but not come back down unseen. */
    private List<CompletableFuture<String>> lists(String ofProfile) {
        return Stream.of("up", "down", "up")
                .map(status -> client.apiAsync("sofia profile " + ofProfile + " gwlist " + status))
                .toList();
    }

    private static Set<String> names(String ofProfile, List<CompletableFuture<String>> lists) {
        Set<String> names = new HashSet<>();
        for (CompletableFuture<String> list : lists) {
            String answer = get(list);
            checkProfile(answer, ofProfile);
            if (!answer.startsWith("-ERR")) {
                Collections.addAll(names, answer.strip().split(" ", -1));
            } else if (!answer.strip().equals(NOTHING)) {
                throw unexpected("sofia profile gwlist", answer);
            }
        }
        names.remove("");
        return names;
    }

    /** Without the profile: a name that lives elsewhere is found as well. */
    public List<LiveGateway> find(Collection<String> gateways) {
        List<LiveGateway> found = new ArrayList<>();
        ask(xmlStatus(""), gateways).forEach((gateway, answer) -> {
            if (!answer.startsWith(NO_GATEWAY)) {
                found.addAll(XmlStatusReader.readOne(answer)
                        .orElseThrow(() -> unexpected("sofia xmlstatus gateway", answer)));
            }
        });
        return found;
    }

    public Map<String, String> variables(Collection<String> gateways, String variable) {
        check(variable, "variable");
        Map<String, String> values = new LinkedHashMap<>();
        Question question = new Question("sofia_gateway_data", "", profile + "::", " var " + variable);
        ask(question, gateways).forEach((gateway, answer) -> {
            if (answer.startsWith("-ERR ") && answer.contains("Command not found")) {
                throw unexpected("sofia_gateway_data", answer);
            }
            if (!answer.isEmpty() && !answer.strip().equals(NOTHING)) {
                values.put(gateway, answer);
            }
        });
        return values;
    }

    public Set<String> present(Collection<String> gateways) {
        Set<String> present = new LinkedHashSet<>();
        ask(xmlStatus(profile + "::"), gateways).forEach((gateway, answer) -> {
            if (answer.startsWith("<?xml")) {
                present.add(gateway);
            } else if (!answer.startsWith(NO_GATEWAY)) {
                throw unexpected("sofia xmlstatus gateway", answer);
            }
        });
        return present;
    }

    public Map<String, Integer> calls(Collection<String> gateways) {
        return ChannelCalls.count(client, Set.copyOf(gateways));
    }

    public Set<String> kill(Collection<String> gateways) {
        Set<String> unknown = new LinkedHashSet<>();
        Question kill = sofia("profile " + profile + " killgw " + profile + "::");
        ask(kill, gateways).forEach((gateway, answer) -> {
            checkProfile(answer);
            if (answer.startsWith("-ERR no such gateway")) {
                unknown.add(gateway);
            } else if (!answer.startsWith("+OK")) {
                throw unexpected("sofia profile " + profile + " killgw", answer);
            }
        });
        return unknown;
    }

    public void start(StartCommand command) {
        String words = "sofia profile " + profile
                + switch (command) {
                    case RESCAN -> " rescan";
                    case START_ALL -> " startgw _all_";
                };
        // Both read all XML again, which can take long: as a job it holds up nothing else.
        String answer = client.bgapi(words);
        checkProfile(answer);
        if (answer.toLowerCase(Locale.ROOT).contains("unknown command")) {
            throw new SwitchRefusedException(
                    "This FreeSWITCH has no '" + words
                            + "', which came with 1.8: use a publisher that works with rescan",
                    null);
        }
        if (answer.startsWith(RELOAD) && !answer.startsWith(RELOADED)) {
            throw new SwitchRefusedException(
                    "FreeSWITCH cannot read its XML and goes on with what it read before: '" + printable(answer) + "'",
                    null);
        }
        if (!answer.contains("+OK")) {
            throw unexpected(words, answer);
        }
    }

    private static Question xmlStatus(String prefix) {
        return sofia("xmlstatus gateway " + prefix);
    }

    private static Question sofia(String words) {
        return new Question("sofia", "profile", words, "");
    }

    private Map<String, String> ask(Question question, Collection<String> gateways) {
        return questions.ask(question, checked(gateways));
    }

    private static Collection<String> checked(Collection<String> gateways) {
        gateways.forEach(gateway -> check(gateway, "gateway"));
        return gateways;
    }

    private static String get(CompletableFuture<String> answer) {
        return EslEngine.await(answer, "an answer of mod_sofia");
    }

    private void checkProfile(String answer) {
        checkProfile(answer, profile);
    }

    private static void checkProfile(String answer, String asked) {
        if (answer.startsWith("Invalid Profile")) {
            throw new ProfileNotFoundException(asked);
        }
    }

    private static String value(String answer, String command) {
        String value = answer.strip();
        if (value.isEmpty() || value.startsWith("-ERR")) {
            throw unexpected(command, answer);
        }
        return value;
    }

    private static void check(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw new SwitchRefusedException(
                    "The " + what + " name '" + printable(name)
                            + "' is not sent to FreeSWITCH: only ASCII letters, digits, '_', '.' and '-' may be in it",
                    null);
        }
    }

    private static RuntimeException unexpected(String command, String answer) {
        if (answer.contains("Command not found")) {
            return new SwitchRefusedException("FreeSWITCH does not know '" + command + "': is mod_sofia loaded?", null);
        }
        if (answer.startsWith("-ERR")) {
            return new SwitchRefusedException(
                    "FreeSWITCH answered '" + command + "' with '" + printable(answer) + "'", null);
        }
        return new SwitchUnavailableException(
                "FreeSWITCH answered '" + command + "' with something unexpected: '" + printable(answer) + "'",
                false,
                null);
    }

    private static String printable(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}

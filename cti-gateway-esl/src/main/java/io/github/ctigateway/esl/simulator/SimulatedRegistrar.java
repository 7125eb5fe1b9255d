package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.model.SofiaText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registrars that the simulated gateways talk to, in one: it says how each gateway is answered, holds the bindings (what an inbound
 * call would find), and counts. Everything may be changed while the simulator runs; it counts from the next request. Thread-safe.
 *
 * <p>It accepts everybody unless told otherwise. Of several answers the one for the gateway comes first, then the one for the user, then
 * the one for the registrar's address (the gateway's {@code proxy} without {@code sip:}), then the default.
 */
public final class SimulatedRegistrar {
    /** Whether a REGISTER is challenged before it is looked at. */
    public enum Challenge {
        /** Never: one request, one answer. */
        NONE,
        /** Each time: a nonce is good once, so an un-REGISTER, which mod_sofia does not repeat, is always lost. */
        SINGLE_USE_NONCE,
        /** Once: credentials of an earlier challenge are good again. */
        REUSABLE_NONCE
    }

    private static final String REALM = "test.invalid";
    private static final int MAX_CREDENTIALS = 255;
    private static final String DEFAULT_IP = "127.0.0.1";
    private static final int DEFAULT_PORT = 5060;

    private final Map<String, RegistrarAnswer> byGateway = new HashMap<>();
    private final Map<String, RegistrarAnswer> byUser = new HashMap<>();
    private final Map<String, RegistrarAnswer> byAddress = new HashMap<>();
    private final Map<String, RegistrarAnswer> pings = new HashMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Map<String, Long>> bindings = new TreeMap<>();
    private final Map<String, Integer> registers = new HashMap<>();
    private final Map<String, Integer> unregisters = new HashMap<>();
    private RegistrarAnswer byDefault = RegistrarAnswer.accept();
    private RegistrarAnswer wrongPassword = RegistrarAnswer.forbidden();
    private RegistrarAnswer pingDefault = RegistrarAnswer.accept();
    private Challenge challenge = Challenge.NONE;
    private String networkIp = DEFAULT_IP;
    private int networkPort = DEFAULT_PORT;
    private long now;

    SimulatedRegistrar() {}

    /** How everybody is answered for whom nothing else was said. */
    public synchronized SimulatedRegistrar byDefault(RegistrarAnswer answer) {
        byDefault = answer;
        return this;
    }

    /** How the REGISTERs of this gateway are answered. */
    public synchronized SimulatedRegistrar forGateway(String gateway, RegistrarAnswer answer) {
        byGateway.put(gateway, answer);
        return this;
    }

    /** How the REGISTERs with this {@code username} are answered. */
    public synchronized SimulatedRegistrar forUser(String user, RegistrarAnswer answer) {
        byUser.put(user, answer);
        return this;
    }

    /** How REGISTERs and pings that go to this address are answered, such as {@code 192.0.2.7:5060}. */
    public synchronized SimulatedRegistrar forAddress(String address, RegistrarAnswer answer) {
        byAddress.put(address, answer);
        return this;
    }

    /** How the pings of every gateway are answered for which nothing else was said. */
    public synchronized SimulatedRegistrar pingsByDefault(RegistrarAnswer answer) {
        pingDefault = answer;
        return this;
    }

    /** How the pings of this gateway are answered. */
    public synchronized SimulatedRegistrar pingsOf(String gateway, RegistrarAnswer answer) {
        pings.put(gateway, answer);
        return this;
    }

    /** From now on this {@code username} must have this password, else it is answered as {@link #wrongPassword} says. */
    public synchronized SimulatedRegistrar password(String user, String password) {
        passwords.put(user, password);
        return this;
    }

    /** How a wrong password is answered: {@code 403 Forbidden} unless set; 401 challenges again, which the SIP stack reports as 904. */
    public synchronized SimulatedRegistrar wrongPassword(RegistrarAnswer answer) {
        wrongPassword = answer;
        return this;
    }

    /** Whether and how REGISTERs are challenged. */
    public synchronized SimulatedRegistrar challenge(Challenge mode) {
        challenge = mode;
        return this;
    }

    /** The address that events show as {@code Register-Network-IP} and {@code -Port}. */
    public synchronized SimulatedRegistrar networkAddress(String ip, int port) {
        networkIp = ip;
        networkPort = port;
        return this;
    }

    /** The contacts that an inbound call would find, by address of record ({@code user@host}); expired ones are gone. */
    public synchronized Map<String, Set<String>> bindings() {
        Map<String, Set<String>> result = new TreeMap<>();
        bindings.forEach((address, contacts) -> {
            Set<String> live = new TreeSet<>();
            contacts.forEach((contact, until) -> {
                if (until > now) {
                    live.add(contact);
                }
            });
            if (!live.isEmpty()) {
                result.put(address, live);
            }
        });
        return result;
    }

    /** How many REGISTERs with this {@code username} came, challenged ones and those that were not answered included. */
    public synchronized int registers(String user) {
        return registers.getOrDefault(user, 0);
    }

    /** How many un-REGISTERs with this {@code username} came. */
    public synchronized int unregisters(String user) {
        return unregisters.getOrDefault(user, 0);
    }

    /** Forgets all bindings, as a registrar that was restarted. */
    public synchronized void forgetBindings() {
        bindings.clear();
    }

    /** Forgets everything: what was set, the bindings, and the counts. */
    public synchronized SimulatedRegistrar reset() {
        List.of(byGateway, byUser, byAddress, pings, passwords, bindings, registers, unregisters)
                .forEach(Map::clear);
        byDefault = RegistrarAnswer.accept();
        wrongPassword = RegistrarAnswer.forbidden();
        pingDefault = RegistrarAnswer.accept();
        challenge = Challenge.NONE;
        networkIp = DEFAULT_IP;
        networkPort = DEFAULT_PORT;
        return this;
    }

    synchronized void now(long seconds) {
        now = seconds;
    }

    synchronized SipAnswer receive(SipRequest request) {
        String user = request.gateway().username();
        if (request.kind() == SipRequest.Kind.OPTIONS) {
            RegistrarAnswer byPlace = byAddress.getOrDefault(address(request.gateway()), pingDefault);
            return answer(pings.getOrDefault(request.gateway().name(), byPlace), 0);
        }
        boolean leaving = request.kind() == SipRequest.Kind.UNREGISTER;
        RegistrarAnswer answer = answerFor(request.gateway());
        if (answer.kind() != RegistrarAnswer.Kind.UNREACHABLE) {
            (leaving ? unregisters : registers).merge(user, 1, Integer::sum);
        }
        if (answer.kind() == RegistrarAnswer.Kind.ANSWER && isChallenged(request)) {
            return new SipAnswer(401, "Unauthorized", 0, 0, Optional.of(networkIp), networkPort);
        }
        String password = passwords.get(user);
        if (password != null && answer.kind() == RegistrarAnswer.Kind.ANSWER && !password.equals(passwordOf(request))) {
            answer = wrongPassword;
        }
        int granted = 0;
        if (answer.kind() == RegistrarAnswer.Kind.ANSWER && answer.status() == 200) {
            granted = bind(request.gateway(), leaving, answer.granted());
        }
        return answer(answer, granted);
    }

    /**
     * The password that arrives. Credentials go through mod_sofia and the SIP stack as {@code scheme:"realm":user:password} in 255 bytes,
     * and the stack takes the password to end at its first colon (sofia_reg_handle_sip_r_challenge; sofia-sip, auc_credentials): one with
     * a colon, or a very long one, never passes a digest challenge.
     */
    private static String passwordOf(SipRequest request) {
        String password = request.gateway().password();
        if (request.credentials() == SipRequest.Credentials.NONE) {
            return password;
        }
        String prefix = request.gateway().scheme() + ":\"" + REALM + "\":"
                + request.gateway().authUsername() + ":";
        byte[] all = (prefix + password).getBytes(StandardCharsets.UTF_8);
        String passed = new String(all, 0, Math.min(all.length, MAX_CREDENTIALS), StandardCharsets.UTF_8);
        String cut = passed.length() > prefix.length() ? passed.substring(prefix.length()) : "";
        int colon = cut.indexOf(':');
        return colon < 0 ? cut : cut.substring(0, colon);
    }

    private boolean isChallenged(SipRequest request) {
        return switch (challenge) {
            case NONE -> false;
            case SINGLE_USE_NONCE -> request.credentials() != SipRequest.Credentials.NEW_NONCE;
            case REUSABLE_NONCE -> request.credentials() == SipRequest.Credentials.NONE;
        };
    }

    private int bind(GatewaySettings gateway, boolean leaving, int longest) {
        Map<String, Long> contacts =
                bindings.computeIfAbsent(gateway.registeredAddress(), address -> new LinkedHashMap<>());
        if (leaving) {
            contacts.remove(gateway.contact());
            return 0;
        }
        int asked = SofiaText.atoi(gateway.expires());
        int granted = longest > 0 ? Math.min(longest, asked) : asked;
        contacts.put(gateway.contact(), now + granted);
        return granted;
    }

    private SipAnswer answer(RegistrarAnswer answer, int granted) {
        return switch (answer.kind()) {
            case SILENT -> SipAnswer.local(408, "Request Timeout", SipAnswer.STACK_TIMEOUT_TICKS);
            case UNREACHABLE -> SipAnswer.local(503, "Service Unavailable", answer.delayTicks());
            case ANSWER ->
                new SipAnswer(
                        answer.status(),
                        answer.phrase(),
                        granted,
                        answer.delayTicks(),
                        Optional.of(networkIp),
                        networkPort);
        };
    }

    private RegistrarAnswer answerFor(GatewaySettings gateway) {
        RegistrarAnswer answer = byGateway.get(gateway.name());
        if (answer == null) {
            answer = byUser.get(gateway.username());
        }
        if (answer == null) {
            answer = byAddress.get(address(gateway));
        }
        return answer == null ? byDefault : answer;
    }

    private static String address(GatewaySettings gateway) {
        return gateway.proxy().replaceFirst("(?i)^sip:", "");
    }
}

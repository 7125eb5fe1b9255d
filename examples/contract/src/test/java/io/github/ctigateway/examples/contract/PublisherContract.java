package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewayStamp;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.contract.ContractCases;
import io.github.ctigateway.esl.contract.GatewayWatch;
import io.github.ctigateway.esl.contract.HostileText;
import io.github.ctigateway.esl.contract.TestRegistrar.Challenge;
import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.validation.GatewayValidator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a publisher makes readable is what the server takes in: that, all of it, unchanged, and nothing else. What a publisher promises
 * without a server is in {@code GatewayPublisherContract} of the api.
 */
public abstract class PublisherContract extends ContractCases {
    private static final GatewayStamp STAMP = GatewayStamp.under("contract".getBytes(StandardCharsets.UTF_8));
    private static final int PASSWORDS_AT_ONCE = 500;

    @SuppressWarnings("NullAway.Init") // set before each case
    private GatewayPublisher publisher;

    @SuppressWarnings("NullAway.Init") // set before each case
    private EslGatewaySwitch node;

    /** A publisher that has published nothing; closed after each case. */
    protected abstract GatewayPublisher openPublisher();

    @BeforeEach
    final void openBoth() {
        publisher = openPublisher();
        node = EslGatewaySwitch.open(
                EslOptions.of(server().host(), server().port(), server().password()), server().profile());
    }

    @AfterEach
    final void closeBoth() {
        node.close();
        publisher.publish(List.of(), Set.of());
        publisher.close();
    }

    /** The publisher under test. */
    protected final GatewayPublisher publisher() {
        return publisher;
    }

    /** Publishes, and has the server take in what is pending. */
    protected final void publishAndStart(Collection<Gateway> wanted, Set<String> pending) {
        publisher.publish(wanted, pending);
        node.start(publisher.startCommand());
    }

    /** The stamps that run, by gateway. */
    protected final Map<String, String> stamps() {
        return node.variables(live(), GatewayValidator.STAMP_VARIABLE);
    }

    /** The stamps of definitions, by gateway. */
    protected static Map<String, String> stampsOf(Gateway... gateways) {
        return Arrays.stream(gateways)
                .collect(
                        Collectors.toMap(Gateway::name, gateway -> variable(gateway, GatewayValidator.STAMP_VARIABLE)));
    }

    private static String variable(Gateway gateway, String name) {
        return gateway.variables().stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** A gateway that does not register, stamped. */
    protected static Gateway resting(String name, String realm) {
        return STAMP.stamped(Gateway.builder(name)
                .set(Parameters.REGISTER, false)
                .set(Parameters.REALM, realm)
                .build());
    }

    private Gateway registeringTrunk(String user, String password) {
        return STAMP.stamped(Gateway.builder("ctitest-" + user)
                .set(Parameters.USERNAME, user)
                .set(Parameters.PASSWORD, password)
                .set(Parameters.REALM, "test.invalid")
                .set(Parameters.PROXY, server().registrar().address())
                .build());
    }

    @Test
    void pendingGatewaysBecomeLiveWithTheirStamps() {
        Gateway one = resting("ctitest-one", "r.example");
        Gateway two = registeringTrunk("two", "pw");

        publishAndStart(List.of(one, two), Set.of("ctitest-one", "ctitest-two"));

        assertThat(stamps()).isEqualTo(stampsOf(one, two));
        within(5, () -> server().registrar().boundUsers().equals(Set.of("two")));
    }

    @Test
    void wantedGatewayThatIsNotPendingIsNotDisturbed() {
        Gateway running = registeringTrunk("running", "pw");
        Gateway changed = resting("ctitest-changed", "before.example");
        publishAndStart(List.of(running, changed), Set.of("ctitest-running", "ctitest-changed"));
        within(5, () -> client().api("sofia xmlstatus gateway ctitest-running").contains("<state>REGED<"));

        try (GatewayWatch watch = GatewayWatch.of(server())) {
            Gateway added = resting("ctitest-added", "r.example");
            publishAndStart(
                    List.of(running, resting("ctitest-changed", "after.example"), added), Set.of("ctitest-added"));
            within(2, () -> watch.of("ctitest-added").size() == 1);
            profile("rescan");

            assertThat(stamps()).isEqualTo(stampsOf(running, changed, added));
            assertThat(watch.of("ctitest-running")).isEmpty();
            assertThat(watch.of("ctitest-changed")).isEmpty();
            assertThat(server().registrar().registers("running")).isEqualTo(1);
            assertThat(server().registrar().unregisters("running")).isZero();
        }
    }

    @Test
    void changedGatewayComesWithItsNewDefinitionOnceTheOldIsGone() {
        Gateway before = resting("ctitest-replaced", "before.example");
        Gateway after = resting("ctitest-replaced", "after.example");
        publishAndStart(List.of(before), Set.of("ctitest-replaced"));

        publisher.publish(List.of(after), Set.of("ctitest-replaced"));
        assertThat(node.kill(List.of("ctitest-replaced"))).isEmpty();
        within(5, () -> live().isEmpty());
        node.start(publisher.startCommand());

        assertThat(stamps()).isEqualTo(stampsOf(after));
        assertThat(client().api("sofia xmlstatus gateway ctitest-replaced")).contains("<realm>after.example</realm>");
    }

    @Test
    void withdrawnGatewayStaysUntilItIsKilledAndNeverComesBack() {
        Gateway kept = resting("ctitest-kept", "r.example");
        Gateway gone = resting("ctitest-gone", "r.example");
        publishAndStart(List.of(kept, gone), Set.of("ctitest-kept", "ctitest-gone"));

        publishAndStart(List.of(kept), Set.of());
        assertThat(live()).containsExactly("ctitest-gone", "ctitest-kept");
        node.kill(List.of("ctitest-gone"));
        within(5, () -> live().equals(Set.of("ctitest-kept")));

        node.start(publisher.startCommand());
        profile("rescan");
        profile("startgw ctitest-gone");
        profile("startgw _all_");
        assertThat(live()).containsExactly("ctitest-kept");
    }

    @Test
    void plainRescanTakesInEveryWantedGateway() {
        Gateway one = resting("ctitest-one", "r.example");
        Gateway two = resting("ctitest-two", "r.example");
        publisher.publish(List.of(one, two), Set.of());

        profile("rescan");

        assertThat(stamps()).isEqualTo(stampsOf(one, two));
    }

    @Test
    void hostileValuesArriveUnchanged() {
        List<String> values = HostileText.all();
        Gateway.Builder hostile = Gateway.builder("ctitest-hostile")
                .set(Parameters.REGISTER, false)
                .variable("last", "v", Direction.BOTH);
        IntStream.range(0, values.size()).forEach(i -> hostile.variable("v" + i, values.get(i), Direction.BOTH));

        publishAndStart(List.of(hostile.build()), Set.of("ctitest-hostile"));

        assertThat(IntStream.range(0, values.size())
                        .mapToObj(i -> client().api("sofia_gateway_data ctitest-hostile var v" + i))
                        .toList())
                .isEqualTo(values);
    }

    @Test
    void hostilePasswordsRegisterUnderDigest() {
        // With a colon none registers, however it is published: the SIP stack takes a password to end there.
        List<String> passwords = HostileText.all().stream()
                .filter(password -> !password.contains(":"))
                .toList();
        server().registrar().challenge(Challenge.SINGLE_USE_NONCE);
        IntStream.range(0, passwords.size()).forEach(i -> server().registrar().password("p" + i, passwords.get(i)));
        List<Gateway> gateways = IntStream.range(0, passwords.size())
                .mapToObj(i -> registeringTrunk("p" + i, passwords.get(i)))
                .toList();

        for (int done = PASSWORDS_AT_ONCE; done < gateways.size() + PASSWORDS_AT_ONCE; done += PASSWORDS_AT_ONCE) {
            List<Gateway> wanted = gateways.subList(0, Math.min(done, gateways.size()));
            publishAndStart(
                    wanted,
                    wanted.subList(done - PASSWORDS_AT_ONCE, wanted.size()).stream()
                            .map(Gateway::name)
                            .collect(Collectors.toSet()));
            within(20, () -> server().registrar().boundUsers().size() == wanted.size());
        }
    }
}

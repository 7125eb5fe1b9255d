package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.contract.ContractCases;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.redis.RedisStatusSink;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store, a publisher, the controller, Redis and a server together, for each case anew. */
public abstract class WholeLibrary extends ContractCases {
    private static final RedisStatusOptions REDIS_STATUS = RedisStatusOptions.defaults();

    private final LocalRedis redis = LocalRedis.start();

    @SuppressWarnings("NullAway.Init") // set before each case
    private InMemoryGatewayStore store;

    @SuppressWarnings("NullAway.Init") // set before each case
    private EslGatewaySwitch node;

    @SuppressWarnings("NullAway.Init") // set before each case
    private GatewayController controller;

    @SuppressWarnings("NullAway.Init") // set before each case
    private GatewayPublisher publisher;

    /** The publisher under test: files, unless a subclass says otherwise. */
    protected GatewayPublisher openPublisher() {
        return XmlDirectoryPublisher.at(server().gatewayDirectory());
    }

    @BeforeEach
    final void compose() {
        store = InMemoryGatewayStore.create("example.com");
        node = EslGatewaySwitch.open(
                EslOptions.of(server().host(), server().port(), server().password()), server().profile());
        publisher = openPublisher();
        controller = GatewayController.builder(store, node)
                .publisher(publisher)
                .sink(RedisStatusSink.open(redis.uri(), REDIS_STATUS))
                .build();
    }

    @AfterAll
    final void stopRedis() {
        redis.close();
    }

    @AfterEach
    final void takeApart() {
        controller.close();
        node.close();
        store.close();
    }

    protected final InMemoryGatewayStore store() {
        return store;
    }

    protected final EslGatewaySwitch node() {
        return node;
    }

    protected final GatewayController controller() {
        return controller;
    }

    /** The publisher under test. */
    protected final GatewayPublisher publisher() {
        return publisher;
    }

    /** A gateway that registers. */
    protected final Gateway trunk(String name, String password) {
        return Gateway.builder("ctitest-" + name)
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, password)
                .set(Parameters.REALM, "test.invalid")
                .set(Parameters.PROXY, server().registrar().address())
                .build();
    }

    /** Applies a plan, however much it changes. */
    protected final ApplyResult apply(Plan plan) {
        return controller.apply(
                plan, ApplyOptions.defaults().withMassChange(true).withRegistrationTimeout(Duration.ofSeconds(15)));
    }

    /** What a plan would do, to our gateways. */
    protected final Map<String, Action> actions(Plan plan) {
        return plan.items().stream()
                .filter(item -> item.gateway().startsWith("ctitest-"))
                .collect(Collectors.toMap(PlanItem::gateway, PlanItem::action, (a, b) -> b, TreeMap::new));
    }

    /** A gateway that does not register. */
    protected static Gateway quietTrunk(int number, String user) {
        return Gateway.builder("ctitest-q" + number)
                .set(Parameters.REGISTER, false)
                .set(Parameters.USERNAME, user)
                .set(Parameters.REALM, "r.example")
                .build();
    }

    /** What the hash says of our gateways, by user. */
    protected final Map<String, RegistrationState> inRedis() {
        Map<String, RegistrationState> states = new TreeMap<>();
        try (RedisStatusFeed feed = RedisStatusFeed.open(redis.uri(), REDIS_STATUS)) {
            for (GatewayEvent event : feed.snapshot().events()) {
                if (event.gateway().startsWith("ctitest-")) {
                    states.put(
                            event.gateway().substring("ctitest-".length()),
                            event instanceof GatewayEvent.StateChanged changed
                                    ? changed.state()
                                    : RegistrationState.UNREGED);
                }
            }
        }
        return states;
    }

    /** The users whose gateways the hash says are registered. */
    protected final Set<String> registeredInRedis() {
        Map<String, RegistrationState> states = inRedis();
        states.values().removeIf(state -> state != RegistrationState.REGED);
        return states.keySet();
    }
}

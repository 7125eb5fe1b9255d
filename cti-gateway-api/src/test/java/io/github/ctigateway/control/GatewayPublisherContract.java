package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link GatewayPublisher} that makes definitions readable promises. Whoever writes one extends this. */
public abstract class GatewayPublisherContract {
    private GatewayPublisher publisher;

    /** A publisher that has published nothing; closed by the contract. */
    protected abstract GatewayPublisher openPublisher();

    @BeforeEach
    void open() {
        publisher = openPublisher();
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void makesExactlyWhatIsWantedReadable() {
        Gateway full = gateway("full", "p<&\"'$${domain} X-PRE-PROCESS\r\n密码").toBuilder()
                .set("from-user", "")
                .variable("v", " in ", Direction.INBOUND)
                .variable("cti_gateway_stamp", "00ff")
                .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                .additionalMember("note", "1")
                .build();

        Publication done = publisher.publish(List.of(full, gateway("b", "1")), Set.of());

        assertThat(done).isEqualTo(new Publication(Set.of("full", "b"), Set.of(), Map.of()));
        assertThat(publisher.published("full")).contains(full.definition());
        assertThat(publisher.published("b")).contains(gateway("b", "1"));
        assertThat(publisher.published("unknown")).isEmpty();
    }

    @Test
    void saysWhatIsNewChangedAndGone() {
        publisher.publish(List.of(gateway("kept", "1"), gateway("changed", "1"), gateway("gone", "1")), Set.of());

        Publication done = publisher.publish(
                List.of(gateway("kept", "1"), gateway("changed", "2"), gateway("added", "1")), Set.of("changed"));

        assertThat(done).isEqualTo(new Publication(Set.of("changed", "added"), Set.of("gone"), Map.of()));
        assertThat(publisher.published("changed")).contains(gateway("changed", "2"));
        assertThat(publisher.published("gone")).isEmpty();
    }

    @Test
    void whatIsWhollyTheSameChangesNothing() {
        List<Gateway> wanted = List.of(gateway("a", "1"), gateway("b", "2"));
        publisher.publish(wanted, Set.of("a"));
        assertThat(publisher.publish(wanted, Set.of("b"))).isEqualTo(new Publication(Set.of(), Set.of(), Map.of()));
    }

    @Test
    void namesThatDifferInCaseAreTwoGateways() {
        publisher.publish(List.of(gateway("trunk", "1"), gateway("TRUNK", "2")), Set.of());
        assertThat(publisher.published("trunk")).contains(gateway("trunk", "1"));
        assertThat(publisher.published("TRUNK")).contains(gateway("TRUNK", "2"));
        assertThat(publisher.published("Trunk")).isEmpty();
    }

    @Test
    void whatCannotBeCarriedChangesNothingAndIsNotPrinted() {
        publisher.publish(List.of(gateway("a", "1")), Set.of());

        assertThatThrownBy(
                        () -> publisher.publish(List.of(gateway("a", "2"), gateway("b", "s3cret\u0000")), Set.of("a")))
                .isInstanceOfSatisfying(
                        PublisherException.class,
                        refused -> assertThat(refused.isRetryable()).isFalse())
                .hasMessageContaining("'b'")
                .hasMessageContaining("password")
                .hasMessageNotContaining("s3cret");
        assertThat(publisher.published("a")).contains(gateway("a", "1"));
        assertThat(publisher.published("b")).isEmpty();
    }

    @Test
    void isWholeAfterPublishingFromManyThreads() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String password = String.valueOf(i);
                running.add(threads.submit(
                        () -> publisher.publish(List.of(gateway("a", password), gateway("b", password)), Set.of("a"))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String last = publisher.published("a").orElseThrow().text("password").orElseThrow();
        assertThat(publisher.published("b")).contains(gateway("b", last));
    }

    private static Gateway gateway(String name, String password) {
        return Gateway.builder(name)
                .set("username", "u")
                .set("password", password)
                .build();
    }
}

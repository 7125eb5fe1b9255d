package io.github.ctigateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link GatewayStore} promises. Whoever writes a store extends this with a way to open it. */
public abstract class GatewayStoreContract {
    private GatewayStore store;

    /** An empty store, closed by the contract. */
    protected abstract GatewayStore openEmptyStore();

    @BeforeEach
    void openStore() {
        store = openEmptyStore();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void findsWhatWasSaved() {
        Gateway saved = full("a");

        store.save(saved);

        assertThat(store.find("a").map(StoredGateway::gateway)).contains(saved);
        assertThat(store.snapshot().gateways().get("a").gateway()).isEqualTo(saved);
    }

    @Test
    void findsNothingUnderAnUnknownName() {
        assertThat(store.find("nobody")).isEmpty();
        assertThat(store.snapshot().gateways()).isEmpty();
        assertThat(store.snapshot().unreadable()).isEmpty();
    }

    @Test
    void refusesWhatFreeSwitchWouldSkipAndWritesNothing() {
        Gateway nameless = full("a b");

        assertThatThrownBy(() -> store.save(nameless)).isInstanceOf(InvalidGatewayException.class);
        assertThatThrownBy(() -> store.saveIfUnchanged(nameless, "")).isInstanceOf(InvalidGatewayException.class);
        assertThat(store.snapshot().gateways()).isEmpty();
    }

    @Test
    void theRevisionStaysWithTheContent() {
        StoredGateway first = store.save(trunk("a"));

        assertThat(store.save(trunk("a")).revision()).isEqualTo(first.revision());
        assertThat(store.find("a").map(StoredGateway::revision)).contains(first.revision());
        assertThat(store.save(changed("a")).revision()).isNotEqualTo(first.revision());
    }

    @Test
    void savesIfUnchanged() {
        StoredGateway first = store.saveIfUnchanged(trunk("a"), "");
        StoredGateway second = store.saveIfUnchanged(changed("a"), first.revision());

        assertThat(store.find("a")).contains(second);
    }

    @Test
    void refusesToOverwriteAnotherEditorsChange() {
        StoredGateway first = store.save(trunk("a"));
        StoredGateway second = store.save(changed("a"));

        assertThatThrownBy(() -> store.saveIfUnchanged(trunk("a"), first.revision()))
                .isInstanceOfSatisfying(RevisionConflictException.class, conflict -> {
                    assertThat(conflict.wanted()).contains(trunk("a"));
                    assertThat(conflict.present()).contains(second);
                });
        assertThatThrownBy(() -> store.saveIfUnchanged(trunk("a"), "")).isInstanceOf(RevisionConflictException.class);
        assertThatThrownBy(() -> store.saveIfUnchanged(trunk("b"), first.revision()))
                .isInstanceOf(RevisionConflictException.class);
        assertThat(store.find("a")).contains(second);
        assertThat(store.find("b")).isEmpty();
    }

    @Test
    void deletesOnce() {
        store.save(trunk("a"));

        assertThat(store.delete("a")).isTrue();
        assertThat(store.delete("a")).isFalse();
        assertThat(store.find("a")).isEmpty();
    }

    @Test
    void tellsEveryChangedName() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        store.save(trunk("gone"));
        try (GatewayStore.Watch watch = store.watch(told::add)) {
            assertThat(watch).isNotNull();
            store.save(trunk("a"));
            store.save(trunk("b"));
            store.delete("gone");

            await().until(() -> told.containsAll(Set.of("a", "b", "gone")));
        }
    }

    @Test
    void keepsItsSecret() {
        assertThat(store.stampSecret()).hasSizeGreaterThanOrEqualTo(32).isEqualTo(store.stampSecret());
    }

    private static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example:5060")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, "密码 \"quoted\" \\ $${domain}")
                .set(Parameters.FROM_USER, "")
                .build();
    }

    private static Gateway changed(String name) {
        return trunk(name).toBuilder().set(Parameters.REALM, "other.example").build();
    }

    private static Gateway full(String name) {
        return trunk(name).toBuilder()
                .variable("sip_sticky_contact", "true")
                .variable("p:caller_id_number", "4000", Direction.OUTBOUND)
                .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                .additionalMember("remark", "{\"by\": [1.50, \"operator\"]}")
                .build();
    }
}

package io.github.ctigateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoreSnapshotTest {
    @Test
    void givesTheGatewaysInTheOrderOfTheirNamesWhateverTheOrderTheyCameIn() {
        Random random = new Random(7);
        List<StoredGateway> stored = new ArrayList<>();
        Map<String, StoredGateway> expected = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            StoredGateway one = stored("t" + random.nextInt(1_500), "r" + i);
            stored.add(one);
            expected.put(one.gateway().name(), one);
        }

        Map<String, StoredGateway> gateways =
                StoreSnapshot.of(stored, List.of()).gateways();

        assertThat(gateways).isEqualTo(expected);
        assertThat(gateways.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(expected).isEqualTo(gateways).hasSameHashCodeAs(gateways);
        assertThat(gateways.get("nobody")).isNull();
        assertThat(gateways.containsKey("t")).isFalse();
        expected.forEach((name, one) -> assertThat(gateways.get(name)).isSameAs(one));
    }

    @Test
    void nothingCanBeChanged() {
        StoreSnapshot snapshot = StoreSnapshot.of(List.of(stored("a", "1"), stored("b", "2")), List.of());

        assertThatThrownBy(() -> snapshot.gateways().remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> snapshot.gateways().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> snapshot.gateways().put("c", stored("c", "3")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(
                        () -> snapshot.gateways().entrySet().iterator().next().setValue(stored("c", "3")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(snapshot.only("b"::equals).gateways()).containsOnlyKeys("b");
        assertThat(new StoreSnapshot(new TreeMap<>(snapshot.gateways()), Map.of()))
                .isEqualTo(snapshot);
    }

    private static StoredGateway stored(String name, String revision) {
        return new StoredGateway(Gateway.builder(name).build(), revision);
    }
}

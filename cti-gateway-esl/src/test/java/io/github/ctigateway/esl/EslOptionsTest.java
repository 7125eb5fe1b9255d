package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EslOptionsTest {
    @Test
    void passwordIsHidden() {
        EslOptions options = EslOptions.builder("fs.example.com", 8021, "tr0ub4dor")
                .user("a@b")
                .build();
        assertThat(options).hasToString("EslOptions[fs.example.com:8021, user=a@b, password=***, events=JSON]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr0ub\n4dor", "tr0ub\r4dor", "tr0ub\0004dor"})
    void passwordThatWouldBeTwoCommandsIsRefusedWithoutNamingIt(String password) {
        assertThatThrownBy(() -> EslOptions.of("h", 8021, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password")
                .hasMessageNotContaining("tr0ub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nodomain", "@domain", "a@b:c", "a@b\nc"})
    void userMustHaveADomain(String user) {
        assertThatThrownBy(() -> EslOptions.builder("h", 8021, "p").user(user))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void copyKeepsEverything() {
        EslOptions options = EslOptions.builder("::1", 8021, "p")
                .user("a@b")
                .connectTimeout(Duration.ofMillis(1))
                .authTimeout(Duration.ofMillis(2))
                .commandTimeout(Duration.ofMillis(3))
                .jobTimeout(Duration.ofMillis(4))
                .pingInterval(Duration.ZERO)
                .pingTimeout(Duration.ofMillis(5))
                .stallTimeout(Duration.ofMillis(6))
                .maxInFlight(7)
                .eventQueueCapacity(8)
                .maxFrameBytes(9)
                .maxHeaderBytes(10)
                .eventFormat(EslEventFormat.PLAIN)
                .reconnect(ReconnectPolicy.never())
                .callbackExecutor(Runnable::run)
                .build();
        assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
        assertThat(options.address()).isEqualTo("[::1]:8021");
    }

    @Test
    void nonsenseIsRefused() {
        EslOptions.Builder builder = EslOptions.builder("h", 1, "p");
        assertThatThrownBy(() -> EslOptions.of(" ", 1, "p")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EslOptions.of("h", 0, "p")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EslOptions.of("h", 65_536, "p")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.commandTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.pingInterval(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxInFlight(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reconnectBacksOffToItsCapWithJitter() {
        ReconnectPolicy policy = ReconnectPolicy.of(Duration.ofMillis(100), Duration.ofSeconds(3));
        Random random = new Random(1);
        for (int failures = 0; failures < 100; failures++) {
            long full = failures > 10 ? 3_000 : Math.min(3_000, 100L << failures);
            assertThat(policy.delay(failures, random)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
        }
        assertThat(new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(3), 0, true).delay(3, random))
                .isEqualTo(Duration.ofMillis(800));
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ofMillis(2), Duration.ofMillis(1), 0, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ZERO, Duration.ZERO, 1.1, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(EslConnectionState.class)
    void everyStateButTheLastLeadsToClosed(EslConnectionState state) {
        assertThat(state.leadsTo(EslConnectionState.CLOSED)).isEqualTo(state != EslConnectionState.CLOSED);
        assertThat(EslConnectionState.CLOSED.leadsTo(state)).isFalse();
    }
}

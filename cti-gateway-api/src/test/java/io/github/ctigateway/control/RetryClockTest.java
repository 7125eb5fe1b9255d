package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RetryClock clock = new RetryClock(Duration.ofSeconds(5), Duration.ofSeconds(15));

    @Test
    void whatFailsAgainAndAgainWaitsTwiceAsLongEachTimeUpToTheLongestWait() {
        clock.failed("a", NOON);
        assertThat(clock.isDue("a", at(4))).isFalse();
        assertThat(clock.isDue("a", at(5))).isTrue();

        clock.failed("a", at(5));
        assertThat(clock.isDue("a", at(14))).isFalse();
        assertThat(clock.isDue("a", at(15))).isTrue();

        clock.failed("a", at(15));
        assertThat(clock.isDue("a", at(29))).isFalse();
        assertThat(clock.isDue("a", at(30))).isTrue();
    }

    @Test
    void eachGatewayHasAClockOfItsOwn() {
        clock.failed("a", NOON);
        clock.failed("a", NOON);
        clock.failed("b", at(2));

        assertThat(clock.isDue("c", NOON)).as("never failed").isTrue();
        assertThat(clock.isDue("b", at(7))).isTrue();
        assertThat(clock.isDue("a", at(7))).isFalse();
        assertThat(clock.nextAfter(NOON)).contains(at(7));
    }

    @Test
    void successAndEditsBeginAnew() {
        clock.failed("a", NOON);
        clock.failed("b", NOON);
        clock.succeeded("a");
        clock.forget(Set.of("b"));
        assertThat(clock.isDue("a", NOON)).isTrue();
        assertThat(clock.isDue("b", NOON)).isTrue();

        clock.failed("a", NOON);
        assertThat(clock.isDue("a", at(5))).as("the first wait again").isTrue();
    }

    @Test
    void whatDiffersNoMoreIsForgotten() {
        clock.failed("a", NOON);
        clock.failed("b", at(1));
        clock.keepOnly(Set.of("b"));

        assertThat(clock.nextAfter(NOON)).contains(at(6));
    }

    /** It was due and could not be tried, so looking again at once would find the same. */
    @Test
    void whatWasDueAlreadyWhenItWasLookedIsNoReasonToLookAgain() {
        clock.failed("a", NOON);

        assertThat(clock.nextAfter(at(4))).contains(at(5));
        assertThat(clock.nextAfter(at(5))).isEmpty();
    }

    @Test
    void aClockThatWasPutBackMakesNobodyWaitLonger() {
        clock.failed("a", NOON);

        assertThat(clock.isDue("a", NOON)).isFalse();
        assertThat(clock.isDue("a", NOON.minus(Duration.ofHours(1)))).isTrue();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}

package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RetryClock clock = new RetryClock(Duration.ofSeconds(5), Duration.ofSeconds(15));

    @Test
    void whatFailsAgainAndAgainWaitsTwiceAsLongEachTimeUpToTheLongestWait() {
        clock.waitLonger("a", NOON);
        assertThat(clock.isDue("a", at(4))).isFalse();
        assertThat(clock.isDue("a", at(5))).isTrue();

        clock.waitLonger("a", at(5));
        assertThat(clock.isDue("a", at(14))).isFalse();
        assertThat(clock.isDue("a", at(15))).isTrue();

        clock.waitLonger("a", at(15));
        assertThat(clock.isDue("a", at(29))).isFalse();
        assertThat(clock.isDue("a", at(30))).isTrue();
    }

    @Test
    void eachGatewayHasAClockOfItsOwn() {
        clock.waitLonger("a", NOON);
        clock.waitLonger("a", NOON);
        clock.waitLonger("b", at(2));

        assertThat(clock.isDue("c", NOON)).as("never failed").isTrue();
        assertThat(clock.isDue("b", at(7))).isTrue();
        assertThat(clock.isDue("a", at(7))).isFalse();
        assertThat(clock.nextAfter(NOON)).contains(at(7));
    }

    @Test
    void successAndEditsBeginAnew() {
        clock.waitLonger("a", NOON);
        clock.waitLonger("b", NOON);
        clock.succeeded("a");
        clock.forget(Set.of("b"));
        assertThat(clock.isDue("a", NOON)).isTrue();
        assertThat(clock.isDue("b", NOON)).isTrue();

        clock.waitLonger("a", NOON);
        assertThat(clock.isDue("a", at(5))).as("the first wait again").isTrue();
    }

    @Test
    void whatDiffersNoMoreIsForgotten() {
        clock.waitLonger("a", NOON);
        clock.waitLonger("b", at(1));
        clock.keepOnly(Set.of("b"));

        assertThat(clock.nextAfter(NOON)).contains(at(6));
    }

    @Test
    void whatStaysGoodForTheLongestWaitBeginsAnew() {
        for (String gateway : List.of("good", "bad")) {
            clock.waitLonger(gateway, NOON);
            clock.waitLonger(gateway, NOON);
        }
        clock.forgetRested(Set.of("bad"), at(24));
        clock.waitLonger("good", at(24));
        assertThat(clock.isDue("good", at(38))).as("had not been good for long").isFalse();

        clock.forgetRested(Set.of("bad"), at(54));
        clock.waitLonger("good", at(54));
        clock.waitLonger("bad", at(54));
        assertThat(clock.isDue("good", at(59))).isTrue();
        assertThat(clock.isDue("bad", at(68))).isFalse();
    }

    /** It was due and could not be tried, so looking again at once would find the same. */
    @Test
    void whatWasDueAlreadyWhenItWasLookedIsNoReasonToLookAgain() {
        clock.waitLonger("a", NOON);

        assertThat(clock.nextAfter(at(4))).contains(at(5));
        assertThat(clock.nextAfter(at(5))).isEmpty();
    }

    @Test
    void aClockThatWasPutBackMakesNobodyWaitLonger() {
        clock.waitLonger("a", NOON);

        assertThat(clock.isDue("a", NOON)).isFalse();
        assertThat(clock.isDue("a", NOON.minus(Duration.ofHours(1)))).isTrue();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}

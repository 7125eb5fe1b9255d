package io.github.ctigateway.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InPartsTest {
    @Test
    void givesTheResultsInTheOrderOfTheParts() {
        List<Integer> results = new ArrayList<>();

        InParts.forEach(100, part -> part * part, results::add);

        assertThat(results)
                .isEqualTo(IntStream.range(0, 100).mapToObj(part -> part * part).toList());
    }

    @Test
    void throwsWhatAPartThrew() {
        assertThatThrownBy(() -> InParts.forEach(
                        10,
                        part -> {
                            if (part == 3) {
                                throw new IllegalArgumentException("part 3");
                            }
                            return part;
                        },
                        part -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part 3");
    }

    private static final class Uninterrupted {
        static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Else a thread that works on something else would wait for ever for a part that nobody does any more. */
    @Test
    void nobodyWaitsForAPartOfWorkThatWasGivenUp() {
        CountDownLatch go = new CountDownLatch(1);
        InParts<Integer> work = InParts.begin(1_000, part -> {
            Uninterrupted.await(go);
            return part;
        });
        work.close();
        go.countDown();

        List<Throwable> thrown = new ArrayList<>();
        for (int part = 0; part < 1_000; part++) {
            try {
                assertThat(work.take(part)).isEqualTo(part);
            } catch (CancellationException e) {
                thrown.add(e);
            }
        }
        assertThat(thrown).isNotEmpty();
    }
}

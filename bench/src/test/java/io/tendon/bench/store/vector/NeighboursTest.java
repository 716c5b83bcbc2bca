package io.tendon.bench.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private final List<float[]> vectors = new ArrayList<>();
    private final Neighbours nearest;

    NeighboursTest() {
        for (int i = 0; i < 40; i++) {
            vectors.add(new float[] {(float) Math.cos(i * 0.01), (float) Math.sin(i * 0.01)});
        }
        nearest = Neighbours.of(vectors, new float[] {1, 0});
    }

    @Test
    void shouldCountEachOfTheNearestThatWasFound() {
        assertThat(nearest.among(numbers(0, 10))).isEqualTo(10);
        assertThat(nearest.among(numbers(5, 15))).isEqualTo(5);
        assertThat(nearest.among(numbers(10, 20))).isZero();
    }

    @Test
    void shouldCountOneThatWasFoundTwiceOnce() {
        assertThat(nearest.among(Collections.nCopies(10, 0))).isEqualTo(1);
    }

    private static List<Integer> numbers(final int from, final int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}

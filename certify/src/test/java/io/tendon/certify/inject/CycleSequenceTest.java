package io.tendon.certify.inject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CycleSequenceTest {
    private static final long MS = 1_000_000L;
    private static final long ALL = Long.MAX_VALUE;

    private final LatenessSamples samples = new LatenessSamples();
    private final CycleSequence cycles = new CycleSequence(samples);

    @Test
    void shouldTakeFromEachMessageTheCycleBeforeIt() {
        cycles.onMessage(1, 0, 100, 0, 0);
        cycles.onMessage(1, 1, 101, 100 * MS, 100 * MS + 5);
        cycles.onMessage(1, 2, 102, 101 * MS, 101 * MS + 7);

        assertThat(samples.between(0, ALL)).containsExactly(5, 7);
        assertThat(samples.between(101 * MS, ALL)).containsExactly(7);
        assertThat(samples.between(0, 101 * MS)).containsExactly(5);
    }

    @Test
    void shouldCountMissedCyclesAsLateAsTheLoopThatCouldNotRun() {
        cycles.onMessage(1, 0, 100, 0, 0);
        cycles.onMessage(1, 1, 104, 100 * MS, 100 * MS);
        cycles.onMessage(1, 2, 105, 104 * MS, 104 * MS + 10);

        assertThat(samples.between(0, ALL)).containsExactly(0, 3 * MS + 10, 2 * MS + 10, MS + 10, 10);
        assertThat(samples.between(101 * MS, 102 * MS)).containsExactly(3 * MS + 10);
    }

    @Test
    void shouldBeginAnewAfterMessagesThatItDidNotSee() {
        cycles.onMessage(1, 0, 100, 99 * MS, 99 * MS);
        cycles.onMessage(1, 1, 101, 100 * MS, 100 * MS + 5);
        cycles.onMessage(1, 5, 105, 104 * MS, 104 * MS + 6);
        cycles.onMessage(1, 6, 106, 105 * MS, 105 * MS + 7);

        assertThat(cycles.unseen()).isEqualTo(3);
        assertThat(samples.between(0, ALL)).containsExactly(5, 7);
    }

    @Test
    void shouldBeginAnewWithAnotherLifeOfControl() {
        cycles.onMessage(1, 7, 100, 99 * MS, 99 * MS);
        cycles.onMessage(2, 0, 0, 0, 0);
        cycles.onMessage(2, 1, 1, 5_000 * MS, 5_000 * MS + 9);

        assertThat(cycles.unseen()).isZero();
        assertThat(samples.between(0, ALL)).containsExactly(9);
    }

    @Test
    void shouldTakeNoMessageTwice() {
        cycles.onMessage(1, 0, 100, 0, 0);
        cycles.onMessage(1, 1, 101, 100 * MS, 100 * MS + 5);
        cycles.onMessage(1, 1, 101, 100 * MS, 100 * MS + 5);

        assertThat(samples.between(0, ALL)).containsExactly(5);
    }

    @Test
    void shouldKeepMoreCyclesThanItBeganWithRoomFor() {
        for (int i = 0; i <= 100_000; i++) {
            cycles.onMessage(1, i, i, (i - 1) * MS, (i - 1) * MS + i);
        }

        assertThat(samples.between(0, ALL)).hasSize(100_000).endsWith(99_999, 100_000);
    }
}

package io.tendon.bus.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossRangesTest {
    private final LossRanges ranges = new LossRanges();

    @Test
    void shouldMergeNeighboursWithTheSameReason() {
        for (long sequence = 5; sequence <= 9; sequence++) {
            ranges.add(sequence, OfferResult.BACK_PRESSURED);
        }
        ranges.add(10, OfferResult.CLOSED);
        ranges.add(12, OfferResult.CLOSED);

        assertRange(5, 9, OfferResult.BACK_PRESSURED);
        assertRange(10, 10, OfferResult.CLOSED);
        assertRange(12, 12, OfferResult.CLOSED);
        assertThat(ranges.isEmpty()).isTrue();
    }

    @Test
    void shouldSayOnceThatItHasGrown() {
        assertThat(ranges.takeGrown()).isFalse();
        ranges.add(5, OfferResult.BACK_PRESSURED);

        assertThat(ranges.takeGrown()).isTrue();
        assertThat(ranges.takeGrown()).isFalse();
    }

    @Test
    void shouldLoseNothingWhenFull() {
        final int added = 3 * LossRanges.CAPACITY;
        for (int i = 0; i < added; i++) {
            ranges.add(2L * i, OfferResult.BACK_PRESSURED);
        }
        long last = -1;
        int count = 0;
        while (!ranges.isEmpty()) {
            last = ranges.lastSequence();
            ranges.removeOldest();
            count++;
        }
        assertThat(count).isEqualTo(LossRanges.CAPACITY);
        assertThat(last).isEqualTo(2L * (added - 1));
    }

    private void assertRange(final long first, final long last, final OfferResult reason) {
        assertThat(ranges.firstSequence()).isEqualTo(first);
        assertThat(ranges.lastSequence()).isEqualTo(last);
        assertThat(ranges.reason()).isEqualTo(reason);
        ranges.removeOldest();
    }
}

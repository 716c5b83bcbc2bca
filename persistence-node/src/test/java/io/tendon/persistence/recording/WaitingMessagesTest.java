package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WaitingMessagesTest {
    private final WaitingMessages waiting = new WaitingMessages();
    private final Histogram histogram = new Histogram(3);

    @Test
    void shouldGiveMessagesTheTimeOfTheFlushThatTookThem() {
        waiting.onMessage(100, 1_000, histogram);
        waiting.onMessage(200, 2_000, histogram);
        waiting.onMessage(300, 3_000, histogram);
        waiting.onReached(250, 5_000, histogram);

        assertThat(histogram.getTotalCount()).isEqualTo(2);
        assertThat(histogram.getMaxValue()).isBetween(4_000L, 4_010L);
        assertThat(histogram.getMinValue()).isBetween(2_990L, 3_000L);

        waiting.onReached(300, 9_000, histogram);
        assertThat(histogram.getTotalCount()).isEqualTo(3);
        assertThat(histogram.getMaxValue()).isBetween(6_000L, 6_010L);
    }

    @Test
    void shouldGiveTheSameTimeToAMessageThatIsReadAfterItsFlush() {
        waiting.onReached(100, 5_000, histogram);
        waiting.onReached(200, 7_000, histogram);
        waiting.onReached(300, 9_000, histogram);

        waiting.onMessage(200, 2_000, histogram);

        assertThat(histogram.getTotalCount()).isEqualTo(1);
        assertThat(histogram.getMaxValue()).isBetween(5_000L, 5_010L);
    }

    @Test
    void shouldLeaveNoMessageOutAndShortenNoTimeWhenTheDeviceDoesNotAnswer() {
        final int count = 200_000;
        for (int i = 0; i < count; i++) {
            waiting.onMessage(i + 1, i, histogram);
        }
        waiting.onReached(count - 1, count, histogram);
        final long before = histogram.getTotalCount();
        waiting.onReached(count, 2L * count, histogram);

        assertThat(before).isLessThan(count);
        assertThat(histogram.getTotalCount()).isEqualTo(count);
        // The first of those that are taken together was captured long before the last.
        assertThat(histogram.getMaxValue()).isGreaterThan(count + count / 2);
    }
}

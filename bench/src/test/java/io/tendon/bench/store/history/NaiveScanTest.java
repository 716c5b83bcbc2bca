package io.tendon.bench.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.recording.TimeRange;
import org.junit.jupiter.api.Test;

class NaiveScanTest {
    private static final long START_NS = DayHistory.START_NS;
    private static final long SECOND_NS = 1_000_000_000L;

    private final NaiveScan scan = new NaiveScan(1, new TimeRange(START_NS + 10, START_NS + 20));

    @Test
    void shouldTakeARangeFromItsFirstNanosecondToBeforeItsLast() {
        scan.add(START_NS + 9, 1, 1);
        scan.add(START_NS + 10, 2, 20);
        scan.add(START_NS + 19, 3, 30);
        scan.add(START_NS + 20, 4, 4);

        assertThat(scan.minuteRows()).isEqualTo(2);
        assertThat(scan.hasMinuteRow(0, START_NS + 10, 2, 20)).isTrue();
        assertThat(scan.hasMinuteRow(1, START_NS + 19, 3, 30)).isTrue();
        assertThat(scan.hasMinuteRow(2, START_NS + 20, 4, 4)).isFalse();
        assertThat(scan.hasSecond(0, 4, 1, 4, 2.5, 4)).isTrue();
        assertThat(scan.hasSecond(0, 4, 1, 4, 2.5, 3)).isFalse();
    }

    @Test
    void shouldCountRowsThatAreNotOfTheHistory() {
        scan.add(START_NS - 1, 1, 1);
        scan.add(START_NS, 1, 1);
        scan.add(START_NS + 60 * SECOND_NS - 1, 1, 1);
        scan.add(START_NS + 60 * SECOND_NS, 1, 1);

        assertThat(scan.rows()).isEqualTo(4);
        assertThat(scan.outside()).isEqualTo(2);
        assertThat(scan.hasSecond(59, 1, 1, 1, 1, 1)).isTrue();
        assertThat(scan.hasSecond(60, 1, 1, 1, 1, 1)).isFalse();
    }
}

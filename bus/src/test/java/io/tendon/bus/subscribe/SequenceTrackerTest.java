package io.tendon.bus.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();

    @Test
    void shouldTellAGapInOneStretchOfLogFromOneBetweenTwo() {
        tracker.onSequence(1, 5, "first");
        assertThat(tracker.passedBefore()).isEqualTo(5);
        assertThat(tracker.onSequence(1, 7, "first")).isEqualTo(1);
        assertThat(tracker.isLogLeft()).isFalse();
        assertThat(tracker.passedBefore()).isZero();
        assertThat(tracker.onSequence(1, 20, "second")).isEqualTo(12);
        assertThat(tracker.isLogLeft()).isTrue();
        assertThat(tracker.onSequence(1, 20, "second")).isZero();
        assertThat(tracker.isRepeat()).isTrue();
        assertThat(tracker.onSequence(1, 21, "second")).isZero();
        assertThat(tracker.isRepeat()).isFalse();
        assertThat(tracker.isLogLeft()).isFalse();
    }

    @Test
    void shouldReportHowManyAreMissingBeforeAMessage() {
        assertThat(tracker.onSequence(1, 0)).isZero();
        assertThat(tracker.onSequence(1, 1)).isZero();
        assertThat(tracker.onSequence(1, 5)).isEqualTo(3);
        assertThat(tracker.onSequence(1, 6)).isZero();
    }

    @Test
    void shouldTellWhatIsAsExpectedFromWhatIsNot() {
        tracker.onSequence(1, 0);
        assertThat(tracker.isAsExpected()).as("the first of a writer").isFalse();
        tracker.onSequence(1, 1);
        assertThat(tracker.isAsExpected()).isTrue();
        tracker.onSequence(1, 1);
        assertThat(tracker.isAsExpected()).as("a repeat").isFalse();
        tracker.onSequence(1, 3);
        assertThat(tracker.isAsExpected()).as("behind a gap").isFalse();
        tracker.onSequence(2, 4);
        assertThat(tracker.isAsExpected()).as("of another writer").isFalse();
        tracker.onSequence(1, 4);
        assertThat(tracker.isAsExpected()).as("of the writer before").isFalse();
        tracker.onSequence(1, 5, "another log");
        assertThat(tracker.isAsExpected()).as("in another stretch of log").isFalse();
    }

    @Test
    void shouldTakeTheFirstMessageEverForAFirst() {
        tracker.onSequence(0, 0);

        assertThat(tracker.isAsExpected()).isFalse();
    }

    @Test
    void shouldKeepWritersApart() {
        tracker.onSequence(1, 0);
        tracker.onSequence(2, 100);

        assertThat(tracker.onSequence(1, 1)).isZero();
        assertThat(tracker.onSequence(2, 102)).isEqualTo(1);
    }

    @Test
    void shouldNotCountWhatIsReadTwice() {
        tracker.onSequence(1, 10);

        assertThat(tracker.onSequence(1, 7)).isZero();
        assertThat(tracker.onSequence(1, 11)).isZero();
    }

    @Test
    void shouldForgetTheOldestWriterFirst() {
        for (int session = 0; session <= SequenceTracker.CAPACITY; session++) {
            tracker.onSequence(session, 0);
        }
        assertThat(tracker.onSequence(SequenceTracker.CAPACITY, 2)).isEqualTo(1);
        assertThat(tracker.onSequence(0, 50)).isZero();
    }
}

package io.tendon.fusion.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowAlignerTest {
    private static final long MS = 1_000_000L;
    private static final long T0 = 1_700_000_000_000L * MS;
    private static final int CATCH_UP = 8;
    private static final WindowTiming TIMING = new WindowTiming(10 * MS, MS, MS, CATCH_UP);

    private final WindowAligner aligner = new WindowAligner(TIMING, 2, T0);

    @Test
    void shouldCloseAWindowAtItsEndPlusGraceWhateverHasArrived() {
        assertThat(aligner.isDue(T0 + 11 * MS - 1)).isFalse();
        assertThat(aligner.isDue(T0 + 11 * MS)).isTrue();

        final Window window = aligner.close();

        assertThat(window.startNs()).isEqualTo(T0);
        assertThat(window.endNs()).isEqualTo(T0 + 10 * MS);
        assertThat(window.receivedSamples()).isZero();
        assertThat(window.expectedSamples()).isEqualTo(10);
        assertThat(window.completenessMask()).isZero();
        assertThat(window.newestSampleAgeNs()).isEqualTo(-1);
    }

    @Test
    void shouldSetTheBitOfEachSlotThatArrived() {
        for (final int slot : new int[] {0, 1, 2, 4, 5, 6, 7, 9}) {
            assertThat(aligner.admit(sample(slot, T0 + slot * MS + 300_000))).isEqualTo(Admission.IN_TIME);
        }

        final Window window = aligner.close();

        assertThat(window.completenessMask()).isEqualTo(0b10_1111_0111L);
        assertThat(window.receivedSamples()).isEqualTo(8);
        assertThat(window.newestSampleAgeNs()).isEqualTo(700_000);
    }

    @Test
    void shouldOrderSamplesByCaptureTimeAndSpanTheirPositions() {
        for (final int slot : new int[] {5, 2, 8, 0}) {
            aligner.admit(sample(slot, T0 + slot * MS));
        }

        final Window window = aligner.close();

        assertThat(sequences(window)).containsExactly(0L, 2L, 5L, 8L);
        assertThat(window.newest().sequence).isEqualTo(8);
        assertThat(window.fromPosition()).isZero();
        assertThat(window.toPosition()).isEqualTo(900);
        assertThat(window.sessionId()).isEqualTo(7);
    }

    @Test
    void shouldCountALateSampleInTheWindowThatClosesNext() {
        aligner.admit(sample(0, T0));
        assertThat(aligner.close().lateSamples()).isZero();

        assertThat(aligner.admit(sample(1, T0 + MS))).isEqualTo(Admission.LATE);
        assertThat(aligner.admit(sample(2, T0 + 2 * MS))).isEqualTo(Admission.LATE);

        assertThat(aligner.close().lateSamples()).isEqualTo(2);
        assertThat(aligner.close().lateSamples()).isZero();
    }

    @Test
    void shouldRefuseDataFromBeforeItsStart() {
        assertThat(aligner.admit(sample(0, T0 - 1))).isEqualTo(Admission.STALE);
        assertThat(aligner.close().lateSamples()).isZero();
        assertThat(aligner.count(Admission.STALE)).isEqualTo(1);
    }

    @Test
    void shouldIgnoreASecondCopy() {
        aligner.admit(sample(3, T0 + 3 * MS));

        assertThat(aligner.admit(sample(3, T0 + 3 * MS))).isEqualTo(Admission.DUPLICATE);
        assertThat(aligner.close().receivedSamples()).isEqualTo(1);
    }

    @Test
    void shouldNotCountACopyAsLateWhenItsWindowWasHandedOut() {
        aligner.admit(sample(3, T0 + 3 * MS));
        aligner.close();

        assertThat(aligner.admit(sample(3, T0 + 3 * MS))).isEqualTo(Admission.DUPLICATE);
        assertThat(aligner.admit(sample(4, T0 + 4 * MS))).isEqualTo(Admission.LATE);
        assertThat(aligner.admit(sample(4, T0 + 4 * MS))).isEqualTo(Admission.DUPLICATE);
        assertThat(aligner.close().lateSamples()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatDoesNotFit() {
        for (int i = 0; i < 20; i++) {
            assertThat(aligner.admit(sample(i, T0 + i * MS / 2))).isEqualTo(Admission.IN_TIME);
        }

        assertThat(aligner.admit(sample(20, T0 + 1))).isEqualTo(Admission.OVERFLOW);
        assertThat(aligner.close().receivedSamples()).isEqualTo(20);
    }

    @Test
    void shouldRefuseSamplesFromFarInTheFutureAndNotBelieveTheirClock() {
        final ArmSample future = sample(0, T0 + 10_000 * MS);
        future.sessionId = 8;

        assertThat(aligner.admit(future)).isEqualTo(Admission.EARLY);
        assertThat(aligner.admit(sample(1, T0 + MS))).isEqualTo(Admission.IN_TIME);
    }

    @Test
    void shouldCloseSeveralDueWindowsInOrderAfterAStall() {
        for (int i = 0; i < 50; i++) {
            aligner.admit(sample(i, T0 + i * MS));
        }
        final long now = T0 + 51 * MS;

        assertThat(aligner.skipTo(now)).isZero();
        final List<Long> starts = new ArrayList<>();
        while (aligner.isDue(now)) {
            final Window window = aligner.close();
            starts.add(window.startNs());
            assertThat(window.completenessMask()).isEqualTo(0x3FF);
        }

        assertThat(starts).containsExactly(T0, T0 + 10 * MS, T0 + 20 * MS, T0 + 30 * MS, T0 + 40 * MS);
    }

    @Test
    void shouldSkipWithACountWhenTheStallWasTooLong() {
        aligner.admit(sample(0, T0));
        final long now = T0 + 10 * MS * (CATCH_UP + 5) + MS;

        assertThat(aligner.skipTo(now)).isEqualTo(5);
        assertThat(aligner.skippedWindows()).isEqualTo(5);
        assertThat(aligner.discardedSamples()).isEqualTo(1);
        assertThat(aligner.admit(sample(1, T0 + 49 * MS))).isEqualTo(Admission.STALE);
        assertThat(aligner.admit(sample(2, T0 + 50 * MS))).isEqualTo(Admission.IN_TIME);
        int closed = 0;
        while (aligner.isDue(now)) {
            assertThat(aligner.close().startNs()).isEqualTo(T0 + (5L + closed) * 10 * MS);
            closed++;
        }
        assertThat(closed).isEqualTo(CATCH_UP);
    }

    @Test
    void shouldLetTheLifeOfControlWithTheNewestCaptureTimeWin() {
        aligner.admit(sample(100, T0 + MS));
        final ArmSample reborn = sample(0, T0 + 3 * MS);
        reborn.sessionId = 8;

        assertThat(aligner.admit(reborn)).isEqualTo(Admission.IN_TIME);
        assertThat(aligner.admit(sample(101, T0 + 2 * MS))).isEqualTo(Admission.DEAD_SESSION);

        final Window window = aligner.close();
        assertThat(window.sessionId()).isEqualTo(8);
        assertThat(window.receivedSamples()).isEqualTo(1);
        assertThat(aligner.discardedSamples()).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewLater() {
        aligner.admit(sample(0, T0));
        aligner.close();
        aligner.admit(sample(11, T0 + 11 * MS));

        aligner.restart(T0 + 503 * MS);

        assertThat(aligner.discardedSamples()).isEqualTo(1);
        assertThat(aligner.admit(sample(499, T0 + 499 * MS))).isEqualTo(Admission.STALE);
        assertThat(aligner.admit(sample(500, T0 + 500 * MS))).isEqualTo(Admission.IN_TIME);
        assertThat(aligner.nextCloseTimeNs()).isEqualTo(T0 + 511 * MS);
        final Window window = aligner.close();
        assertThat(window.startNs()).isEqualTo(T0 + 500 * MS);
        assertThat(window.receivedSamples()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTimingsThatMakeNoWindows() {
        assertThatThrownBy(() -> new WindowTiming(10 * MS, 3 * MS, 0, 1)).hasMessageContaining("windowNs=10000000");
        assertThatThrownBy(() -> new WindowTiming(65 * MS, MS, 0, 1)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new WindowTiming(10 * MS, MS, 10 * MS, 1)).hasMessageContaining("graceNs");
        assertThatThrownBy(() -> new WindowTiming(10 * MS, MS, 0, 0)).hasMessageContaining("maxCatchUpWindows=0");
    }

    private static ArmSample sample(final long sequence, final long captureTimeNs) {
        final ArmSample sample = new ArmSample(2);
        sample.sequence = sequence;
        sample.captureTimeNs = captureTimeNs;
        sample.sessionId = 7;
        sample.fromPosition = sequence * 100;
        sample.toPosition = (sequence + 1) * 100;
        sample.positions[0] = sequence;
        return sample;
    }

    private static List<Long> sequences(final Window window) {
        final List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < window.receivedSamples(); i++) {
            sequences.add(window.sample(i).sequence);
        }
        return sequences;
    }
}

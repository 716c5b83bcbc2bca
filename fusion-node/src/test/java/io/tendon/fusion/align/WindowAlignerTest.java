package io.tendon.fusion.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Jitter, drops, duplicates, disorder and stalls, against maps and sets that keep everything. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_260_101, -77})
    void shouldAgreeWithANaiveReference(final long seed) {
        final Random random = new Random(seed);
        final List<Arrival> arrivals = arrivals(random, 4_000);
        final NaiveReference reference = new NaiveReference();
        final String of = "seed " + seed;
        int next = 0;
        long now = T0;
        while (next < arrivals.size() || reference.nextIndex < T0 / (10 * MS) + 420) {
            now += wakeAfterNs(random);
            assertThat(aligner.skipTo(now)).as(of).isEqualTo(reference.skipTo(now));
            while (next < arrivals.size() && arrivals.get(next).arrivalNs() <= now) {
                final ArmSample sample = arrivals.get(next++).sample();
                assertThat(aligner.admit(sample)).as(of).isEqualTo(reference.admit(sample));
            }
            while (reference.isDue(now)) {
                assertThat(aligner.isDue(now)).as(of).isTrue();
                reference.assertClosesLike(aligner.close(), of);
            }
            assertThat(aligner.isDue(now)).as(of).isFalse();
        }
        long counted = 0;
        for (final Admission admission : Admission.values()) {
            counted += aligner.count(admission);
        }
        assertThat(counted).as(of).isEqualTo(arrivals.size());
        assertThat(reference.lateTotal)
                .as(of)
                .isEqualTo(aligner.count(Admission.LATE))
                .isPositive();
        assertThat(aligner.count(Admission.DUPLICATE)).as(of).isPositive();
        assertThat(reference.handedOut + aligner.discardedSamples()).as(of).isEqualTo(aligner.count(Admission.IN_TIME));
    }

    private static long wakeAfterNs(final Random random) {
        final boolean isStall = random.nextInt(40) == 0;
        return isStall ? random.nextInt(200) * MS : 1 + random.nextInt(12_000_000);
    }

    private static List<Arrival> arrivals(final Random random, final int count) {
        final List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(20) == 0) {
                continue;
            }
            final ArmSample sample = sample(i, T0 + i * MS + random.nextInt(900_000));
            final long delayNs = random.nextInt(25) == 0 ? random.nextInt(40_000_000) : random.nextInt(1_500_000);
            arrivals.add(new Arrival(sample.captureTimeNs + delayNs, sample));
            if (random.nextInt(30) == 0) {
                arrivals.add(new Arrival(sample.captureTimeNs + delayNs + random.nextInt(3_000_000), sample));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::arrivalNs));
        return arrivals;
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

    private record Arrival(long arrivalNs, ArmSample sample) {}

    /** Keeps every sample of every window for ever. */
    private static final class NaiveReference {
        private final Map<Long, List<ArmSample>> windows = new TreeMap<>();
        private final Map<Long, Set<Long>> seen = new TreeMap<>();
        private long firstIndex = T0 / (10 * MS);
        private long nextIndex = firstIndex;
        private int lateSinceClose;
        private long lateTotal;
        private long handedOut;

        long skipTo(final long now) {
            long due = 0;
            while ((nextIndex + due + 1) * 10 * MS + MS <= now) {
                due++;
            }
            final long skipped = Math.max(0, due - CATCH_UP);
            nextIndex += skipped;
            firstIndex = skipped > 0 ? nextIndex : firstIndex;
            return skipped;
        }

        Admission admit(final ArmSample sample) {
            final long index = sample.captureTimeNs / (10 * MS);
            if (index < firstIndex) {
                return Admission.STALE;
            }
            if (index < nextIndex) {
                lateSinceClose++;
                return Admission.LATE;
            }
            if (!seen.computeIfAbsent(index, k -> new HashSet<>()).add(sample.sequence)) {
                return Admission.DUPLICATE;
            }
            windows.computeIfAbsent(index, k -> new ArrayList<>()).add(sample);
            return Admission.IN_TIME;
        }

        boolean isDue(final long now) {
            return (nextIndex + 1) * 10 * MS + MS <= now;
        }

        void assertClosesLike(final Window actual, final String of) {
            final List<ArmSample> expected = new ArrayList<>(windows.getOrDefault(nextIndex, List.of()));
            expected.sort(Comparator.comparingLong(s -> s.captureTimeNs));
            long mask = 0;
            for (final ArmSample sample : expected) {
                mask |= 1L << ((sample.captureTimeNs - nextIndex * 10 * MS) / MS);
            }
            assertThat(actual.index()).as(of).isEqualTo(nextIndex);
            assertThat(actual.completenessMask()).as(of).isEqualTo(mask);
            assertThat(sequences(actual))
                    .as(of)
                    .containsExactlyElementsOf(
                            expected.stream().map(s -> s.sequence).toList());
            assertThat(actual.lateSamples()).as(of).isEqualTo(lateSinceClose);
            for (int i = 0; i < actual.receivedSamples(); i++) {
                assertThat(actual.sample(i).positions[0]).as(of).isEqualTo((double) actual.sample(i).sequence);
            }
            lateTotal += lateSinceClose;
            handedOut += expected.size();
            lateSinceClose = 0;
            nextIndex++;
        }
    }
}

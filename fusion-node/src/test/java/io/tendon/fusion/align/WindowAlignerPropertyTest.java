package io.tendon.fusion.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.fusion.align.SampleSource.Arrival;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The aligner against {@link NaiveAligner}, for windows of 1 to 100 ms and samples of 0.5 to 33 ms, with jitter, drop-out,
 * copies, disorder, late samples, wrong clocks, restarts of the writer and stalls. Each case is one seed.
 */
class WindowAlignerPropertyTest {
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final int WINDOWS = 90;
    private static final int MOST_SAMPLES = 500;
    private static final long FIRST_SEED = 7_000;
    private static final int SEEDS = 200;

    private static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeWithANaiveReference(final long seed) {
        new Case(seed).run();
    }

    /** The cases would prove little if they were too easy. */
    @Test
    void shouldHaveMetEveryFateAndEveryKindOfTiming() {
        final Map<Admission, Long> fates = new EnumMap<>(Admission.class);
        long skipped = 0;
        int oneSlot = 0;
        int full = 0;
        for (final long seed : seeds().limit(SEEDS / 4).toArray()) {
            final Case met = new Case(seed);
            met.run();
            for (final Admission fate : Admission.values()) {
                fates.merge(fate, met.reference.count(fate), Long::sum);
            }
            skipped += met.reference.skippedWindows();
            oneSlot += met.timing.slots() == 1 ? 1 : 0;
            full += met.timing.slots() == WindowTiming.MAX_SLOTS ? 1 : 0;
        }

        for (final Admission fate : Admission.values()) {
            assertThat(fates.get(fate))
                    .as("samples that were %s: %s", fate, fates)
                    .isPositive();
        }
        assertThat(skipped).isPositive();
        assertThat(oneSlot).isPositive();
        assertThat(full).isPositive();
    }

    private static WindowTiming timing(final Random random) {
        int slots;
        long periodNs;
        do {
            slots = switch (random.nextInt(8)) {
                case 0 -> 1;
                case 1 -> WindowTiming.MAX_SLOTS;
                default -> 1 + random.nextInt(WindowTiming.MAX_SLOTS);
            };
            periodNs = 500_000L + (long) (random.nextDouble() * 32_500_000L);
            periodNs = random.nextBoolean() ? periodNs : Math.max(1, periodNs / 1_000_000L) * 1_000_000L;
        } while (slots * periodNs < 1_000_000L || slots * periodNs > 100_000_000L);
        final long windowNs = slots * periodNs;
        final long graceNs = random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * windowNs);
        return new WindowTiming(windowNs, periodNs, graceNs, 1 + random.nextInt(30));
    }

    /** One run of both side by side. */
    private static final class Case {
        private final Random random;
        private final String of;
        private final WindowTiming timing;
        private final WindowAligner aligner;
        private final NaiveAligner reference;
        private long nowNs;

        Case(final long seed) {
            random = new Random(seed);
            timing = timing(random);
            of = "seed " + seed + ", " + timing;
            nowNs = T0 + random.nextInt(1_000_000_000);
            aligner = new WindowAligner(timing, 1, nowNs);
            reference = new NaiveAligner(timing, nowNs);
        }

        void run() {
            final int windows = Math.min(WINDOWS, 2 + MOST_SAMPLES / timing.slots());
            final List<Arrival> arrivals = new SampleSource(random, timing).send(nowNs, windows);
            final long endNs = nowNs + (windows + 40L) * timing.windowNs();
            int next = 0;
            while (nowNs < endNs || next < arrivals.size()) {
                wake();
                while (next < arrivals.size() && arrivals.get(next).timeNs() <= nowNs) {
                    final ArmSample sample = arrivals.get(next++).sample();
                    assertThat(aligner.admit(sample)).as(of).isEqualTo(reference.admit(sample));
                }
                while (reference.isDue(nowNs)) {
                    assertThat(aligner.isDue(nowNs)).as(of).isTrue();
                    assertSame(aligner.close(), reference.close());
                }
                assertThat(aligner.isDue(nowNs)).as(of).isFalse();
            }
            assertCounts(arrivals.size());
        }

        /** Mostly about once a window, sometimes after a stall, rarely as a node that begins anew. */
        private void wake() {
            final boolean isStall = random.nextInt(40) == 0;
            final long most = isStall ? 50 * timing.windowNs() : timing.windowNs() + timing.windowNs() / 4;
            nowNs += 1 + (long) (random.nextDouble() * most);
            if (random.nextInt(250) == 0) {
                aligner.restart(nowNs);
                reference.restart(nowNs);
            }
            assertThat(aligner.skipTo(nowNs)).as(of).isEqualTo(reference.skipTo(nowNs));
            assertThat(aligner.nextCloseTimeNs()).as(of).isEqualTo(reference.closeTimeNs());
        }

        private void assertSame(final Window actual, final NaiveAligner.Closed expected) {
            final List<ArmSample> samples = expected.samples();
            final long startNs = expected.index() * timing.windowNs();
            assertThat(actual.index()).as(of).isEqualTo(expected.index());
            assertThat(actual.startNs()).as(of).isEqualTo(startNs);
            assertThat(actual.endNs()).as(of).isEqualTo(startNs + timing.windowNs());
            assertThat(actual.expectedSamples()).as(of).isEqualTo(timing.slots());
            assertThat(actual.receivedSamples()).as(of).isEqualTo(samples.size());
            assertThat(actual.lateSamples()).as(of).isEqualTo(expected.late());
            long mask = 0;
            long from = samples.isEmpty() ? 0 : Long.MAX_VALUE;
            long to = 0;
            long ageNs = -1;
            for (int i = 0; i < samples.size(); i++) {
                final ArmSample sample = samples.get(i);
                assertSame(actual.sample(i), sample);
                mask |= 1L << ((sample.captureTimeNs - startNs) / timing.samplePeriodNs());
                from = Math.min(from, sample.fromPosition);
                to = Math.max(to, sample.toPosition);
                ageNs = startNs + timing.windowNs() - sample.captureTimeNs;
                assertThat(actual.sessionId()).as(of).isEqualTo(sample.sessionId);
            }
            assertThat(actual.completenessMask()).as(of).isEqualTo(mask);
            assertThat(actual.newestSampleAgeNs()).as(of).isEqualTo(ageNs);
            assertThat(actual.fromPosition()).as(of).isEqualTo(from);
            assertThat(actual.toPosition()).as(of).isEqualTo(to);
        }

        private void assertSame(final ArmSample actual, final ArmSample expected) {
            final boolean isSame = actual.sequence == expected.sequence
                    && actual.sessionId == expected.sessionId
                    && actual.captureTimeNs == expected.captureTimeNs
                    && actual.fromPosition == expected.fromPosition
                    && actual.toPosition == expected.toPosition
                    && actual.positions[0] == expected.positions[0];
            assertThat(isSame)
                    .as("%s: sequence %d for %d", of, actual.sequence, expected.sequence)
                    .isTrue();
        }

        private void assertCounts(final int offered) {
            long counted = 0;
            for (final Admission fate : Admission.values()) {
                assertThat(aligner.count(fate)).as("%s, %s", of, fate).isEqualTo(reference.count(fate));
                counted += aligner.count(fate);
            }
            assertThat(counted).as(of).isEqualTo(offered);
            assertThat(aligner.discardedSamples()).as(of).isEqualTo(reference.discarded());
            assertThat(aligner.skippedWindows()).as(of).isEqualTo(reference.skippedWindows());
            assertThat(aligner.count(Admission.IN_TIME))
                    .as(of)
                    .isEqualTo(reference.handedOut() + reference.discarded() + reference.waiting());
        }
    }
}

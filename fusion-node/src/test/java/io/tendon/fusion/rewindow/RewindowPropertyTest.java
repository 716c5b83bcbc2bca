package io.tendon.fusion.rewindow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewindowing against the truth of runs in which everything happens. Each case is one seed. */
class RewindowPropertyTest {
    private static final long FIRST_SEED = 100;
    private static final int SEEDS = 60;

    private static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindWhatBecameOfEverySample(final long seed) {
        final RunScenario truth = new RunScenario(seed);
        final Found found = rewindow(truth, truth.timing.slots(), TimeRange.ALL);

        final List<ComparedWindow> expected = new NaiveRewindow(truth, truth.timing.slots()).windows();

        assertSame(found, expected, seed);
        assertThat(found.run.late()).as("late, seed %d", seed).isEqualTo(truth.late);
        assertThat(found.run.foreign()).as("foreign, seed %d", seed).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldCutTheSameSlotsIntoOtherWindows(final long seed) {
        final RunScenario truth = new RunScenario(seed);
        final int slots = 1 + (int) (seed * 7 % WindowTiming.MAX_SLOTS);

        assertSame(rewindow(truth, slots, TimeRange.ALL), new NaiveRewindow(truth, slots).windows(), seed);
    }

    @Test
    void shouldLeaveOutWindowsThatAreNotWhollyInTheRange() {
        final RunScenario truth = new RunScenario(FIRST_SEED);
        final long windowNs = truth.timing.windowNs();
        final TimeRange range = new TimeRange(RunScenario.T0 + 30 * windowNs + 1, RunScenario.T0 + 60 * windowNs - 1);

        final List<ComparedWindow> expected = new NaiveRewindow(truth, truth.timing.slots())
                .windows().stream()
                        .filter(window ->
                                window.startNs() >= range.fromNs() && window.startNs() + windowNs <= range.toNs())
                        .toList();

        assertThat(expected).isNotEmpty();
        assertSame(rewindow(truth, truth.timing.slots(), range), expected, FIRST_SEED);
    }

    /** The cases would prove little if they were too easy. */
    @Test
    void shouldHaveMetEveryFate() {
        final Map<SlotFate, Long> fates = new EnumMap<>(SlotFate.class);
        long unrecorded = 0;
        long lives = 0;
        for (final long seed : seeds().limit(SEEDS / 2).toArray()) {
            final RunScenario truth = new RunScenario(seed);
            final RewindowTotals totals = rewindow(truth, truth.timing.slots(), TimeRange.ALL).totals;
            for (final SlotFate fate : SlotFate.values()) {
                fates.merge(fate, totals.slots(fate), Long::sum);
            }
            unrecorded += totals.unrecordedSlots();
            lives = Math.max(lives, truth.cycles.lastEntry().getValue().session());
        }
        for (final SlotFate fate : SlotFate.values()) {
            if (fate != SlotFate.SHIFTED) {
                assertThat(fates.get(fate)).as("%s of %s", fate, fates).isPositive();
            }
        }
        assertThat(unrecorded).isPositive();
        assertThat(lives).isGreaterThan(6);
    }

    private static void assertSame(final Found found, final List<ComparedWindow> expected, final long seed) {
        assertThat(found.windows).as("windows, seed %d", seed).containsExactlyElementsOf(expected);
        assertThat(found.totals.windows()).isEqualTo(expected.size());
        assertThat(found.totals.completeInRun())
                .isEqualTo(expected.stream()
                        .filter(ComparedWindow::isCompleteInRun)
                        .count());
        assertThat(found.totals.completeWithLog())
                .isEqualTo(expected.stream()
                        .filter(ComparedWindow::isCompleteWithLog)
                        .count());
        assertThat(found.totals.completeWithLog())
                .isEqualTo(
                        found.totals.completeInRun() + found.totals.becameComplete() + found.totals.notMadeComplete());
        assertThat(found.totals.silent())
                .isEqualTo(expected.stream()
                        .filter(window ->
                                window.count(SlotFate.SILENT) == window.fates().size())
                        .count());
        assertThat(found.totals.windows())
                .isEqualTo(found.totals.completeInRun()
                        + found.totals.incompleteInRun()
                        + found.totals.notMade()
                        + found.totals.silent())
                .isEqualTo(found.totals.completeWithLog() + found.totals.incompleteWithLog() + found.totals.silent());
        assertThat(found.totals.slots())
                .isEqualTo(expected.stream()
                        .mapToLong(window -> window.fates().size())
                        .sum());
    }

    private static Found rewindow(final RunScenario truth, final int slots, final TimeRange range) {
        final long periodNs = truth.timing.samplePeriodNs();
        final CycleGaps gaps = new CycleGaps(periodNs);
        final RunWindows run = new RunWindows(truth.states.cursor());
        final LogWindows log = new LogWindows(truth.samples.cursor(), slots * periodNs, periodNs, gaps);
        assertThat(Objects.requireNonNull(run.first()).samplePeriodNs()).isEqualTo(periodNs);
        final List<ComparedWindow> windows = new ArrayList<>();
        final RewindowTotals totals = new Rewindow(
                        run,
                        log,
                        gaps,
                        UnseenSamples.read(truth.events.cursor(), StreamCatalog.CONTROL_STATE.streamId()),
                        new RewindowTiming(slots * periodNs, periodNs),
                        range,
                        false)
                .run(windows::add);
        return new Found(run, totals, windows);
    }

    private record Found(RunWindows run, RewindowTotals totals, List<ComparedWindow> windows) {}
}

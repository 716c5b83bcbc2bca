package io.tendon.certify.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.cycle.TickLog;
import io.tendon.bus.cycle.TickLogView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickComparisonTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final int TICKS = 1000;
    private static final long MS = 1_000_000;
    private static final long US = 1_000;

    @TempDir
    private Path directory;

    private Safepoints safepoints = Safepoints.NONE;
    private TickLog control;
    private TickLog witness;

    @BeforeEach
    void open() {
        // The witness began seven ticks before control: the same grid, other numbers.
        control = TickLog.open(directory.resolve("control"), PERIOD_NS, START_NS, TICKS);
        witness = TickLog.open(directory.resolve("witness"), PERIOD_NS, START_NS - 7 * PERIOD_NS, TICKS);
    }

    @AfterEach
    void close() {
        control.close();
        witness.close();
    }

    @Test
    void shouldTakeAwayWhatHappenedToTheWitnessAtTheSameTick() {
        for (int tick = 0; tick < 100; tick++) {
            control.executed(due(tick), tick == 50 ? 700 * US : 60 * US, 0);
            witness.executed(due(tick), tick == 50 ? 650 * US : 40 * US, 0);
        }

        final PhaseFigures figures = compare(0, 100);

        assertThat(figures.ticks()).isEqualTo(100);
        assertThat(figures.unknown()).isZero();
        assertThat(figures.lateness().max()).isEqualTo(700 * US);
        assertThat(figures.witnessLateness().max()).isEqualTo(650 * US);
        assertThat(figures.excess().max()).isEqualTo(50 * US);
        assertThat(figures.excess().p50()).isBetween(19_900L, 20_100L);
        assertThat(figures.unexplained()).isZero();
    }

    @Test
    void shouldBlameTheMachineWhenTheWitnessWasHeldToo() {
        ticks(0, 20);
        // Both away from tick 20 until 5.3 ms later.
        control.executed(due(25), 330 * US, 5);
        witness.executed(due(25), 300 * US, 5);
        ticks(26, 40);

        final PhaseFigures figures = compare(0, 40);

        assertThat(figures.missed()).isEqualTo(new MissedTicks(5, 0, 0, 0));
        assertThat(figures.witnessMissed()).isEqualTo(5);
        assertThat(figures.excess().max()).isEqualTo(30 * US);
        assertThat(figures.unexplained()).isZero();
    }

    @Test
    void shouldTellALongCycleFromALateWakeUp() {
        ticks(0, 20);
        control.finished(due(19), 3 * MS);
        control.executed(due(22), 100 * US, 2);
        witnessTicks(20, 60);
        controlTicks(23, 30);
        control.finished(due(29), 50 * US);
        control.executed(due(34), 100 * US, 4);
        controlTicks(35, 60);

        final PhaseFigures figures = compare(0, 60);

        assertThat(figures.missed()).isEqualTo(new MissedTicks(0, 0, 2, 4));
        assertThat(figures.missed().all()).isEqualTo(6);
        // Of the four and two ticks, those that were more than 1 ms late.
        assertThat(figures.unexplained()).isEqualTo(6);
    }

    @Test
    void shouldNameTheSafepointThatHeldControl() {
        ticks(0, 20);
        witnessTicks(20, 60);
        control.executed(due(25), 100 * US, 5);
        controlTicks(26, 60);
        safepoints = new Safepoints(
                List.of(new Safepoints.Safepoint(due(20) - 500 * US, due(25), "GenCollectForAllocation")));

        assertThat(compare(0, 60).missed()).isEqualTo(new MissedTicks(0, 5, 0, 0));
    }

    @Test
    void shouldReadTheSafepointsOfAJvmsLog() throws IOException {
        final Path log = directory.resolve("safepoints.log");
        Files.writeString(log, """
                [14098609331856ns] Entering safepoint region: GenCollectForAllocation
                [14098618439700ns] Safepoint "GenCollectForAllocation", Time since last: 32525802794 ns, Reaching \
                safepoint: 5438 ns, Cleanup: 198654 ns, At safepoint: 9102441 ns, Total: 9306533 ns
                [14098618440000ns] Handshake "Deoptimize", Targeted threads: 1, Executed by requesting thread: 1, Total \
                completion time: 1000 ns, Num process: 1
                """);

        assertThat(Safepoints.read(log, 1_000).all())
                .containsExactly(
                        new Safepoints.Safepoint(
                                14098618439700L + 1_000 - 9306533, 14098618439700L + 1_000, "GenCollectForAllocation"),
                        new Safepoints.Safepoint(14098618440000L, 14098618441000L, "Deoptimize"));
        assertThat(Safepoints.read(directory.resolve("none"), 0).all()).isEmpty();
    }

    @Test
    void shouldCountALongStallOnceAndOnlyAboveTwentyMilliseconds() {
        ticks(0, 10);
        control.executed(due(50), 0, 40);
        witnessTicks(10, 200);
        controlTicks(51, 100);
        control.executed(due(118), 0, 18);
        controlTicks(119, 200);

        final PhaseFigures figures = compare(0, 200);

        assertThat(figures.lateEpisodes()).isEqualTo(1);
        assertThat(figures.excessEpisodes()).isEqualTo(1);
        assertThat(figures.lateness().max()).isEqualTo(40 * MS);
    }

    @Test
    void shouldCountTicksWithoutControlAndNotCallThemPunctual() {
        ticks(0, 10);
        witnessTicks(10, 100);
        controlTicks(60, 100);

        final PhaseFigures figures = compare(0, 100);

        assertThat(figures.unknown()).isEqualTo(50);
        assertThat(figures.lateness().count()).isEqualTo(50);
        assertThat(figures.missed().all()).isZero();
        assertThat(figures.unexplainedShare()).isZero();
    }

    @Test
    void shouldTakeNothingAwayWhereTheWitnessSaysNothing() {
        controlTicks(0, 10);
        control.executed(due(10), 900 * US, 0);

        assertThat(compare(0, 11).excess().max()).isEqualTo(900 * US);
    }

    @Test
    void shouldCallAStretchDisturbedWhenTheWitnessMissedMoreThanTwoPercent() {
        ticks(0, 100);
        witness.executed(due(102), 0, 2);
        ticks(103, 200);
        assertThat(compare(0, 200).isDisturbed()).isFalse();
        assertThat(compare(50, 149).isDisturbed()).isTrue();
    }

    @Test
    void shouldRefuseLogsOfDifferentGrids() {
        try (TickLog other = TickLog.open(directory.resolve("other"), 3 * PERIOD_NS, START_NS, TICKS);
                TickLogView one = new TickLogView(directory.resolve("control"));
                TickLogView two = new TickLogView(directory.resolve("other"))) {
            other.executed(START_NS, 1, 0);
            assertThatThrownBy(() -> TickComparison.compare(one, two, START_NS, START_NS + PERIOD_NS, Safepoints.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("different grids");
        }
    }

    private PhaseFigures compare(final int from, final int to) {
        try (TickLogView one = new TickLogView(directory.resolve("control"));
                TickLogView two = new TickLogView(directory.resolve("witness"))) {
            return TickComparison.compare(one, two, due(from), due(to), safepoints);
        }
    }

    private void ticks(final int from, final int to) {
        controlTicks(from, to);
        witnessTicks(from, to);
    }

    private void controlTicks(final int from, final int to) {
        for (int tick = from; tick < to; tick++) {
            control.executed(due(tick), 60 * US, 0);
            control.finished(due(tick), 70 * US);
        }
    }

    private void witnessTicks(final int from, final int to) {
        for (int tick = from; tick < to; tick++) {
            witness.executed(due(tick), 40 * US, 0);
        }
    }

    private static long due(final long tick) {
        return START_NS + tick * PERIOD_NS;
    }
}

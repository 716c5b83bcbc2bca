package io.tendon.certify.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.certify.measure.FaultVerdict;
import io.tendon.certify.measure.Losses;
import io.tendon.schemas.SafetyState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final long MS = 1_000_000L;
    private static final Losses NOTHING_LOST = new Losses(1_000, 0, 1_000, 0, 1_000, 0, 0);

    @Test
    void shouldDrawTheThreePhasesBesideEachOtherUpToTheLatestCycle() {
        final List<String> lines = ReportText.histogram(
                List.of(phase("before", 1_000, 5_000), phase("during", 999, 5_000, 2 * MS), phase("after", 10, 5_000)));

        assertThat(lines).hasSize(1 + 9);
        assertThat(lines.get(0)).matches("  lateness of control +before 10\\.0 s +during 10\\.0 s +after 10\\.0 s");
        assertThat(lines.get(1)).matches("  < 10us +1000 #{16} +999 #{16} +10 #{6}");
        assertThat(lines.get(9)).matches("  >= 2\\.0ms +0 +1 ##  +0");
    }

    @Test
    void shouldDrawBarsOnALogarithmicScaleOnWhichOneCycleIsSeen() {
        assertThat(ReportText.bar(0, 1_000_000)).isEmpty();
        assertThat(ReportText.bar(1, 1_000_000)).isEqualTo("#");
        assertThat(ReportText.bar(1_000, 1_000_000)).hasSize(8);
        assertThat(ReportText.bar(1_000_000, 1_000_000)).hasSize(16);
    }

    @Test
    void shouldSayHowToGoOnWhenTheArmHolds() {
        assertThat(text(SafetyState.HOLDING)).contains("arm: HOLDING; go on with `control-node resume --name other`");
        assertThat(text(SafetyState.STOPPED)).contains("arm: STOPPED; go on with `control-node reset --name other`");
        assertThat(text(SafetyState.RUNNING)).contains("arm: RUNNING");
    }

    private static List<String> text(final SafetyState state) {
        return ReportText.lines(
                new InjectionReport(
                        "disk-stall",
                        "the recorder's writes block",
                        "other",
                        "20260101-000000-0000",
                        List.of("held 10 writes"),
                        List.of(phase("before", 1, 0), phase("during", 1, 0), phase("after", 1, 0)),
                        0,
                        20 * MS,
                        false,
                        0,
                        state,
                        new FaultVerdict(List.of("all nodes work again"), List.of())),
                " --name other");
    }

    /** A phase with so many cycles of the first lateness, and one of each that follows. */
    private static Phase phase(final String name, final int count, final long... latenessesNs) {
        final long[] all = new long[count + latenessesNs.length - 1];
        Arrays.fill(all, latenessesNs[0]);
        System.arraycopy(latenessesNs, 1, all, count, latenessesNs.length - 1);
        return new Phase(name, 10_000 * MS, Lateness.of(all), NOTHING_LOST);
    }
}

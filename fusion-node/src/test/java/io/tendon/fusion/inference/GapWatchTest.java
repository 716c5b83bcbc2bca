package io.tendon.fusion.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapWatchTest {
    private static final long MS = 1_000_000L;

    private final WindowAligner aligner = new WindowAligner(new WindowTiming(10 * MS, MS, MS, 20), 3, 0);
    private final ArmSample sample = new ArmSample(3);
    private final GapWatch gaps = new GapWatch(3 * MS, JudgedWindows.ALL);

    @Test
    void shouldKnowOfNoGapAsLongAsNoneWasThere() {
        assertThat(since(40, List.of(5, 17, 19))).containsOnly(Integer.MAX_VALUE);
    }

    @Test
    void shouldCountFromTheWindowInWhichAGapEnded() {
        // Within a window, over the edge between two, and over a window of which nothing came.
        assertThat(since(30, List.of(4, 5))).containsExactly(0, 1, 2);
        assertThat(since(40, List.of(9, 10))).startsWith(3, 0, 1);
        final List<Integer> empty = new ArrayList<>();
        for (int slot = 5; slot < 23; slot++) {
            empty.add(slot);
        }
        assertThat(since(40, empty)).containsExactly(3, 4, 0, 1);
    }

    @Test
    void shouldJudgeAnArmThatFollowsSetpoints() {
        assertThat(judged(60, 25, 26)).containsExactly(true, true, false, true, true, true);
    }

    @Test
    void shouldLetAnArmSettleThatWasHeldForLong() {
        assertThat(judged(340, 25, 285)).filteredOn(judged -> judged).hasSize(2 + 3);
    }

    /** Whether the windows of so many ms are judged, in which the arm does not follow set-points in some. */
    private List<Boolean> judged(final int lengthMs, final int heldFromMs, final int heldToMs) {
        final GapWatch watch = new GapWatch(3 * MS, new JudgedWindows(true, 20 * MS));
        final List<Boolean> judged = new ArrayList<>();
        final long beginNs = aligner.nextCloseTimeNs() - 11 * MS;
        for (int ms = 0; ms < lengthMs; ms++) {
            sample.sequence++;
            sample.captureTimeNs = beginNs + ms * MS;
            sample.followsSetpoints = ms < heldFromMs || ms >= heldToMs;
            aligner.admit(sample);
            if (ms % 10 == 9) {
                watch.update(aligner.close());
                judged.add(watch.isJudged());
            }
        }
        return judged;
    }

    /** What is said of the windows of so many ms in which the samples of these ms are missing. */
    private List<Integer> since(final int lengthMs, final List<Integer> missing) {
        final List<Integer> said = new ArrayList<>();
        final long beginNs = aligner.nextCloseTimeNs() - 11 * MS;
        for (int ms = 0; ms < lengthMs; ms++) {
            if (!missing.contains(ms)) {
                sample.sequence++;
                sample.captureTimeNs = beginNs + ms * MS;
                aligner.admit(sample);
            }
            if (ms % 10 == 9) {
                said.add(gaps.update(aligner.close()));
            }
        }
        return said;
    }
}

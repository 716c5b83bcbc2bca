package io.tendon.certify.certificate;

import static io.tendon.certify.certificate.Certificates.EVEN;
import static io.tendon.certify.certificate.Certificates.GOOD;
import static io.tendon.certify.certificate.Certificates.US;
import static io.tendon.certify.certificate.Certificates.figures;
import static io.tendon.certify.certificate.Certificates.green;
import static io.tendon.certify.certificate.Certificates.stall;
import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.certify.measure.LoopAllocation;
import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.PublishCost;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Losses NONE = Certificates.losses(0, 0);
    private static final Certificate GREEN = green();

    @Test
    void shouldBeGreenWhenEveryBarIsHeld() {
        final Verdict verdict = Verdict.of(GREEN);

        assertThat(verdict.lines()).hasSize(14).allMatch(VerdictLine::isKept);
        assertThat(verdict.leftOut()).containsExactly("disk-full: not here");
        assertThat(verdict.isGreen()).isTrue();
    }

    @Test
    void shouldBreakWhenOneMessageWasRefusedOrMissed() {
        assertBroken(withStall(stall(GOOD, Certificates.losses(1, 0))), "messages refused to control, and");
        assertBroken(withStall(stall(GOOD, Certificates.losses(0, 1))), "messages refused to control, and");
    }

    @Test
    void shouldBreakWhenAFaultsOwnPromiseIsBrokenOrItDidNotComeAbout() {
        final MeasuredPhase stall = stall(GOOD, NONE);
        assertBroken(
                withStall(new MeasuredPhase(
                        stall.name(),
                        stall.description(),
                        stall.durationS(),
                        GOOD,
                        NONE,
                        -1,
                        List.of(),
                        List.of("not all nodes work again"),
                        "RUNNING",
                        1)),
                "promises that come with each fault");
    }

    @Test
    void shouldBreakWhenTheWitnessCouldBeHeldOrWasHeldTooOften() {
        final PhaseFigures disturbed = new PhaseFigures(
                10_000,
                0,
                GOOD.missed(),
                201,
                GOOD.lateness(),
                GOOD.witnessLateness(),
                GOOD.excess(),
                0,
                0,
                0,
                GOOD.curve());
        assertBroken(withFigures(disturbed), "stretches in which the witness");
        assertBroken(Certificates.withoutRights(), "the witness at its priority");
    }

    @Test
    void shouldBreakWhenControlWasNotSeenAtAll() {
        final PhaseFigures half = new PhaseFigures(
                GOOD.ticks(),
                1,
                GOOD.missed(),
                0,
                GOOD.lateness(),
                GOOD.witnessLateness(),
                GOOD.excess(),
                0,
                0,
                0,
                GOOD.curve());
        assertBroken(withFigures(half), "share of cycles");
    }

    @Test
    void shouldBreakWhenTheRobotWithoutIsolationLosesNothing() {
        assertBroken(
                Certificates.of(
                        GREEN.story(), GOOD, GREEN.stall(), Optional.of(NONE), GREEN.allocation(), GREEN.publishing()),
                "what it must find: the same robot");
    }

    @Test
    void shouldBreakWhenTheStorysDesignDoesNotShowTheStalls() {
        final StoryBaseline mild = new StoryBaseline(GOOD, figures(400, 7, 1, 0, 7), 10, 10);
        assertBroken(
                Certificates.of(mild, GOOD, GREEN.stall(), GREEN.tethered(), GREEN.allocation(), GREEN.publishing()),
                "the shared-pool design: times");
    }

    @Test
    void shouldBreakOnASingleLongEpisodeOfTendon() {
        assertBroken(withFigures(figures(100, 1, 500 * US, 0, 1)), "Tendon under the same stalls");
    }

    @Test
    void shouldBreakWhenTendonMissesMoreThanAQuarterOfTheStorysCycles() {
        assertBroken(withFigures(figures(101, 0, 500 * US, 0, 0)), "missed cycles per second");
    }

    @Test
    void shouldBreakWhenMoreThanHalfAPercentIsUnexplained() {
        assertThat(Verdict.of(withFigures(figures(100, 0, 500 * US, 50, 0))).isGreen())
                .isTrue();
        assertBroken(withFigures(figures(100, 0, 500 * US, 51, 0)), "share of cycles");
    }

    @Test
    void shouldBreakWhenExcessGrowsThreefoldUnderAFault() {
        assertThat(Verdict.of(withFigures(figures(100, 0, 1500 * US, 0, 0))).isGreen())
                .isTrue();
        assertBroken(withFigures(figures(100, 0, 1501 * US, 0, 0)), "99.9th percentile of EXCESS");
    }

    @Test
    void shouldBreakOnAllocation() {
        assertBroken(
                Certificates.of(
                        GREEN.story(),
                        GOOD,
                        GREEN.stall(),
                        GREEN.tethered(),
                        Optional.of(new LoopAllocation(10_000, 16, 0, 30)),
                        GREEN.publishing()),
                "bytes that control's loop allocates");
    }

    @Test
    void shouldBreakWhenPublishingCostsMoreThanItsBars() {
        assertBroken(withPairs(new PublishCost.Pair(121, 150, 100, 100, 100, 100), EVEN), "publishing a state message");
        assertBroken(
                withPairs(new PublishCost.Pair(120, 151, 100, 100, 100, 100), EVEN), "the same, ratio of the 99th");
        assertBroken(
                withPairs(EVEN, new PublishCost.Pair(181, 200, 100, 100, 100, 100)),
                "publishing while a write of the recorder");
    }

    @Test
    void shouldAllowPublishingWhatBareAeronDiffersByFromItself() {
        assertThat(Verdict.of(withPairs(new PublishCost.Pair(110, 190, 100, 100, 100, 190), EVEN))
                        .isGreen())
                .isTrue();
    }

    @Test
    void shouldNameTheLinesThatAShortRunLeavesOut() {
        final Verdict verdict = Verdict.of(Certificates.of(
                GREEN.story(), GOOD, GREEN.stall(), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(verdict.isGreen()).isTrue();
        assertThat(verdict.lines()).hasSize(9);
        assertThat(verdict.leftOut()).hasSize(6);
    }

    private static Certificate withStall(final MeasuredPhase stall) {
        return Certificates.of(GREEN.story(), GOOD, stall, GREEN.tethered(), GREEN.allocation(), GREEN.publishing());
    }

    private static Certificate withFigures(final PhaseFigures figures) {
        return withStall(stall(figures, NONE));
    }

    private static Certificate withPairs(final PublishCost.Pair undisturbed, final PublishCost.Pair stalled) {
        return Certificates.of(
                GREEN.story(),
                GOOD,
                GREEN.stall(),
                GREEN.tethered(),
                GREEN.allocation(),
                Optional.of(new PublishCost(
                        Collections.nCopies(9, undisturbed),
                        Collections.nCopies(9, EVEN),
                        Collections.nCopies(9, stalled))));
    }

    private static void assertBroken(final Certificate certificate, final String lineBegin) {
        final Verdict verdict = Verdict.of(certificate);
        final List<VerdictLine> broken =
                verdict.lines().stream().filter(line -> !line.isKept()).toList();
        assertThat(broken).hasSize(1);
        assertThat(broken.get(0).line()).startsWith(lineBegin);
        assertThat(verdict.isGreen()).isFalse();
    }
}

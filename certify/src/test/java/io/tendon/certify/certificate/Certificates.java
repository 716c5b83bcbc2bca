package io.tendon.certify.certificate;

import io.tendon.bus.doctor.Finding;
import io.tendon.certify.fault.ProcessStop;
import io.tendon.certify.measure.LoopAllocation;
import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.MissedTicks;
import io.tendon.certify.measure.Percentiles;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.PublishCost;
import io.tendon.certify.measure.WarmUp;
import io.tendon.schemas.NodeId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Certificates with figures that are just good enough, to be changed one at a time. */
public final class Certificates {
    static final long US = 1_000;
    static final PhaseFigures GOOD = figures(100, 0, 500 * US, 0, 0);
    static final PublishCost.Pair EVEN = new PublishCost.Pair(120, 150, 100, 100, 100, 100);

    private Certificates() {}

    /** Every line is kept, by little. */
    public static Certificate green() {
        return of(
                new StoryBaseline(GOOD, figures(400, 8, 46_000 * US, 400, 8), 10, 10),
                GOOD,
                stall(GOOD, losses(0, 0)),
                Optional.of(losses(6_000, 6_000)),
                Optional.of(new LoopAllocation(10_000, 0, 0, 1)),
                Optional.of(new PublishCost(
                        Collections.nCopies(9, EVEN), Collections.nCopies(9, EVEN), Collections.nCopies(9, EVEN))));
    }

    /** Like {@link #green()}, but for the witness's rights. */
    static Certificate withoutRights() {
        final Certificate green = green();
        return new Certificate(
                green.startedAt(),
                green.durationS(),
                green.isQuick(),
                green.isTethered(),
                green.stallMs(),
                green.machine(),
                green.findings(),
                new WitnessCheck(GOOD, GOOD, false),
                green.story(),
                green.warmUp(),
                green.undisturbed(),
                green.faults(),
                green.notRun(),
                green.tethered(),
                green.allocation(),
                green.publishing());
    }

    static Certificate of(
            final StoryBaseline story,
            final PhaseFigures undisturbed,
            final MeasuredPhase stall,
            final Optional<Losses> tethered,
            final Optional<LoopAllocation> allocation,
            final Optional<PublishCost> publishing) {
        return new Certificate(
                Instant.EPOCH,
                600,
                tethered.isEmpty(),
                false,
                47,
                Map.of("processor", "A <fast> one"),
                List.of(new Finding("governor", Finding.Status.WARN, "powersave", "slow", "make it fast")),
                new WitnessCheck(GOOD, GOOD, true),
                story,
                new WarmUp.Outcome(List.of(30, 1, 0), true),
                new MeasuredPhase(
                        MeasuredPhase.NO_FAULT,
                        "nothing",
                        10,
                        undisturbed,
                        losses(0, 0),
                        0,
                        List.of(),
                        List.of(),
                        "RUNNING",
                        1),
                List.of(new Certificate.JudgedPhase(
                        stall,
                        new PlannedFault(
                                () -> new ProcessStop(NodeId.PERSISTENCE),
                                1,
                                Set.of(PlannedFault.Role.values()),
                                true))),
                List.of("disk-full: not here"),
                tethered,
                allocation,
                publishing);
    }

    static Losses losses(final long refused, final long fusionMissed) {
        return new Losses(10_000, 0, 10_000, refused, 10_000, fusionMissed, 0);
    }

    static MeasuredPhase stall(final PhaseFigures figures, final Losses losses) {
        return new MeasuredPhase(
                "disk-stall", "stalls", 10, figures, losses, 0.1, List.of("held 10"), List.of(), "RUNNING", 1);
    }

    /** Of 10,000 ticks. */
    static PhaseFigures figures(
            final long missed,
            final long episodes,
            final long excessP999Ns,
            final long unexplained,
            final long excessEpisodes) {
        final Percentiles excess =
                new Percentiles(10_000, 20 * US, 50 * US, excessP999Ns, 2 * excessP999Ns, 3 * excessP999Ns);
        return new PhaseFigures(
                10_000,
                0,
                new MissedTicks(missed, 0, 0, 0),
                0,
                excess,
                excess,
                excess,
                unexplained,
                episodes,
                excessEpisodes,
                List.of(new PhaseFigures.CurvePoint(0, 40 * US, 30 * US)));
    }
}

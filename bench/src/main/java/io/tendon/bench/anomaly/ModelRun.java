package io.tendon.bench.anomaly;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.control.hardware.sim.FaultKind;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFault;
import io.tendon.fusion.inference.ModelFile;
import java.util.ArrayList;
import java.util.List;

/** What fusion's model says of an arm that is well, and what it finds of one that is not. Main thread. */
final class ModelRun {
    private final Work work;
    private final ModelFile file;
    private final Model model;
    private final long firstSeed;
    private final double share;
    private final Progress progress;

    /**
     * A run.
     *
     * @param work that the arm does.
     * @param file of the model.
     * @param model of the file; not closed with this.
     * @param firstSeed of the seeds, which are used once each.
     * @param share of their usual size that the faults have, where they have one.
     * @param progress takes lines for the user.
     */
    ModelRun(
            final Work work,
            final ModelFile file,
            final Model model,
            final long firstSeed,
            final double share,
            final Progress progress) {
        this.work = work;
        this.file = file;
        this.model = model;
        this.firstSeed = firstSeed;
        this.share = share;
        this.progress = progress;
    }

    /** An arm that is well, minute by minute, each with a seed of its own. */
    Section well(final int minutes) throws ModelFault {
        final Section section =
                new Section("fusion's model " + file.name() + ", nothing wrong, " + minutes + " min each");
        for (final Gaps gaps : Gaps.values()) {
            progress.accept("  model, nothing wrong, " + gaps.text());
            int windows = 0;
            int above = 0;
            int usual = 0;
            double highest = 0;
            for (int minute = 0; minute < minutes; minute++) {
                progress.requireWanted();
                final JudgedArm arm = new JudgedArm(work.arm(firstSeed + minute, gaps, List.of()), file, model);
                for (long ms = 0; ms < AnomalyRun.MINUTE_MS; ms++) {
                    arm.step();
                }
                windows += arm.windows();
                above += arm.above();
                usual += arm.aboveUsual();
                highest = Math.max(highest, arm.highest());
            }
            section.add(
                    gaps.text(),
                    Figure.count("windows", windows),
                    Figure.count("above", above),
                    Figure.ratio("score", highest),
                    Figure.count("one threshold", usual));
            section.atMost("windows of an arm that is well above the threshold, " + gaps.text(), Unit.COUNT, above, 0);
        }
        section.note("score: the highest of any window, divided by its threshold; 1 is what is allowed");
        section.note("one threshold: above that of a window without a gap before it");
        return section;
    }

    /** Each fault under each kind of gap. */
    Section faults(final int trials) throws ModelFault {
        final Section section = new Section("fusion's model " + file.name() + ", faults, " + trials + " each");
        int early = 0;
        for (final FaultKind kind : FaultKind.values()) {
            final FaultFigures figures = new FaultFigures(section, kind, ", by the model");
            for (final Gaps gaps : Gaps.values()) {
                progress.accept("  model, " + FaultFigures.label(kind, gaps));
                final List<Double> latenciesNs = new ArrayList<>();
                for (int trial = 0; trial < trials; trial++) {
                    progress.requireWanted();
                    early += trial(kind, gaps, firstSeed + AnomalyRun.FIRST_TRIAL + trial, latenciesNs);
                }
                figures.add(gaps, latenciesNs, trials);
            }
            figures.end();
        }
        section.atMost("windows above the threshold before the fault", Unit.COUNT, early, 0);
        return section;
    }

    /** How many windows were above the threshold before the fault; the time until the first behind it is added. */
    private int trial(final FaultKind kind, final Gaps gaps, final long seed, final List<Double> latenciesNs)
            throws ModelFault {
        final PlannedFault planned = PlannedFault.of(work, kind, gaps, seed, share);
        final JudgedArm arm = new JudgedArm(work.arm(seed, gaps, List.of(planned.fault())), file, model);
        int early = 0;
        for (long ms = 0; ms < planned.onsetMs() + FaultTrial.PATIENCE_MS; ms++) {
            arm.step();
            if (arm.isAbove() && arm.elapsedNs() >= planned.onsetNs()) {
                latenciesNs.add((double) (arm.elapsedNs() - planned.onsetNs()));
                break;
            }
            early += arm.isAbove() ? 1 : 0;
        }
        return early;
    }
}

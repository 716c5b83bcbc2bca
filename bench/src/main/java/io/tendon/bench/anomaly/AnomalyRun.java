package io.tendon.bench.anomaly;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.control.anomaly.AnomalyDetector;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.anomaly.DetectorSettings;
import io.tendon.control.hardware.sim.FaultKind;
import io.tendon.robot.RobotModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** False alarms of an arm that is well, and what is found of one that is not. Main thread. */
final class AnomalyRun {
    static final long MINUTE_MS = 60_000;
    static final int FIRST_TRIAL = 1_000;
    private static final int WARM_UP_SAMPLES = 60_000;
    private static final int TIMED_SAMPLES = 60_000;

    private final Work work;
    private final RobotModel heavier;
    private final long firstSeed;
    private final double share;
    private final Progress progress;
    private int falseAlarms;
    private int foundFaults;

    /**
     * A run.
     *
     * @param work that the arm does.
     * @param heavier the same robot with other masses, which another detector takes it for.
     * @param firstSeed of the seeds, which are used once each.
     * @param share of their usual size that the faults have, where they have one.
     * @param progress takes lines for the user.
     */
    AnomalyRun(
            final Work work,
            final RobotModel heavier,
            final long firstSeed,
            final double share,
            final Progress progress) {
        this.work = work;
        this.heavier = heavier;
        this.firstSeed = firstSeed;
        this.share = share;
        this.progress = progress;
    }

    /** An arm that is well, minute by minute, each with a seed of its own. */
    Section well(final int minutes) {
        final Section section = new Section("nothing wrong, " + minutes + " min each: anomalies found");
        for (final Gaps gaps : Gaps.values()) {
            progress.accept("  nothing wrong, " + gaps.text());
            well(section, gaps, minutes);
        }
        section.note("score: the largest of any sample; 1 is what is allowed");
        section.note(
                "blind to gaps: the same detector on the same samples, each of which it takes for the one that was due");
        section.note("10 % heavier: the same detector, for which every link weighs a tenth more than it does");
        return section;
    }

    private void well(final Section section, final Gaps gaps, final int minutes) {
        int aware = 0;
        int blind = 0;
        int wrongModel = 0;
        double highest = 0;
        for (int minute = 0; minute < minutes; minute++) {
            progress.requireWanted();
            final WatchedArm arm = new WatchedArm(work.arm(firstSeed + minute, gaps, List.of()));
            final double payloadKg = work.cell().blockMassKg();
            final WatchedArm.Watcher blindOne = arm.watch(work.robot(), payloadKg, false);
            final WatchedArm.Watcher wrongOne = arm.watch(heavier, payloadKg, true);
            final WatchedArm.Watcher awareOne = arm.watch(work.robot(), payloadKg, true);
            for (long ms = 0; ms < MINUTE_MS; ms++) {
                arm.step();
                // NaN of the first sample loses.
                highest = arm.score() > highest ? arm.score() : highest;
            }
            aware += awareOne.findings().size();
            blind += blindOne.findings().size();
            wrongModel += wrongOne.findings().size();
        }
        falseAlarms += aware;
        section.add(
                gaps.text(),
                Figure.count("found", aware),
                Figure.ratio("score", highest),
                Figure.count("blind to gaps", blind),
                Figure.count("10 % heavier", wrongModel));
        section.atMost("anomalies of an arm that is well, " + gaps.text(), Unit.COUNT, aware, 0);
        if (gaps == Gaps.STALLS) {
            section.atLeast("the same of a detector that is blind to gaps", Unit.COUNT, blind, 1);
        }
    }

    /** Each fault under each kind of gap. */
    Section faults(final int trials) {
        final Section section = new Section("faults, " + trials + " each");
        for (final FaultKind kind : FaultKind.values()) {
            faults(section, kind, trials);
        }
        section.add("all that was found", Figure.ratio("precision", precision()));
        section.note("found: within 10 s of the onset; median and max: of the time until then");
        section.note("of joints " + work.movingJoints() + ", which move in this work: of the others nothing shows");
        return section;
    }

    private void faults(final Section section, final FaultKind kind, final int trials) {
        final Map<AnomalyKind, Integer> by = new EnumMap<>(AnomalyKind.class);
        final FaultFigures figures = new FaultFigures(section, kind, "");
        for (final Gaps gaps : Gaps.values()) {
            progress.accept("  " + FaultFigures.label(kind, gaps));
            figures.add(gaps, latenciesNs(kind, gaps, trials, by), trials);
        }
        figures.end();
        section.note(kind.word() + " is found by " + by);
    }

    private List<Double> latenciesNs(
            final FaultKind kind, final Gaps gaps, final int trials, final Map<AnomalyKind, Integer> by) {
        final List<Double> latenciesNs = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            progress.requireWanted();
            final FaultTrial done = new FaultTrial(work, kind, gaps, firstSeed + FIRST_TRIAL + trial, share).run();
            falseAlarms += done.isFalse() ? 1 : 0;
            final WatchedArm.Finding found = done.found();
            if (found != null) {
                latenciesNs.add(done.latencyNs());
                by.merge(found.kind(), 1, Integer::sum);
            }
        }
        foundFaults += latenciesNs.size();
        return latenciesNs;
    }

    /** What judging a sample takes, of the 1 ms that a cycle has. */
    Section cost() {
        progress.accept("  what it costs");
        final WorkingArm arm = work.arm(firstSeed, Gaps.NONE, List.of());
        final AnomalyDetector detector = new AnomalyDetector(
                work.robot(),
                new DetectorSettings(WorkingArm.PERIOD_NS, work.cell().blockMassKg(), 1, true),
                (kind, joint, residual, allowed) -> true);
        final double[] takenNs = new double[TIMED_SAMPLES];
        for (int i = -WARM_UP_SAMPLES; i < TIMED_SAMPLES; i++) {
            arm.step();
            final long beginNs = System.nanoTime();
            detector.update(arm.frame(), arm.command());
            final long endNs = System.nanoTime();
            if (i >= 0) {
                takenNs[i] = endNs - beginNs;
            }
            arm.drive();
        }
        Arrays.sort(takenNs);
        final Section section = new Section("a sample judged, " + work.robot().jointCount() + " joints");
        section.add(
                "one thread, after " + WARM_UP_SAMPLES + " others",
                Figure.ns("p50", takenNs[TIMED_SAMPLES / 2]),
                Figure.ns("p99", takenNs[TIMED_SAMPLES / 100 * 99]));
        return section;
    }

    /** Of all that was found in both parts, the share that was a fault. */
    private double precision() {
        return (double) foundFaults / (foundFaults + falseAlarms);
    }
}

package io.tendon.bench.anomaly;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.certify.measure.Median;
import io.tendon.control.hardware.sim.FaultKind;
import java.util.List;

/** How one kind of fault was found under each kind of gap, as lines of a section with their bars. Main thread. */
final class FaultFigures {
    private static final double COLLISION_NS = 50e6;
    private static final double LEAST_RECALL = 0.95;

    private final Section section;
    private final FaultKind kind;
    private final String finder;
    private double leastRecall = 1;

    /**
     * Has seen no trial.
     *
     * @param section that gets the lines.
     * @param kind of the faults.
     * @param finder put behind the names of the bars: empty, or {@code ", by the model"}.
     */
    FaultFigures(final Section section, final FaultKind kind, final String finder) {
        this.section = section;
        this.kind = kind;
        this.finder = finder;
    }

    /** A line's label. */
    static String label(final FaultKind kind, final Gaps gaps) {
        return kind.word() + ", " + gaps.text();
    }

    /**
     * Adds a line.
     *
     * @param gaps in what was seen of the arm.
     * @param latenciesNs from the onset until it was found, of the trials in which it was, ns.
     * @param trials of them, and of those in which it was not.
     */
    void add(final Gaps gaps, final List<Double> latenciesNs, final int trials) {
        final double recall = (double) latenciesNs.size() / trials;
        final double medianNs = Median.of(latenciesNs.stream().mapToDouble(Double::doubleValue));
        final double maxNs =
                latenciesNs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        leastRecall = Math.min(leastRecall, recall);
        section.add(
                label(kind, gaps),
                Figure.ratio("found", recall),
                Figure.ns("median", medianNs),
                Figure.ns("max", maxNs));
        if (kind == FaultKind.COLLISION) {
            section.atMost("median of " + label(kind, gaps) + finder, Unit.NS, medianNs, COLLISION_NS);
        }
    }

    /** Adds the bar of all lines. */
    void end() {
        section.atLeast(
                "share of " + kind.word() + " found, least of the three" + finder,
                Unit.RATIO,
                leastRecall,
                LEAST_RECALL);
    }
}

package io.tendon.bench.store.history;

import io.tendon.bench.figures.Figure;
import io.tendon.certify.measure.Median;
import java.util.ArrayList;
import java.util.List;

/** How long a question took, ns: where its rows were asked for the first time, and where they were asked for again. Main thread. */
final class QuestionTimes {
    private final List<Double> firstNs = new ArrayList<>();
    private final List<Double> againNs = new ArrayList<>();

    /**
     * Adds a time.
     *
     * @param isFirst whether nobody had asked for the same rows since the history was opened.
     * @param ns from the question to the last row of the answer.
     */
    void add(final boolean isFirst, final double ns) {
        (isFirst ? firstNs : againNs).add(ns);
    }

    /** Median of the first times, ns; NaN of none. */
    double firstMedianNs() {
        return median(firstNs);
    }

    /** Median of all other times, ns; NaN of none. */
    double againMedianNs() {
        return median(againNs);
    }

    /** For a table. */
    Figure[] figures() {
        final List<Double> all = new ArrayList<>(firstNs);
        all.addAll(againNs);
        return new Figure[] {
            Figure.ns("first", firstMedianNs()),
            Figure.ns("again", againMedianNs()),
            Figure.ns("max", all.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN))
        };
    }

    private static double median(final List<Double> ns) {
        return Median.of(ns.stream().mapToDouble(Double::doubleValue));
    }
}

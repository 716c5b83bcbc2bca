package io.tendon.bench.chart;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Times by percentile, from 100 ns up, both axes logarithmic. One owner thread. */
public final class PercentileChart {
    private static final double LEAST_NS = 100;
    private static final double LAST_NINES = 5;
    private static final double MEDIAN_NINES = Math.log10(2);
    private static final int POINTS_A_NINE = 20;
    private static final List<String> PERCENTILES = List.of("0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %");

    private final LineChart chart;

    /**
     * An empty chart.
     *
     * @param title above it.
     * @param mostNs where it ends, ns; a power of ten above 100.
     */
    public PercentileChart(final String title, final double mostNs) {
        final List<Double> nines = new ArrayList<>();
        for (double tick = 0; tick <= LAST_NINES; tick++) {
            nines.add(tick);
        }
        final List<Double> times = new ArrayList<>();
        for (double tick = LEAST_NS; tick <= mostNs; tick *= 10) {
            times.add(tick);
        }
        chart = new LineChart(
                title,
                new LineChart.Axis(0, LAST_NINES, false, nines, tick -> PERCENTILES.get((int) tick)),
                new LineChart.Axis(
                        LEAST_NS,
                        mostNs,
                        true,
                        times,
                        tick -> Unit.NS.text(tick).replace(".00", "")));
    }

    /** Adds a curve, up to the percentile that its values suffice for. */
    public void add(final String label, final Histogram ns) {
        final int points =
                (int) Math.round(POINTS_A_NINE * Math.min(LAST_NINES, Math.log10(Math.max(1, ns.getTotalCount()))));
        final double[] x = new double[points + 1];
        final double[] y = new double[points + 1];
        for (int i = 0; i <= points; i++) {
            x[i] = i / (double) POINTS_A_NINE;
            y[i] = ns.getValueAtPercentile(100 - 100 * Math.pow(10, -x[i]));
        }
        chart.add(label, x, y);
    }

    /** Adds what is known of but two percentiles, ns. */
    public void addPoints(final String label, final double p50Ns, final double p99Ns) {
        chart.addPoints(label, new double[] {MEDIAN_NINES, 2}, new double[] {p50Ns, p99Ns});
    }

    /** The picture. */
    public String draw() {
        return chart.draw();
    }
}

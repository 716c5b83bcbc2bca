package io.tendon.bench.report;

import io.tendon.bench.chart.PercentileChart;
import java.util.List;

/** Round trips by percentile, both axes logarithmic, as a self-contained SVG. */
public final class RoundTripChart {
    private static final double MOST_NS = 1e8;

    private RoundTripChart() {}

    /** The picture. */
    public static String draw(final List<Conversation> conversations) {
        final PercentileChart chart =
                new PercentileChart("Round trip of one message between two processes, by percentile", MOST_NS);
        for (final Conversation conversation : conversations) {
            final String label = conversation.label() + ", p50 " + Results.micros(conversation.p50Ns());
            conversation
                    .all()
                    .ifPresentOrElse(
                            all -> chart.add(label, all),
                            () -> chart.addPoints(
                                    label,
                                    conversation.p50Ns(),
                                    conversation.median(
                                            figures -> figures.roundTrip().p99Ns())));
        }
        return chart.draw();
    }
}

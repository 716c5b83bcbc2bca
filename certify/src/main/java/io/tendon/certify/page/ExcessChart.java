package io.tendon.certify.page;

import io.tendon.certify.certificate.MeasuredPhase;
import io.tendon.certify.measure.Percentiles;
import java.util.List;
import java.util.Locale;

/** EXCESS of each stretch on one logarithmic scale: p50, p99, p99.9, p99.99 and the maximum, as SVG. */
final class ExcessChart {
    private static final int WIDTH = 960;
    private static final int ROW_HEIGHT = 26;
    private static final int LEFT = 170;
    private static final int TOP = 30;
    private static final long LEAST_NS = 1000;
    private static final long MOST_NS = 1_000_000_000;
    private static final long[] GRID_NS = {1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000};

    private ExcessChart() {}

    static String draw(final List<MeasuredPhase> phases) {
        final LogAxis axis = new LogAxis(LEAST_NS, MOST_NS, LEFT, WIDTH - 30);
        final int height = TOP + phases.size() * ROW_HEIGHT + 10;
        final StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"EXCESS of each stretch\">\n",
                WIDTH,
                height));
        for (final long gridNs : GRID_NS) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>"
                            + "<text class=\"tick\" x=\"%1$.1f\" y=\"16\" text-anchor=\"middle\">%4$s</text>\n",
                    axis.at(gridNs),
                    TOP - 8,
                    height,
                    Html.duration(gridNs)));
        }
        for (int i = 0; i < phases.size(); i++) {
            draw(svg, phases.get(i), axis, TOP + i * ROW_HEIGHT + ROW_HEIGHT / 2);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(final StringBuilder svg, final MeasuredPhase phase, final LogAxis axis, final int y) {
        final Percentiles excess = phase.figures().excess();
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 10,
                y + 4,
                Html.escape(String.format(Locale.ROOT, "%s, %.0f s", phase.name(), phase.durationS()))));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"reach\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                axis.at(excess.p50()),
                y,
                axis.at(excess.max()),
                y));
        mark(svg, "p50", axis.at(excess.p50()), y);
        mark(svg, "p99", axis.at(excess.p99()), y);
        mark(svg, "p999", axis.at(excess.p999()), y);
        mark(svg, "p9999", axis.at(excess.p9999()), y);
        mark(svg, "max", axis.at(excess.max()), y);
        svg.append('\n');
    }

    private static void mark(final StringBuilder svg, final String style, final double x, final int y) {
        svg.append(String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"4.5\"/>", style, x, y));
    }
}

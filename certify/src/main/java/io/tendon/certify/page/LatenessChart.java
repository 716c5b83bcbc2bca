package io.tendon.certify.page;

import io.tendon.certify.measure.PhaseFigures;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Lateness over time, the worst of each 20 ms, on a logarithmic scale: one strip for each stretch, as SVG. */
final class LatenessChart {
    private static final int WIDTH = 960;
    private static final int STRIP_HEIGHT = 190;
    private static final int LEFT = 62;
    private static final int TOP = 26;
    private static final int BOTTOM = 24;
    private static final long LEAST_NS = 10_000;
    private static final long MOST_NS = 200_000_000;
    private static final long[] GRID_NS = {10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final long TOO_LATE_NS = 20_000_000;

    private LatenessChart() {}

    /**
     * One strip.
     *
     * @param title above it.
     * @param figures of the stretch.
     */
    record Strip(String title, PhaseFigures figures) {}

    static String draw(final List<Strip> strips) {
        final StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"lateness over time\">\n",
                WIDTH,
                strips.size() * STRIP_HEIGHT));
        for (int i = 0; i < strips.size(); i++) {
            draw(svg, strips.get(i), i * STRIP_HEIGHT);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(final StringBuilder svg, final Strip strip, final int y) {
        final LogAxis axis = new LogAxis(LEAST_NS, MOST_NS, y + STRIP_HEIGHT - BOTTOM, y + TOP);
        final List<PhaseFigures.CurvePoint> curve = strip.figures().curve();
        final double endS = curve.isEmpty() ? 1 : curve.get(curve.size() - 1).timeS() + 0.02;
        text(svg, "title", LEFT, y + 16, "start", strip.title());
        for (final long gridNs : GRID_NS) {
            line(svg, "grid", LEFT, axis.at(gridNs), WIDTH - 8, axis.at(gridNs));
            text(svg, "tick", LEFT - 6, axis.at(gridNs) + 4, "end", Html.duration(gridNs));
        }
        line(svg, "limit", LEFT, axis.at(TOO_LATE_NS), WIDTH - 8, axis.at(TOO_LATE_NS));
        for (int second = 0; second <= (int) endS; second++) {
            text(svg, "tick", x(second, endS), y + STRIP_HEIGHT - 8, "middle", second + " s");
        }
        path(svg, "control", curve, endS, axis, PhaseFigures.CurvePoint::latenessNs);
        path(svg, "witness", curve, endS, axis, PhaseFigures.CurvePoint::witnessNs);
    }

    private static double x(final double timeS, final double endS) {
        return LEFT + (WIDTH - 8 - LEFT) * timeS / endS;
    }

    private static void path(
            final StringBuilder svg,
            final String style,
            final List<PhaseFigures.CurvePoint> curve,
            final double endS,
            final LogAxis axis,
            final ToLongFunction<PhaseFigures.CurvePoint> value) {
        svg.append("<path class=\"").append(style).append("\" d=\"");
        for (int i = 0; i < curve.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    i == 0 ? "M" : "L",
                    x(curve.get(i).timeS(), endS),
                    axis.at(value.applyAsLong(curve.get(i)))));
        }
        svg.append("\"/>\n");
    }

    private static void line(
            final StringBuilder svg,
            final String style,
            final double x1,
            final double y1,
            final double x2,
            final double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(
            final StringBuilder svg,
            final String style,
            final double x,
            final double y,
            final String anchor,
            final String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                style,
                x,
                y,
                anchor,
                Html.escape(text)));
    }
}

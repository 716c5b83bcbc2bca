package io.tendon.bench.report;

import io.tendon.bench.ipc.IpcFigures;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Round trips by percentile, both axes logarithmic, as a self-contained SVG. */
public final class RoundTripChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 460;
    private static final int LEFT = 76;
    private static final int RIGHT = 300;
    private static final int TOP = 40;
    private static final int BOTTOM = 46;
    private static final double LEAST_NS = 100;
    private static final double MOST_NS = 100_000_000;
    private static final double LAST_NINES = 5;
    private static final String[] COLOURS = {"#0b6e4f", "#6b7280", "#b45309", "#7c3aed", "#be123c"};
    private static final String[] PERCENTILES = {"0", "90", "99", "99.9", "99.99", "99.999"};
    private static final String[] TIMES = {"100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"};

    private RoundTripChart() {}

    /** The picture. */
    public static String draw(final List<Conversation> conversations) {
        final StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\" role=\"img\" aria-label=\"round trips by percentile\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT));
        text(svg, LEFT, 22, "start", "#111827", "Round trip of one message between two processes, by percentile");
        for (int i = 0; i < TIMES.length; i++) {
            final double y = y(LEAST_NS * Math.pow(10, i));
            line(svg, LEFT, y, WIDTH - RIGHT, y);
            text(svg, LEFT - 8, y + 4, "end", "#374151", TIMES[i]);
        }
        for (int nines = 0; nines < PERCENTILES.length; nines++) {
            line(svg, x(nines), TOP, x(nines), HEIGHT - BOTTOM);
            text(svg, x(nines), HEIGHT - BOTTOM + 20, "middle", "#374151", PERCENTILES[nines] + " %");
        }
        for (int i = 0; i < conversations.size(); i++) {
            final Conversation conversation = conversations.get(i);
            final String colour = COLOURS[i % COLOURS.length];
            curve(svg, conversation, colour);
            text(
                    svg,
                    WIDTH - RIGHT + 16,
                    TOP + 20 + 22 * i,
                    "start",
                    colour,
                    conversation.label() + ", p50 " + Results.micros(conversation.p50Ns()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void curve(final StringBuilder svg, final Conversation conversation, final String colour) {
        if (conversation.all().isPresent()) {
            final Histogram all = conversation.all().get();
            final double last = Math.min(LAST_NINES, Math.log10(all.getTotalCount()));
            svg.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"")
                    .append(colour)
                    .append("\" d=\"");
            for (double nines = 0; nines <= last; nines += 0.05) {
                svg.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        nines == 0 ? "M" : "L",
                        x(nines),
                        y(all.getValueAtPercentile(100 - 100 * Math.pow(10, -nines)))));
            }
            svg.append("\"/>\n");
        } else {
            point(
                    svg,
                    0.30103,
                    conversation.median(figures -> figures.roundTrip().p50Ns()),
                    colour);
            point(
                    svg,
                    2,
                    conversation.median(
                            (IpcFigures figures) -> figures.roundTrip().p99Ns()),
                    colour);
        }
    }

    private static double x(final double nines) {
        return LEFT + (WIDTH - RIGHT - LEFT) * nines / LAST_NINES;
    }

    private static double y(final double ns) {
        final double clamped = Math.max(LEAST_NS, Math.min(MOST_NS, ns));
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.log(clamped / LEAST_NS) / Math.log(MOST_NS / LEAST_NS);
    }

    private static void point(final StringBuilder svg, final double nines, final double ns, final String colour) {
        svg.append(String.format(
                Locale.ROOT, "<circle r=\"5\" cx=\"%.1f\" cy=\"%.1f\" fill=\"%s\"/>%n", x(nines), y(ns), colour));
    }

    private static void line(
            final StringBuilder svg, final double x1, final double y1, final double x2, final double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#e5e7eb\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(
            final StringBuilder svg,
            final double x,
            final double y,
            final String anchor,
            final String colour,
            final String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                text));
    }
}

package io.tendon.bench.chart;

import java.util.Locale;

/** The few shapes that the pictures are made of. One owner thread. */
final class Svg {
    static final String TEXT = "#111827";
    static final String FAINT_TEXT = "#374151";
    static final String GRID = "#e5e7eb";
    static final String BAR = "#be123c";
    static final String[] COLOURS = {"#0b6e4f", "#b45309", "#6b7280", "#7c3aed", "#0369a1"};

    private final StringBuilder svg = new StringBuilder();

    Svg(final int width, final int height, final String title) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\" role=\"img\" aria-label=\"%s\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                width,
                height,
                escaped(title)));
        text(16, 24, "start", TEXT, title);
    }

    void text(final double x, final double y, final String anchor, final String colour, final String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                escaped(text)));
    }

    void line(final double x1, final double y1, final double x2, final double y2, final String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    void box(final double x, final double y, final double width, final double height, final String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                Math.max(0, width),
                height,
                colour));
    }

    void point(final double x, final double y, final String colour) {
        svg.append(String.format(Locale.ROOT, "<circle r=\"5\" cx=\"%.1f\" cy=\"%.1f\" fill=\"%s\"/>%n", x, y, colour));
    }

    void path(final String points, final String colour) {
        svg.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(colour)
                .append("\" d=\"")
                .append(points)
                .append("\"/>\n");
    }

    String end() {
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}

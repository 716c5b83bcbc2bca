package io.tendon.bench.chart;

import java.util.ArrayList;
import java.util.List;

/** Figures of one unit as bars beside each other, on a logarithmic axis. One owner thread. */
public final class BarChart {
    private static final int WIDTH = 960;
    private static final int LEFT = 370;
    private static final int RIGHT = 110;
    private static final int TOP = 44;
    private static final int ROW = 24;
    private static final int FOOT = 36;

    private final String title;
    private final Unit unit;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * An empty chart.
     *
     * @param title above it.
     * @param unit of every figure.
     */
    public BarChart(final String title, final Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    private record Entry(String label, double amount, double limit, int colour) {}

    /**
     * Adds a bar.
     *
     * @param label beside it.
     * @param amount above 0.
     * @param limit where a mark is drawn; NaN for none.
     * @param colour which; things of one kind have one.
     */
    public void add(final String label, final double amount, final double limit, final int colour) {
        entries.add(new Entry(label, amount, limit, colour));
    }

    /** The picture. */
    public String draw() {
        final int height = TOP + ROW * entries.size() + FOOT;
        final Svg svg = new Svg(WIDTH, height, title);
        final double least = decade(least(), false);
        final double most = Math.max(10 * least, decade(most(), true));
        for (double tick = least; tick <= most * 1.001; tick *= 10) {
            final double x = x(tick, least, most);
            svg.line(x, TOP - 6, x, height - FOOT + 4, Svg.GRID);
            svg.text(x, height - FOOT + 20, "middle", Svg.FAINT_TEXT, tickText(tick));
        }
        for (int i = 0; i < entries.size(); i++) {
            final Entry entry = entries.get(i);
            final double y = TOP + ROW * i;
            final double end = x(entry.amount, least, most);
            svg.text(LEFT - 10, y + 14, "end", Svg.FAINT_TEXT, entry.label);
            svg.box(LEFT, y + 3, end - LEFT, ROW - 8, Svg.COLOURS[entry.colour % Svg.COLOURS.length]);
            double textX = end;
            if (!Double.isNaN(entry.limit)) {
                final double x = x(entry.limit, least, most);
                svg.box(x - 1.5, y, 3, ROW - 2, Svg.BAR);
                textX = Math.abs(x - end) < 80 ? Math.max(x, end) : end;
            }
            svg.text(textX + 8, y + 15, "start", Svg.TEXT, unit.text(entry.amount));
        }
        return svg.end();
    }

    private double least() {
        return entries.stream()
                .mapToDouble(entry -> Double.isNaN(entry.limit) ? entry.amount : Math.min(entry.amount, entry.limit))
                .min()
                .orElse(1);
    }

    private double most() {
        return entries.stream()
                .mapToDouble(entry -> Double.isNaN(entry.limit) ? entry.amount : Math.max(entry.amount, entry.limit))
                .max()
                .orElse(10);
    }

    private String tickText(final double tick) {
        return unit.text(tick).replace(".00", "");
    }

    private static double decade(final double amount, final boolean isUp) {
        final double exponent = Math.log10(Math.max(1e-9, amount));
        // So that the smallest bar is still to be seen.
        return Math.pow(10, isUp ? Math.ceil(exponent) : Math.floor(exponent - 0.1));
    }

    private static double x(final double amount, final double least, final double most) {
        final double bounded = Math.max(least, Math.min(most, amount));
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(bounded / least) / Math.log(most / least);
    }
}

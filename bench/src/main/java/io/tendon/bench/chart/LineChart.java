package io.tendon.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Curves over one axis. One owner thread. */
public final class LineChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 84;
    private static final int RIGHT = 270;
    private static final int TOP = 44;
    private static final int BOTTOM = 46;

    private final String title;
    private final Axis across;
    private final Axis up;
    private final List<Curve> curves = new ArrayList<>();

    /**
     * An empty chart.
     *
     * @param title above it.
     * @param across from left to right.
     * @param up from below.
     */
    public LineChart(final String title, final Axis across, final Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /**
     * An axis. Immutable.
     *
     * @param least where it begins.
     * @param most where it ends.
     * @param isLogarithmic whether equal lengths are equal factors; {@code least} is above 0 then.
     * @param ticks where lines are drawn.
     * @param text of a tick.
     */
    public record Axis(
            double least, double most, boolean isLogarithmic, List<Double> ticks, DoubleFunction<String> text) {
        /** Copies the list. */
        public Axis {
            ticks = List.copyOf(ticks);
        }

        double share(final double amount) {
            final double bounded = Math.max(least, Math.min(most, amount));
            return isLogarithmic
                    ? Math.log(bounded / least) / Math.log(most / least)
                    : (bounded - least) / (most - least);
        }
    }

    private record Curve(String label, double[] x, double[] y, String colour, boolean isJoined) {}

    /** Adds a curve through points. */
    public void add(final String label, final double[] x, final double[] y) {
        curves.add(new Curve(label, x.clone(), y.clone(), nextColour(), true));
    }

    /** Adds points that nothing is known between. */
    public void addPoints(final String label, final double[] x, final double[] y) {
        curves.add(new Curve(label, x.clone(), y.clone(), nextColour(), false));
    }

    /** Adds a level that something is held to. */
    public void addLimit(final String label, final double y) {
        curves.add(new Curve(label, new double[] {across.least, across.most}, new double[] {y, y}, Svg.BAR, true));
    }

    /** The picture. */
    public String draw() {
        final Svg svg = new Svg(WIDTH, HEIGHT, title);
        for (final double tick : across.ticks) {
            svg.line(x(tick), TOP, x(tick), HEIGHT - BOTTOM, Svg.GRID);
            svg.text(x(tick), HEIGHT - BOTTOM + 20, "middle", Svg.FAINT_TEXT, across.text.apply(tick));
        }
        for (final double tick : up.ticks) {
            svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), Svg.GRID);
            svg.text(LEFT - 8, y(tick) + 4, "end", Svg.FAINT_TEXT, up.text.apply(tick));
        }
        for (int i = 0; i < curves.size(); i++) {
            final Curve curve = curves.get(i);
            draw(svg, curve);
            svg.text(WIDTH - RIGHT + 16, TOP + 20 + 22 * i, "start", curve.colour, curve.label);
        }
        return svg.end();
    }

    private void draw(final Svg svg, final Curve curve) {
        final StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.x.length; i++) {
            if (curve.isJoined) {
                points.append(
                        String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x(curve.x[i]), y(curve.y[i])));
            } else {
                svg.point(x(curve.x[i]), y(curve.y[i]), curve.colour);
            }
        }
        if (curve.isJoined) {
            svg.path(points.toString(), curve.colour);
        }
    }

    private String nextColour() {
        return Svg.COLOURS[curves.size() % Svg.COLOURS.length];
    }

    private double x(final double amount) {
        return LEFT + (WIDTH - RIGHT - LEFT) * across.share(amount);
    }

    private double y(final double amount) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * up.share(amount);
    }
}

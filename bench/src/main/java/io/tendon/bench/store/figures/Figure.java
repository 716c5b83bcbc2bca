package io.tendon.bench.store.figures;

import io.tendon.bench.chart.Unit;

/**
 * One number that was measured. Immutable.
 *
 * @param name head of its column.
 * @param amount in {@code unit}; NaN when it does not apply.
 * @param unit of it.
 */
public record Figure(String name, double amount, Unit unit) {
    /** A time, ns. */
    public static Figure ns(final String name, final double ns) {
        return new Figure(name, ns, Unit.NS);
    }

    /** Bytes. */
    public static Figure bytes(final String name, final double bytes) {
        return new Figure(name, bytes, Unit.BYTES);
    }

    /** Things a second. */
    public static Figure perSecond(final String name, final double perSecond) {
        return new Figure(name, perSecond, Unit.PER_SECOND);
    }

    /** One thing over another. */
    public static Figure ratio(final String name, final double ratio) {
        return new Figure(name, ratio, Unit.RATIO);
    }

    /** A number of things. */
    public static Figure count(final String name, final double count) {
        return new Figure(name, count, Unit.COUNT);
    }

    String text() {
        return unit.text(amount);
    }
}

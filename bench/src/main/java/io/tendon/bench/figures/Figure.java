package io.tendon.bench.figures;

import io.tendon.bench.chart.Unit;

/**
 * One number that was measured. Immutable.
 *
 * @param name head of its column.
 * @param amount in {@code unit}; NaN when it was not measured.
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

    /** Bytes a second. */
    public static Figure bytesPerSecond(final String name, final double bytesPerSecond) {
        return new Figure(name, bytesPerSecond, Unit.BYTES_PER_SECOND);
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

    /**
     * Name of its field for machines, with its unit last: {@code p99Ns} of a column {@code p99}.
     *
     * @return letters and digits.
     */
    String field() {
        final StringBuilder field = new StringBuilder();
        boolean isWordBegun = false;
        for (final char c : name.replace("@", " at ").toCharArray()) {
            if (Character.isLetterOrDigit(c)) {
                field.append(isWordBegun || field.length() == 0 ? c : Character.toUpperCase(c));
                isWordBegun = true;
            } else {
                isWordBegun = false;
            }
        }
        return field.append(unit.suffix()).toString();
    }

    String text() {
        return unit.text(amount);
    }
}

package io.tendon.bench.report;

import io.tendon.bench.chart.Unit;

/**
 * One line of what is held to something. Immutable.
 *
 * @param line what.
 * @param bar at most or at least what.
 * @param value that was measured, for people.
 * @param verdict what came of it.
 */
public record Bar(String line, String bar, String value, Verdict verdict) {
    /** What comes of a bar. */
    public enum Verdict {
        /** What was measured lies within it. */
        KEPT("kept"),
        /** What was measured does not. */
        BROKEN("BROKEN"),
        /** Nothing was, which is never as good as kept. */
        NOT_MEASURED("NOT MEASURED");

        private final String text;

        Verdict(final String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /** Holds an amount to at most another; NaN, infinite and negative ones were not measured. */
    public static Bar atMost(final String line, final Unit unit, final double measured, final double most) {
        return of(line, "at most " + unit.text(most), unit, measured, measured <= most);
    }

    /** Holds an amount to at least another; NaN, infinite and negative ones were not measured. */
    public static Bar atLeast(final String line, final Unit unit, final double measured, final double least) {
        return of(line, "at least " + unit.text(least), unit, measured, measured >= least);
    }

    /** Holds an amount to less than another one that was measured; above 0 both, or they were not. */
    public static Bar below(final String line, final Unit unit, final double measured, final double other) {
        final boolean areMeasured = isMeasured(other) && other > 0 && measured > 0;
        return of(line, "below " + unit.text(other), unit, areMeasured ? measured : Double.NaN, measured < other);
    }

    /** Whether what was measured lies within it. */
    public boolean isKept() {
        return verdict == Verdict.KEPT;
    }

    /** Whether it is an amount of anything: no bar is of what can be negative. */
    private static boolean isMeasured(final double amount) {
        return Double.isFinite(amount) && amount >= 0;
    }

    private static Bar of(
            final String line, final String bar, final Unit unit, final double measured, final boolean isWithin) {
        if (!isMeasured(measured)) {
            return new Bar(line, bar, "-", Verdict.NOT_MEASURED);
        }
        return new Bar(line, bar, unit.text(measured), isWithin ? Verdict.KEPT : Verdict.BROKEN);
    }
}

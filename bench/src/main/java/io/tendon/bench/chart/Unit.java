package io.tendon.bench.chart;

import java.util.Locale;

/** What a figure counts, and how it is shown. */
public enum Unit {
    /** A time, shown in the unit that suits it. */
    NS("Ns"),
    /** An amount of memory or disk, shown in MB of 10^6 bytes. */
    BYTES("Bytes"),
    /** Bytes in a second, shown in MB of 10^6 bytes. */
    BYTES_PER_SECOND("BytesPerSecond"),
    /** Things in a second. */
    PER_SECOND("PerSecond"),
    /** A share, or one thing over another. */
    RATIO("Ratio"),
    /** A number of things. */
    COUNT("Count");

    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    private static final double BYTES_PER_MB = 1e6;

    private final String suffix;

    Unit(final String suffix) {
        this.suffix = suffix;
    }

    /** What the name of a field ends with whose number is in this unit. */
    public String suffix() {
        return suffix;
    }

    /**
     * A figure for people.
     *
     * @param amount in this unit; NaN or infinite for what was not measured.
     * @return its text, with the unit.
     */
    public String text(final double amount) {
        if (!Double.isFinite(amount)) {
            return "-";
        }
        return switch (this) {
            case NS -> time(amount);
            case BYTES -> String.format(Locale.ROOT, "%,.0f MB", amount / BYTES_PER_MB);
            case BYTES_PER_SECOND -> String.format(Locale.ROOT, "%,.0f MB/s", amount / BYTES_PER_MB);
            case PER_SECOND -> String.format(Locale.ROOT, "%,.0f/s", amount);
            case RATIO -> String.format(Locale.ROOT, amount > 0.99 && amount < 1 ? "%.4f" : "%.2f", amount);
            case COUNT -> String.format(Locale.ROOT, "%,.0f", amount);
        };
    }

    private static String time(final double ns) {
        if (ns < NS_PER_MS) {
            return String.format(Locale.ROOT, "%.2f us", ns / NS_PER_US);
        }
        return ns < NS_PER_S
                ? String.format(Locale.ROOT, ns < 100 * NS_PER_MS ? "%.2f ms" : "%.0f ms", ns / NS_PER_MS)
                : String.format(Locale.ROOT, "%.2f s", ns / NS_PER_S);
    }
}

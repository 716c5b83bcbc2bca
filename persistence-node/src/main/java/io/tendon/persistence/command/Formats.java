package io.tendon.persistence.command;

import java.util.Locale;

/** Figures as a person reads them. Any thread. */
final class Formats {
    private static final double NS_PER_S = 1e9;

    private Formats() {}

    /** Seconds, rounded to the millisecond. */
    static double seconds(final long durationNs) {
        return Math.round(durationNs / NS_PER_S * 1e3) / 1e3;
    }

    /** A number of things, such as 1 message, 2 messages. */
    static String amount(final long count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Bytes with a unit of 1024. */
    static String bytes(final long bytes) {
        final String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, units[unit]);
    }
}

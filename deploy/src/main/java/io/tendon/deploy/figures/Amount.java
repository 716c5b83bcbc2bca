package io.tendon.deploy.figures;

import java.util.Locale;

/** Figures as a person reads them, in the unit that fits; a dash for what is not known. Pure; any thread. */
public final class Amount {
    /** Stands for what is not known. */
    public static final String UNKNOWN = "-";

    private static final double KIB = 1024;
    private static final double MIB = 1024 * KIB;
    private static final double GIB = 1024 * MIB;
    private static final long S_PER_MINUTE = 60;
    private static final long S_PER_HOUR = 3600;
    private static final long S_PER_DAY = 24 * S_PER_HOUR;
    private static final double HOURS_PER_DAY = 24;

    private Amount() {}

    /** A duration in us or ms. */
    public static String duration(final long durationNs) {
        return durationNs < 1_000_000
                ? String.format(Locale.ROOT, "%.0fus", durationNs / 1e3)
                : String.format(Locale.ROOT, "%.1fms", durationNs / 1e6);
    }

    /** A number of bytes. */
    public static String bytes(final double bytes) {
        if (!(bytes >= 0)) {
            return UNKNOWN;
        }
        if (bytes < 10_000) {
            return String.format(Locale.ROOT, "%.0fB", bytes);
        }
        if (bytes < 10_000_000) {
            return String.format(Locale.ROOT, "%.0fKiB", bytes / KIB);
        }
        return bytes < 10 * GIB
                ? String.format(Locale.ROOT, "%.1fMiB", bytes / MIB)
                : String.format(Locale.ROOT, "%.1fGiB", bytes / GIB);
    }

    /** A number that counts; negative is unknown. */
    public static String count(final long count) {
        return count < 0 ? UNKNOWN : Long.toString(count);
    }

    /** A number without decimals; NaN and infinite are unknown. */
    public static String whole(final double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.0f", number) : UNKNOWN;
    }

    /** A multiple of something, with two decimals; NaN and infinite are unknown. */
    public static String multiple(final double multiple) {
        return Double.isFinite(multiple) ? String.format(Locale.ROOT, "%.2f", multiple) : UNKNOWN;
    }

    /** A share as a percentage. */
    public static String percent(final double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f%%", Math.floor(share * 100 + 1e-9)) : UNKNOWN;
    }

    /** A time since something began: {@code 00:12:34}, with days before it after the first. */
    public static String clock(final long elapsedS) {
        if (elapsedS < 0) {
            return UNKNOWN;
        }
        final String time = String.format(
                Locale.ROOT,
                "%02d:%02d:%02d",
                elapsedS % S_PER_DAY / S_PER_HOUR,
                elapsedS % S_PER_HOUR / S_PER_MINUTE,
                elapsedS % S_PER_MINUTE);
        return elapsedS < S_PER_DAY ? time : elapsedS / S_PER_DAY + "d " + time;
    }

    /** A number of hours, as minutes, hours or days. */
    public static String hours(final double hours) {
        if (!Double.isFinite(hours)) {
            return UNKNOWN;
        }
        if (hours < 1) {
            return String.format(Locale.ROOT, "%.0f min", hours * S_PER_MINUTE);
        }
        return hours < 2 * HOURS_PER_DAY
                ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.0f days", hours / HOURS_PER_DAY);
    }
}

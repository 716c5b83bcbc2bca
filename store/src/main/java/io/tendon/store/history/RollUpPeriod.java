package io.tendon.store.history;

import org.jspecify.annotations.Nullable;

/** The spans of time that figures are kept of. */
enum RollUpPeriod {
    /** A second. */
    SECOND("1s", 1_000_000_000L),
    /** A minute. */
    MINUTE("1min", 60_000_000_000L);

    private final String suffix;
    private final long periodNs;

    RollUpPeriod(final String suffix, final long periodNs) {
        this.suffix = suffix;
        this.periodNs = periodNs;
    }

    /** Table of a type of message's figures. */
    String tableOf(final String table) {
        return table + '_' + suffix;
    }

    /** Table of the type of message whose figures stand in another; empty when that holds no figures. */
    static String sourceOf(final String table) {
        for (final RollUpPeriod period : values()) {
            if (table.endsWith('_' + period.suffix)) {
                return table.substring(0, table.length() - period.suffix.length() - 1);
            }
        }
        return "";
    }

    /** The longest span of which another one of the given length is made up; null when there is none. */
    static @Nullable RollUpPeriod longestWithin(final long lengthNs) {
        for (int i = values().length - 1; i >= 0; i--) {
            if (lengthNs % values()[i].periodNs == 0) {
                return values()[i];
            }
        }
        return null;
    }

    /** Its length, ns. */
    long periodNs() {
        return periodNs;
    }

    /** When the span began that holds a moment, ns since the epoch. */
    long startNs(final long timeNs) {
        return Math.floorDiv(timeNs, periodNs) * periodNs;
    }
}

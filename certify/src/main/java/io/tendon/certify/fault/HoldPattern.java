package io.tendon.certify.fault;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;

/**
 * When the recorder's writes are held up and for how long, counted from the beginning of the fault. Immutable.
 *
 * @param holdNs for which one write is held, ns; {@link #UNTIL_THE_END} for the whole fault.
 * @param everyNs from the beginning of one hold to that of the next, ns; {@link #EACH_WRITE} to hold every single one.
 */
public record HoldPattern(long holdNs, long everyNs) {
    /** A hold that only the end of the fault ends. */
    public static final long UNTIL_THE_END = Long.MAX_VALUE;

    /** No time between holds. */
    public static final long EACH_WRITE = 0;

    /** Refuses what leaves no time to write. */
    public HoldPattern {
        if (holdNs <= 0) {
            throw new ConfigException(
                    "block", Durations.format(holdNs), "must be above 0", "a short one is --block 1ms");
        }
        if (everyNs < 0 || (everyNs != EACH_WRITE && everyNs <= holdNs)) {
            throw new ConfigException(
                    "every",
                    Durations.format(everyNs),
                    "must be above the time of one block, " + Durations.format(holdNs),
                    "or block the recorder for the whole time with recorder-block");
        }
    }

    /** The recorder's disk stalls for {@code blockNs}, again and again. */
    public static HoldPattern stall(final long blockNs, final long everyNs) {
        if (everyNs == EACH_WRITE) {
            throw new ConfigException("every", "0", "must be above 0", "to hold each write use disk-slow");
        }
        return new HoldPattern(blockNs, everyNs);
    }

    /** Each write takes {@code delayNs} longer. */
    public static HoldPattern slow(final long delayNs) {
        return new HoldPattern(delayNs, EACH_WRITE);
    }

    /** One write takes as long as the fault. */
    public static HoldPattern block() {
        return new HoldPattern(UNTIL_THE_END, EACH_WRITE);
    }

    /**
     * Which hold comes next: those whose time has passed altogether are left out, so that a late one does not bring
     * several in a row.
     *
     * @param last index of the latest hold, -1 before the first.
     * @param elapsedNs since the beginning of the fault.
     * @return index of the next.
     */
    public long nextIndex(final long last, final long elapsedNs) {
        return everyNs == EACH_WRITE ? last + 1 : Math.max(last + 1, elapsedNs / everyNs);
    }

    /** When a hold is due, ns from the beginning of the fault; 0 when all are due at once. */
    public long dueNs(final long index) {
        return index * everyNs;
    }
}

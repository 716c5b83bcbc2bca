package io.tendon.bus.cycle;

import io.tendon.bus.RealTime;

/**
 * The ticks that passed before a cycle, and why each did. The cycle before is judged as a whole, so each tick has one
 * cause:
 *
 * <ol>
 *   <li>The cycle before was done when the tick was due, or it took no longer than a period (and had itself begun late):
 *       {@link MissCause#LATE_WAKE_UP}.
 *   <li>Else, reading and writing the hardware took at least half of the cycle before: {@link MissCause#HARDWARE}.
 *   <li>Else {@link MissCause#LONG_CYCLE}.
 * </ol>
 *
 * <p>So a stall that begins while nothing is under way is a late wake-up however long it lasts; one that begins within a
 * cycle is a long cycle, whether the node computed for that long or lost the core: a clock cannot tell. When a long cycle is
 * followed by a late wake-up, each tick counts for what kept it. Mutable; owner: the loop's thread.
 */
@RealTime
public final class MissedTicks {
    private int total;
    private int lateWakeUp;
    private int longCycle;
    private int hardware;

    /** None. */
    public MissedTicks() {}

    /**
     * Judges the ticks before a cycle. Times are ns of one clock.
     *
     * @param missed how many, 0 or more.
     * @param scheduledNs when the cycle that begins was due; the missed ticks were due a period apart before that.
     * @param periodNs of the ticks, above 0.
     * @param beganNs when the executed cycle before began; any, when there was none.
     * @param finishedNs when that cycle was done; 0 when there was none.
     * @param hardwareDurationNs how long reading and writing the hardware took in it, 0 for a loop that has none.
     * @return this.
     */
    public MissedTicks judge(
            final int missed,
            final long scheduledNs,
            final long periodNs,
            final long beganNs,
            final long finishedNs,
            final long hardwareDurationNs) {
        total = missed;
        lateWakeUp = missed;
        longCycle = 0;
        hardware = 0;
        if (missed == 0 || finishedNs - beganNs <= periodNs) {
            return this;
        }
        final long overrunNs = finishedNs - (scheduledNs - missed * periodNs);
        if (overrunNs > 0) {
            final int overrun = (int) Math.min(missed, (overrunNs + periodNs - 1) / periodNs);
            lateWakeUp = missed - overrun;
            if (2 * hardwareDurationNs >= finishedNs - beganNs) {
                hardware = overrun;
            } else {
                longCycle = overrun;
            }
        }
        return this;
    }

    /** Becomes the same as another. */
    public void set(final MissedTicks other) {
        total = other.total;
        lateWakeUp = other.lateWakeUp;
        longCycle = other.longCycle;
        hardware = other.hardware;
    }

    /** Becomes none. */
    public void clear() {
        total = 0;
        lateWakeUp = 0;
        longCycle = 0;
        hardware = 0;
    }

    /** All of them. */
    public int total() {
        return total;
    }

    /** Those of one cause. */
    public int of(final MissCause cause) {
        return switch (cause) {
            case LATE_WAKE_UP -> lateWakeUp;
            case LONG_CYCLE -> longCycle;
            case HARDWARE -> hardware;
        };
    }

    /** The cause of most of them; of two that have as many, the one that came first: the cycle, then the wake-up. */
    public MissCause mainCause() {
        final MissCause overrun = hardware > 0 ? MissCause.HARDWARE : MissCause.LONG_CYCLE;
        return lateWakeUp > hardware + longCycle ? MissCause.LATE_WAKE_UP : overrun;
    }
}

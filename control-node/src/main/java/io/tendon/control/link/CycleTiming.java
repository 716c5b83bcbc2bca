package io.tendon.control.link;

import io.tendon.bus.RealTime;

/**
 * When the present cycle and the executed one before it were due, began and were done; ns since the epoch, 0 when there
 * was none. Mutable; owner: the control loop's thread.
 */
@RealTime
public final class CycleTiming {
    private long cycle;
    private long scheduledTimeNs;
    private long wokenTimeNs;
    private long finishedTimeNs;
    private long previousScheduledTimeNs;
    private long previousWokenTimeNs;
    private long previousFinishedTimeNs;
    private long missedCycles;

    /** Nothing has happened yet. */
    public CycleTiming() {}

    /** A cycle begins; what was the present one becomes the previous. */
    public void begin(final long newCycle, final long scheduledNs, final long wokenNs, final int missedBefore) {
        previousScheduledTimeNs = scheduledTimeNs;
        previousWokenTimeNs = wokenTimeNs;
        previousFinishedTimeNs = finishedTimeNs;
        cycle = newCycle;
        scheduledTimeNs = scheduledNs;
        wokenTimeNs = wokenNs;
        missedCycles += missedBefore;
    }

    /** The present cycle is done. */
    public void finish(final long finishedNs) {
        finishedTimeNs = finishedNs;
    }

    /** Number of the tick since the loop began. */
    public long cycle() {
        return cycle;
    }

    /** When the present cycle was due. */
    public long scheduledTimeNs() {
        return scheduledTimeNs;
    }

    /** When the present cycle began. */
    public long wokenTimeNs() {
        return wokenTimeNs;
    }

    /** When the cycle before was due. */
    public long previousScheduledTimeNs() {
        return previousScheduledTimeNs;
    }

    /** When the cycle before began. */
    public long previousWokenTimeNs() {
        return previousWokenTimeNs;
    }

    /** When the cycle before was done. */
    public long previousFinishedTimeNs() {
        return previousFinishedTimeNs;
    }

    /** Ticks missed since the loop began. */
    public long missedCycles() {
        return missedCycles;
    }
}

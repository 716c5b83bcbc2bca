package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.cycle.MissCause;
import io.tendon.bus.cycle.MissedTicks;

/**
 * When the present cycle and the executed one before it were due, began and were done; ns since the epoch, 0 when there
 * was none. Mutable; owner: the control loop's thread.
 */
@RealTime
public final class CycleTiming {
    private final long periodNs;
    private final MissedTicks missed = new MissedTicks();
    private long cycle;
    private long scheduledTimeNs;
    private long wokenTimeNs;
    private long finishedTimeNs;
    private long previousScheduledTimeNs;
    private long previousWokenTimeNs;
    private long previousFinishedTimeNs;
    private long hardwareDurationNs;
    private long previousHardwareDurationNs;
    private long missedLateWakeUp;
    private long missedLongCycle;
    private long missedHardware;

    /**
     * Nothing has happened yet.
     *
     * @param periodNs of the cycles.
     */
    public CycleTiming(final long periodNs) {
        this.periodNs = periodNs;
    }

    /** A cycle begins; what was the present one becomes the previous. */
    public void begin(final long newCycle, final long scheduledNs, final long wokenNs, final int missedBefore) {
        previousScheduledTimeNs = scheduledTimeNs;
        previousWokenTimeNs = wokenTimeNs;
        previousFinishedTimeNs = finishedTimeNs;
        previousHardwareDurationNs = hardwareDurationNs;
        hardwareDurationNs = 0;
        cycle = newCycle;
        scheduledTimeNs = scheduledNs;
        wokenTimeNs = wokenNs;
        missed.judge(
                missedBefore,
                scheduledNs,
                periodNs,
                previousWokenTimeNs,
                previousFinishedTimeNs,
                previousHardwareDurationNs);
        missedLateWakeUp += missed.of(MissCause.LATE_WAKE_UP);
        missedLongCycle += missed.of(MissCause.LONG_CYCLE);
        missedHardware += missed.of(MissCause.HARDWARE);
    }

    /** The hardware was read or written in the present cycle, from and to these times. */
    public void hardware(final long fromNs, final long toNs) {
        hardwareDurationNs += toNs - fromNs;
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

    /** How long reading and writing the hardware took in the cycle before, ns. */
    public long previousHardwareDurationNs() {
        return previousHardwareDurationNs;
    }

    /** Ticks missed right before the present cycle; live. */
    public MissedTicks missed() {
        return missed;
    }

    /** Ticks missed since the loop began. */
    public long missedCycles() {
        return missedLateWakeUp + missedLongCycle + missedHardware;
    }

    /** Of these, those of a cause. */
    public long missedCycles(final MissCause cause) {
        return switch (cause) {
            case LATE_WAKE_UP -> missedLateWakeUp;
            case LONG_CYCLE -> missedLongCycle;
            case HARDWARE -> missedHardware;
        };
    }
}

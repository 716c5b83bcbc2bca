package io.tendon.bus.cycle;

import io.tendon.bus.RealTime;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Keeps absolute deadlines: tick k is due at {@code first + k * period}, whatever happened before. Parks until shortly
 * before a tick, then spins the last part; it never spins a whole period, because under SCHED_FIFO the kernel's
 * real-time throttle would then stop the thread for about 50 ms in every second.
 *
 * <p>A tick whose successor was due before the thread woke is missed: it is counted and skipped, and the loop goes on
 * with the latest tick that is due. One owner thread.
 */
@RealTime
public final class CyclePacer {
    private final EpochNanoClock clock;
    private final long periodNs;
    private final long spinNs;

    private long firstDeadlineNs;
    private long cycle = -1;
    private long deadlineNs;
    private long wokenNs;
    private long previousWokenNs;
    private long previousFinishedNs;

    /**
     * A pacer that has not started.
     *
     * @param clock by which ticks are due.
     * @param periodNs of the ticks, above 0.
     * @param spinNs how long before a tick to wake up and spin, 0 or more, below the period.
     */
    public CyclePacer(final EpochNanoClock clock, final long periodNs, final long spinNs) {
        if (periodNs <= 0 || spinNs < 0 || spinNs >= periodNs) {
            throw new IllegalArgumentException(
                    "period " + periodNs + "ns must be above spin " + spinNs + "ns, both positive");
        }
        this.clock = clock;
        this.periodNs = periodNs;
        this.spinNs = spinNs;
    }

    /**
     * Sets when tick 0 is due.
     *
     * @param deadlineNs ns since the epoch.
     */
    public void start(final long deadlineNs) {
        this.firstDeadlineNs = deadlineNs;
        this.cycle = -1;
        wokenNs = 0;
        previousFinishedNs = 0;
    }

    /**
     * Waits for the next tick.
     *
     * @return how many ticks were missed before it, 0 when all is well.
     */
    public int await() {
        final long next = cycle + 1;
        final long nextDeadlineNs = firstDeadlineNs + next * periodNs;
        long nowNs = clock.nanoTime();
        previousWokenNs = wokenNs;
        previousFinishedNs = cycle < 0 ? 0 : nowNs;
        while (nowNs < nextDeadlineNs) {
            final long parkNs = nextDeadlineNs - spinNs - nowNs;
            if (parkNs > 0) {
                LockSupport.parkNanos(parkNs);
            } else {
                Thread.onSpinWait();
            }
            nowNs = clock.nanoTime();
        }
        final long missed = (nowNs - nextDeadlineNs) / periodNs;
        cycle = next + missed;
        deadlineNs = nextDeadlineNs + missed * periodNs;
        wokenNs = nowNs;
        return (int) Math.min(missed, Integer.MAX_VALUE);
    }

    /** Number of the present tick, from 0; missed ticks leave holes. */
    public long cycle() {
        return cycle;
    }

    /** When the present tick was due, ns since the epoch. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** When the thread got to the present tick, ns since the epoch. */
    public long wokenNs() {
        return wokenNs;
    }

    /** When the thread got to the tick before, ns since the epoch; 0 when there was none. */
    public long previousWokenNs() {
        return previousWokenNs;
    }

    /** When the cycle of the tick before was done and the thread waited again, ns since the epoch; 0 when there was none. */
    public long previousFinishedNs() {
        return previousFinishedNs;
    }

    /** Period of the ticks, ns. */
    public long periodNs() {
        return periodNs;
    }
}

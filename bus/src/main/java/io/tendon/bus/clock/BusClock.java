package io.tendon.bus.clock;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The session's clock: a fixed anchor on the Unix epoch plus the machine's steady clock ({@link System#nanoTime}, which
 * is CLOCK_MONOTONIC on Linux and so the same in all processes). It does not follow steps of the wall clock, which is
 * why driver, clients and archive judge liveness by it: a step kills nobody. Allocation-free; any thread.
 */
public final class BusClock implements EpochClock, EpochNanoClock {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long anchorEpochNs;
    private final long anchorSteadyNs;

    /**
     * A clock on a known anchor.
     *
     * @param anchorEpochNs ns since the Unix epoch at the anchor.
     * @param anchorSteadyNs {@link System#nanoTime} at the same instant.
     */
    public BusClock(final long anchorEpochNs, final long anchorSteadyNs) {
        this.anchorEpochNs = anchorEpochNs;
        this.anchorSteadyNs = anchorSteadyNs;
    }

    /** A clock anchored to the wall clock of this moment. Called once per session, by the driver. */
    public static BusClock anchoredNow() {
        final java.time.Instant now = java.time.Instant.now();
        return new BusClock(now.getEpochSecond() * 1_000_000_000L + now.getNano(), System.nanoTime());
    }

    /** Time in ns since the Unix epoch. */
    @Override
    public long nanoTime() {
        return anchorEpochNs + (System.nanoTime() - anchorSteadyNs);
    }

    /** Time in ms since the Unix epoch. */
    @Override
    public long time() {
        return nanoTime() / NANOS_PER_MILLI;
    }

    /** Epoch time of the anchor, in ns. */
    public long anchorEpochNs() {
        return anchorEpochNs;
    }

    /** Steady time of the anchor, in ns. */
    public long anchorSteadyNs() {
        return anchorSteadyNs;
    }
}

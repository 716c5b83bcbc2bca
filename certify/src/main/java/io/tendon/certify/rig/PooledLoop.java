package io.tendon.certify.rig;

import io.tendon.bus.cycle.TickLog;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What the pool runs: a control tick that makes a record of its joints and hands it to both files, and a fusion that
 * averages them. A pool that catches up runs ticks one right after the other; a tick whose successor was due before it
 * began is missed, as in Tendon. Any thread of the pool, one at a time for each of its tasks.
 */
final class PooledLoop {
    private static final int JOINTS = 6;

    private final EpochNanoClock clock;
    private final TickLog log;
    private final long firstNs;
    private final long periodNs;
    private final FlushedFile logFile;
    private final FlushedFile indexFile;
    // Written by the control task, read by the fusion task.
    private volatile double newest;
    // Written by the fusion task, read by the control task.
    private volatile double mean;
    private long nextTick;

    PooledLoop(
            final EpochNanoClock clock,
            final TickLog log,
            final long firstNs,
            final long periodNs,
            final FlushedFile logFile,
            final FlushedFile indexFile) {
        this.clock = clock;
        this.log = log;
        this.firstNs = firstNs;
        this.periodNs = periodNs;
        this.logFile = logFile;
        this.indexFile = indexFile;
    }

    /** One control tick. */
    void tick() {
        final long nowNs = clock.nanoTime();
        final long due = (nowNs - firstNs) / periodNs;
        if (nowNs < firstNs || due < nextTick) {
            return;
        }
        final long deadlineNs = firstNs + due * periodNs;
        log.executed(deadlineNs, nowNs - deadlineNs, (int) (due - nextTick));
        nextTick = due + 1;
        for (int joint = 0; joint < JOINTS; joint++) {
            newest = Math.sin(deadlineNs * 1e-9 + joint) - 0.1 * mean;
            logFile.append(deadlineNs, newest);
        }
        indexFile.append(deadlineNs, newest);
        log.finished(deadlineNs, clock.nanoTime() - nowNs);
    }

    /** One window of fusion. */
    void fuse() {
        final double before = mean;
        final double sample = newest;
        mean = before + (sample - before) / JOINTS;
    }
}

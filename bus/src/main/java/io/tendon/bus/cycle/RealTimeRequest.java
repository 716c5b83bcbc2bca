package io.tendon.bus.cycle;

/**
 * What a loop asks of the kernel.
 *
 * @param mode how much it insists.
 * @param priority of SCHED_FIFO, 1 to 99.
 * @param cpu to pin the calling thread to, from 0; -1 for none. Pinned in every mode, also in {@link RtMode#OFF}.
 * @param isMemoryLocked whether the process's memory is to stay in memory.
 */
public record RealTimeRequest(RtMode mode, int priority, int cpu, boolean isMemoryLocked) {
    /** A loop that has to be on time at every tick: with memory locked. */
    public static RealTimeRequest hard(final RtMode mode, final int priority, final int cpu) {
        return new RealTimeRequest(mode, priority, cpu, true);
    }

    /** A loop that may be late by a page fault: without. */
    public static RealTimeRequest soft(final RtMode mode, final int priority, final int cpu) {
        return new RealTimeRequest(mode, priority, cpu, false);
    }
}

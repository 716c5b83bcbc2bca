package io.tendon.bus.cycle;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was asked of the kernel and what it gave.
 *
 * @param isRealTime whether the thread runs under SCHED_FIFO.
 * @param isMemoryLocked whether the process's memory is locked.
 * @param cpu that the thread is pinned to, -1 for none.
 * @param missing what was asked for and could not be had, each with why and how to get it; empty when all was given.
 */
public record RealTimeOutcome(boolean isRealTime, boolean isMemoryLocked, int cpu, Map<RealTimeRight, String> missing) {
    /** Nothing was asked for, or nothing but a core. */
    public static final int NOT_ASKED = 0;

    /** All was given. */
    public static final int ALL_GIVEN = 1;

    /** Something was not given. */
    public static final int LESS_GIVEN = 2;

    /** Copies the map. */
    public RealTimeOutcome {
        missing = Collections.unmodifiableMap(new TreeMap<>(missing));
    }

    /** Whether all that was asked for was given. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** Value of {@code BusCounter.REAL_TIME}. A core alone makes no thread real-time: {@code --rt off --cpu 1} is 0. */
    public int code() {
        if (!isComplete()) {
            return LESS_GIVEN;
        }
        return isRealTime ? ALL_GIVEN : NOT_ASKED;
    }

    /** Value of {@code BusCounter.REAL_TIME_MISSING}, see {@link RealTimeRight#of}. */
    public long missingBits() {
        return missing.keySet().stream().mapToLong(RealTimeRight::bit).sum();
    }

    /** Brings it into the node's counters: what is missing first, as readers ask for that once the code is there. */
    public void publish(final BusCounters counters) {
        counters.node(BusCounter.REAL_TIME_MISSING).setRelease(missingBits());
        counters.node(BusCounter.REAL_TIME).setRelease(code());
    }

    /** What is missing, why and how to get it, on one line; empty when all was given. */
    public String shortfall() {
        return String.join("; ", missing.values());
    }

    /** For a log: {@code key=value}. */
    @Override
    public String toString() {
        return "fifo=" + isRealTime + " memoryLocked=" + isMemoryLocked + " cpu=" + cpu
                + (isComplete()
                        ? ""
                        : " missing="
                                + missing.keySet().stream()
                                        .map(RealTimeRight::name)
                                        .collect(Collectors.joining(","))
                                + " shortfall=\"" + shortfall() + '"');
    }
}

package io.tendon.bus.cycle;

import java.util.ArrayList;
import java.util.List;

/** One thing that a real-time loop asks of the kernel. The order is part of {@code BusCounter.REAL_TIME_MISSING}. */
public enum RealTimeRight {
    /** Runs before everything of a lower priority. */
    SCHEDULING("SCHED_FIFO"),
    /** No page of the process has to be fetched. */
    MEMORY_LOCK("locked memory"),
    /** Sleeps end when they should, and not up to 50 us later. */
    TIMER_SLACK("timer slack of 1 ns"),
    /** Has a core to itself, or at least does not wander. */
    CORE("its core"),
    /** Collections do not wait for the machine's other work while the loop waits for them. */
    JVM_THREAD("SCHED_FIFO for the JVM's own thread");

    private final String words;

    RealTimeRight(final String words) {
        this.words = words;
    }

    /** Its name for a person. */
    public String words() {
        return words;
    }

    /** Its bit in {@code BusCounter.REAL_TIME_MISSING}. */
    public long bit() {
        return switch (this) {
            case SCHEDULING -> 1;
            case MEMORY_LOCK -> 2;
            case TIMER_SLACK -> 4;
            case CORE -> 8;
            case JVM_THREAD -> 16;
        };
    }

    /**
     * The rights that a counter names.
     *
     * @param bits value of {@code BusCounter.REAL_TIME_MISSING}.
     * @return them, in order.
     */
    public static List<RealTimeRight> of(final long bits) {
        final List<RealTimeRight> rights = new ArrayList<>();
        for (final RealTimeRight right : values()) {
            if ((bits & right.bit()) != 0) {
                rights.add(right);
            }
        }
        return rights;
    }
}

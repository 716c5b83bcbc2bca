package io.tendon.bus.cycle;

import io.tendon.bus.counter.BusCounter;

/**
 * Why a tick was missed. A tick has one cause, even where several things came together; {@link MissedTicks} has the rule.
 */
public enum MissCause {
    /** The thread got to run too late: it slept on, or another one had the core. */
    LATE_WAKE_UP("late wake-up", BusCounter.MISSED_LATE_WAKE_UP, io.tendon.schemas.MissCause.LATE_WAKE_UP),
    /** The cycle before took longer than a period, most of it with the node's own work. */
    LONG_CYCLE("long cycle", BusCounter.MISSED_LONG_CYCLE, io.tendon.schemas.MissCause.LONG_CYCLE),
    /** The cycle before took longer than a period, at least half of it in the hardware's read and write. */
    HARDWARE("hardware", BusCounter.MISSED_HARDWARE, io.tendon.schemas.MissCause.HARDWARE);

    private final String text;
    private final BusCounter counter;
    private final io.tendon.schemas.MissCause term;

    MissCause(final String text, final BusCounter counter, final io.tendon.schemas.MissCause term) {
        this.text = text;
        this.counter = counter;
        this.term = term;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    /** What counts such ticks of a node. */
    public BusCounter counter() {
        return counter;
    }

    /** The schema's word for it. */
    public io.tendon.schemas.MissCause term() {
        return term;
    }
}

package io.tendon.certify.measure;

/**
 * Ticks of control that passed before their cycle could begin, by what kept it; each tick counts once.
 *
 * @param machine the witness, which nothing of ours can hold, was held as well: within 500 us of control.
 * @param safepoint the JVM held all of its threads for most of the time.
 * @param longCycle the cycle before was still running when the tick was due.
 * @param lateWakeUp the thread was waiting, the witness was on time, and yet control was not woken.
 */
public record MissedTicks(long machine, long safepoint, long longCycle, long lateWakeUp) {
    /** All of them. */
    public long all() {
        return machine + safepoint + longCycle + lateWakeUp;
    }
}

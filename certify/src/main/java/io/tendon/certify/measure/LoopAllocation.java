package io.tendon.certify.measure;

/**
 * What control's loop allocates in warm cycles, beside the same measurement of nothing. Immutable.
 *
 * @param cycles that were measured.
 * @param loopBytes allocated in them.
 * @param emptyBytes allocated by a measurement with nothing in it.
 * @param rounds measured until one was clean: the compiler, when it throws an optimistic version away, puts some bytes on
 *     the thread's account at odd moments. Code that allocates in any cycle has no clean round.
 */
public record LoopAllocation(int cycles, long loopBytes, long emptyBytes, int rounds) {
    /** Whether the loop allocates nothing. */
    public boolean isEqual() {
        return loopBytes == emptyBytes;
    }
}

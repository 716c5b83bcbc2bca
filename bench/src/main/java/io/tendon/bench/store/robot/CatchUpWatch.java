package io.tendon.bench.store.robot;

/**
 * Tells when an index has stored all that was said up to a time, by what its recorder counts. An age that stands may be of a
 * while ago: it says how far the index is only when it falls, which is when something was stored, or is 0. Main thread.
 */
final class CatchUpWatch {
    private final long lastMs;
    private final long littleBytes;
    private long beforeMs = -1;

    /**
     * Nothing was seen yet.
     *
     * @param lastMs when the last message was said, ms since the epoch.
     * @param littleBytes that may be recorded and not indexed: those of other streams, which say something all the time.
     */
    CatchUpWatch(final long lastMs, final long littleBytes) {
        this.lastMs = lastMs;
        this.littleBytes = littleBytes;
    }

    /**
     * Looks.
     *
     * @param nowMs of this look, ms since the epoch.
     * @param lagMs age of the oldest message that is not stored, ms; negative while not known.
     * @param lagBytes that are not taken in; negative while not known.
     * @return whether the last message is seen to be stored.
     */
    boolean isStored(final long nowMs, final long lagMs, final long lagBytes) {
        final boolean hasFallen = lagMs == 0 || lagMs > 0 && lagMs < beforeMs;
        beforeMs = lagMs;
        // Part of a millisecond is cut off.
        return hasFallen && lagBytes >= 0 && lagBytes < littleBytes && nowMs - lagMs - 1 >= lastMs;
    }
}

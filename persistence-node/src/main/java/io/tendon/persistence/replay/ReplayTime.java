package io.tendon.persistence.replay;

import java.util.concurrent.locks.LockSupport;

/** Time as a replay sees it, so that tests can set it. One owner thread. */
interface ReplayTime {
    /** Time of the machine's steady clock. */
    ReplayTime STEADY = new ReplayTime() {
        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public void waitNs(final long durationNs) {
            LockSupport.parkNanos(durationNs);
        }
    };

    /** Present time, ns, of any epoch; never goes back. */
    long nowNs();

    /**
     * Waits, or less.
     *
     * @param durationNs at most, above 0.
     */
    void waitNs(long durationNs);
}

package io.tendon.control;

import org.agrona.concurrent.EpochNanoClock;

/** A clock that stands until it is moved. */
public final class ManualClock implements EpochNanoClock {
    private long nowNs = 1_700_000_000_000_000_000L;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** Goes on. */
    public void advance(final long ns) {
        nowNs += ns;
    }
}

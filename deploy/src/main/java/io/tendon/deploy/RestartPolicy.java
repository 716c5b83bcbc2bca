package io.tendon.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * When a node that has died is started again: at once after the first death in a minute, later after each that follows,
 * and no more after the third. One for each node; time is passed in. One owner thread.
 */
final class RestartPolicy {
    /** Deaths of one node within {@link #WINDOW_NS} that end the robot. */
    static final int MAX_DEATHS = 3;

    /** A node that has lived for longer begins with a clean sheet. */
    static final long WINDOW_NS = 60_000_000_000L;

    private static final long FIRST_DELAY_NS = 100_000_000L;
    private static final int BACK_OFF = 10;

    private final Deque<Long> deathsNs = new ArrayDeque<>();

    /** Nothing has died yet. */
    RestartPolicy() {}

    /**
     * Takes note of a death.
     *
     * @param nowNs steady time of it.
     * @return how long to wait before the node is started again, ns; empty when it died too often.
     */
    OptionalLong onDeath(final long nowNs) {
        while (!deathsNs.isEmpty() && nowNs - deathsNs.getFirst() > WINDOW_NS) {
            deathsNs.removeFirst();
        }
        deathsNs.addLast(nowNs);
        if (deathsNs.size() >= MAX_DEATHS) {
            return OptionalLong.empty();
        }
        long delayNs = FIRST_DELAY_NS;
        for (int i = 1; i < deathsNs.size(); i++) {
            delayNs *= BACK_OFF;
        }
        return OptionalLong.of(delayNs);
    }
}

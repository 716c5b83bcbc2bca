package io.tendon.persistence.replay;

/**
 * The clock of a replay: which recorded time is due when. It runs at a speed, stands still while it is paused, and is set
 * anew by a jump. While it stands, a step lets pass what lies up to a recorded time. Pure; one owner thread.
 *
 * <pre>  recorded time = recorded anchor + (time - anchor) * speed</pre>
 */
final class Playback {
    private ReplaySpeed speed;
    private boolean isPaused;
    private long anchorNs;
    private long recordedAnchorNs;

    /**
     * A clock that stands at nothing until {@link #jump}.
     *
     * @param speed to run at.
     */
    Playback(final ReplaySpeed speed) {
        this.speed = speed;
    }

    /**
     * Sets the clock.
     *
     * @param nowNs present time, of any epoch.
     * @param recordedNs recorded time that is due now.
     */
    void jump(final long nowNs, final long recordedNs) {
        anchorNs = nowNs;
        recordedAnchorNs = recordedNs;
    }

    /**
     * When a message is due.
     *
     * @param recordedNs its capture time.
     * @return in the time of {@link #jump}'s now; {@link Long#MIN_VALUE} when everything is due at once, {@link
     *     Long#MAX_VALUE} while the clock stands.
     */
    long dueNs(final long recordedNs) {
        if (isPaused) {
            return Long.MAX_VALUE;
        }
        return speed.isPaced()
                ? anchorNs + Math.round((recordedNs - recordedAnchorNs) / speed.factor())
                : Long.MIN_VALUE;
    }

    /**
     * The recorded time at a moment. Of a clock that is not paced this is where it was set last.
     *
     * @param nowNs present time.
     * @return recorded time, ns since the epoch.
     */
    long recordedNs(final long nowNs) {
        return isPaused || !speed.isPaced()
                ? recordedAnchorNs
                : recordedAnchorNs + Math.round((nowNs - anchorNs) * speed.factor());
    }

    /** Stands still from now on. */
    void pause(final long nowNs) {
        recordedAnchorNs = recordedNs(nowNs);
        anchorNs = nowNs;
        isPaused = true;
    }

    /** Runs on from where it stands. */
    void resume(final long nowNs) {
        anchorNs = nowNs;
        isPaused = false;
    }

    /** Runs at another speed from now on. */
    void speed(final long nowNs, final ReplaySpeed newSpeed) {
        recordedAnchorNs = recordedNs(nowNs);
        anchorNs = nowNs;
        speed = newSpeed;
    }

    /** How fast it runs, or would. */
    ReplaySpeed speed() {
        return speed;
    }

    /** Whether it stands. */
    boolean isPaused() {
        return isPaused;
    }
}

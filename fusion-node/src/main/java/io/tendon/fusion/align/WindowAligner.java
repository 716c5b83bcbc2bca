package io.tendon.fusion.align;

import io.tendon.bus.RealTime;

/**
 * Sorts samples into windows and hands the windows out in order, each once, at its deadline.
 *
 * <p>The order of a cycle is {@link #skipTo} (bounds what a stall can ask for), {@link #admit} for every sample that has
 * arrived, then {@link #close} as long as {@link #isDue}. No sample is lost from the counts: {@link #count} over all
 * {@link Admission}s is the number of samples offered. What was in time and then not handed out (its window was skipped,
 * or belonged to a life of control that a newer one replaced) is counted by {@link #discardedSamples()}.
 *
 * <p>Owned by fusion's one thread; allocates nothing after construction.
 */
@RealTime
public final class WindowAligner {
    /** Windows kept open beyond the one that is filled now. */
    private static final int WINDOWS_AHEAD = 4;

    private final WindowTiming timing;
    private final Window[] ring;
    private final int ringMask;
    private final long[] counts = new long[Admission.values().length];
    private final SeenSamples seen;
    private long firstIndex;
    private long nextIndex;
    private int lateSinceClose;
    private long skippedWindows;
    private long discardedSamples;
    private boolean hasSession;
    private int sessionId;
    private long newestCaptureTimeNs;

    /**
     * An aligner that begins at a time.
     *
     * @param timing of the windows.
     * @param jointCount of the arm.
     * @param nowNs ns since the epoch; the window around it is the first, and older samples are {@link Admission#STALE}.
     */
    public WindowAligner(final WindowTiming timing, final int jointCount, final long nowNs) {
        this.timing = timing;
        final int atLeast = timing.maxCatchUpWindows() + WINDOWS_AHEAD;
        final int size = Integer.highestOneBit(atLeast - 1) << 1;
        ring = new Window[size];
        ringMask = size - 1;
        for (int i = 0; i < size; i++) {
            ring[i] = new Window(timing, jointCount);
        }
        seen = new SeenSamples(size * Window.capacity(timing));
        restart(nowNs);
    }

    /**
     * Begins anew: forgets all windows; counts go on.
     *
     * @param nowNs ns since the epoch; the window around it is the first, and older samples are {@link Admission#STALE}.
     */
    public void restart(final long nowNs) {
        for (int i = 0; i < ringMask; i++) {
            discardedSamples += window(nextIndex + i).clear();
        }
        firstIndex = timing.windowIndex(nowNs);
        nextIndex = firstIndex;
        for (int i = 0; i < ring.length; i++) {
            window(firstIndex + i).open(firstIndex + i);
        }
    }

    /**
     * Bounds the work after a stall: when more than {@link WindowTiming#maxCatchUpWindows()} windows are due, the oldest
     * are skipped.
     *
     * @param nowNs ns since the epoch.
     * @return windows skipped, 0 in the normal case.
     */
    public long skipTo(final long nowNs) {
        final long newestDue = timing.windowIndex(nowNs - timing.graceNs()) - 1;
        final long skipped = newestDue - nextIndex + 1 - timing.maxCatchUpWindows();
        if (skipped <= 0) {
            return 0;
        }
        skippedWindows += skipped;
        final long open = Math.min(skipped, ringMask);
        for (long i = 0; i < open; i++) {
            discardedSamples += window(nextIndex + i).clear();
        }
        nextIndex += skipped;
        firstIndex = nextIndex;
        for (long i = ringMask - open; i <= ringMask; i++) {
            window(nextIndex + i).open(nextIndex + i);
        }
        return skipped;
    }

    /**
     * Takes a sample into its window.
     *
     * @param sample copied.
     * @return what became of it.
     */
    public Admission admit(final ArmSample sample) {
        final Admission admission = judge(sample);
        counts[admission.index()]++;
        if (admission == Admission.LATE) {
            lateSinceClose++;
        }
        if (admission == Admission.LATE || admission == Admission.IN_TIME) {
            seen.add(sample);
        }
        return admission;
    }

    /**
     * Whether the next window's end and grace have passed.
     *
     * @param nowNs ns since the epoch.
     * @return true when {@link #close} may be called.
     */
    public boolean isDue(final long nowNs) {
        return nowNs >= timing.closeTimeNs(nextIndex);
    }

    /**
     * Closes the next window, with what has arrived.
     *
     * @return the window; valid until this object is called again.
     */
    public Window close() {
        final Window closed = window(nextIndex);
        closed.close(lateSinceClose);
        lateSinceClose = 0;
        nextIndex++;
        // The slot that this one opens was handed out in an earlier call, never in this one.
        window(nextIndex + ringMask - 1).open(nextIndex + ringMask - 1);
        return closed;
    }

    /** When the next window is to be closed, ns since the epoch. */
    public long nextCloseTimeNs() {
        return timing.closeTimeNs(nextIndex);
    }

    /** How many samples had this fate so far. */
    public long count(final Admission admission) {
        return counts[admission.index()];
    }

    /** Windows skipped so far, because the stall before them was longer than can be caught up. */
    public long skippedWindows() {
        return skippedWindows;
    }

    /** Samples that were in time, but whose window was skipped or taken over by a newer life of control. */
    public long discardedSamples() {
        return discardedSamples;
    }

    private Admission judge(final ArmSample sample) {
        final long index = timing.windowIndex(sample.captureTimeNs);
        if (index >= nextIndex + ringMask) {
            return Admission.EARLY;
        }
        if (!isOfLiveSession(sample)) {
            return Admission.DEAD_SESSION;
        }
        if (index < firstIndex) {
            return Admission.STALE;
        }
        if (index < nextIndex) {
            return seen.contains(sample) ? Admission.DUPLICATE : Admission.LATE;
        }
        final Window window = window(index);
        if (window.receivedSamples() > 0 && window.sessionId() != sample.sessionId) {
            discardedSamples += window.clear();
        }
        return window.admit(sample);
    }

    /** The session of the newest capture time is the live one. */
    private boolean isOfLiveSession(final ArmSample sample) {
        if (!hasSession || sample.captureTimeNs > newestCaptureTimeNs) {
            hasSession = true;
            sessionId = sample.sessionId;
            newestCaptureTimeNs = sample.captureTimeNs;
            return true;
        }
        return sample.sessionId == sessionId;
    }

    private Window window(final long index) {
        return ring[(int) (index & ringMask)];
    }
}

package io.tendon.fusion.rewindow;

import io.tendon.fusion.align.Admission;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.link.RecordedStatements;
import io.tendon.fusion.link.RecordedStatements.SaidCycle;
import io.tendon.sessionlog.recording.MessageCursor;
import io.tendon.sessionlog.recording.RecordedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The windows that fusion's own aligner makes of the samples in the log when it waits long enough for each. Windows without
 * a sample are left out. One owner thread.
 */
final class LogWindows {
    /** How long a window waits: capture times of one life may go back by so much in its log. */
    private static final long PATIENCE_NS = 1_000_000_000L;

    private static final int ANY_JOINTS = 1;

    private final MessageCursor samples;
    private final WindowTiming timing;
    private final CycleGaps gaps;
    private final RecordedStatements statements = new RecordedStatements();
    private final ArmSample sample = new ArmSample(ANY_JOINTS);
    private @Nullable WindowAligner aligner;
    private long newestNs = Long.MIN_VALUE;
    private long newestHeldNs = Long.MIN_VALUE;
    private boolean isSamplePending;
    private boolean isAtEnd;

    /**
     * Reads nothing yet.
     *
     * @param samples control.state, by capture time.
     * @param windowNs length of a window, ns.
     * @param samplePeriodNs of control.state, ns.
     * @param gaps told of every sample; it knows all that is captured before the windows that were given out.
     */
    LogWindows(final MessageCursor samples, final long windowNs, final long samplePeriodNs, final CycleGaps gaps) {
        this.samples = samples;
        this.gaps = gaps;
        final long catchUp = Math.min(WindowTiming.MAX_CATCH_UP_WINDOWS, PATIENCE_NS / windowNs + 2);
        timing = new WindowTiming(windowNs, samplePeriodNs, 0, (int) catchUp);
    }

    /**
     * The next window with a sample.
     *
     * @return valid until the next call; null at the end.
     */
    @Nullable
    Window next() {
        while (true) {
            final Window window = closeNext();
            if (window != null) {
                return window;
            }
            if (isAtEnd) {
                return null;
            }
            admitPending();
            isAtEnd = !read();
        }
    }

    /** Latest capture time that was read, ns since the epoch. */
    long newestNs() {
        return newestNs;
    }

    /** Samples in the log that no window can take: captured at odds with their neighbours, or a third in one slot. */
    long unplaced() {
        final WindowAligner present = aligner;
        if (present == null) {
            return 0;
        }
        long unplaced = present.discardedSamples();
        for (final Admission fate : Admission.values()) {
            unplaced += fate == Admission.IN_TIME ? 0 : present.count(fate);
        }
        return unplaced;
    }

    /** Closes what is due, up to the first window that holds a sample; over a silence it goes at once. */
    private @Nullable Window closeNext() {
        final WindowAligner present = aligner;
        if (present == null) {
            return null;
        }
        final long dueNs = isAtEnd ? Long.MAX_VALUE : newestNs - PATIENCE_NS;
        while (holdsSamples(present) && present.isDue(dueNs)) {
            final Window window = present.close();
            if (window.receivedSamples() > 0) {
                return window;
            }
        }
        if (!isAtEnd && present.isDue(dueNs)) {
            present.restart(dueNs);
        }
        return null;
    }

    private boolean holdsSamples(final WindowAligner present) {
        return newestHeldNs >= present.nextCloseTimeNs() - timing.windowNs();
    }

    private void admitPending() {
        final WindowAligner present = aligner;
        if (present != null && isSamplePending && present.admit(sample) == Admission.IN_TIME) {
            newestHeldNs = Math.max(newestHeldNs, sample.captureTimeNs);
        }
        isSamplePending = false;
    }

    private boolean read() {
        while (samples.next()) {
            final RecordedMessage message = samples.message();
            final SaidCycle said = message.hasStamp() ? statements.cycle(message.buffer(), message.offset()) : null;
            if (said != null) {
                take(message, said);
                return true;
            }
        }
        return false;
    }

    private void take(final RecordedMessage message, final SaidCycle said) {
        gaps.onSample(message.recording().sessionId(), said);
        sample.captureTimeNs = said.captureTimeNs();
        sample.sequence = said.sequence();
        sample.sessionId = message.recording().sessionId();
        sample.fromPosition = message.position();
        sample.toPosition = message.nextPosition();
        isSamplePending = true;
        if (aligner == null) {
            aligner = new WindowAligner(timing, ANY_JOINTS, said.captureTimeNs() - PATIENCE_NS);
        }
        newestNs = Math.max(newestNs, said.captureTimeNs());
    }
}

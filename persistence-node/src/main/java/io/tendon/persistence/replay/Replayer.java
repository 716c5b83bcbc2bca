package io.tendon.persistence.replay;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Plays a range of a session: takes each message from the source, waits until it is due, gives it to the sink. What is
 * asked of it meanwhile ({@link #ask}, from any thread) is done between two messages. Owned by the thread that {@link
 * #run}s it.
 */
final class Replayer implements ReplayControl {
    /** Most that a step lets pass when no control cycle ends it. */
    static final long STEP_NS = 10_000_000L;

    private static final long MAX_WAIT_NS = 10_000_000L;
    private static final long RATE_PERIOD_NS = 500_000_000L;
    private static final long SHOW_PERIOD_NS = 50_000_000L;

    /** How long before the end a jump to the end goes. */
    private static final long END_NS = 1_000_000_000L;

    private static final int QUEUE_LENGTH = 64;

    private final MessageSource source;
    private final ReplaySink sink;
    private final ReplayTime time;
    private final TimeRange range;
    private final TimeRange bounds;
    private final Playback playback;
    private final ReplayTally tally = new ReplayTally();
    private final Queue<ReplayAction> asked = new ManyToOneConcurrentArrayQueue<>(QUEUE_LENGTH);

    private boolean isLooping;
    private boolean isQuitting;
    private boolean hasMessage;
    private int pass;
    private long positionNs;
    private long stepUntilNs;
    private boolean isStepping;
    private boolean isAnchored;
    private long shownNs;
    private long rateSinceNs;
    private long rateMessages;
    private double messagesPerS;
    private long latenessNs;
    private long dueNs = Long.MIN_VALUE;
    // Written by the replay's thread, read by whoever shows it.
    private volatile @Nullable ReplayProgress progress;

    /**
     * A replay that has not begun.
     *
     * @param source of the messages.
     * @param sink for them.
     * @param time to wait by.
     * @param range of capture times to play, ns since the epoch; its ends may be open.
     * @param bounds of that range as far as they are known, for seeking and to show how far it is.
     * @param speed at first.
     * @param isLooping whether to begin again at the end.
     */
    Replayer(
            final MessageSource source,
            final ReplaySink sink,
            final ReplayTime time,
            final TimeRange range,
            final TimeRange bounds,
            final ReplaySpeed speed,
            final boolean isLooping) {
        this.source = source;
        this.sink = sink;
        this.time = time;
        this.range = range;
        this.bounds = bounds;
        this.playback = new Playback(speed);
        this.isLooping = isLooping;
        this.positionNs = bounds.fromNs();
    }

    @Override
    public void ask(final ReplayAction action) {
        asked.offer(action);
    }

    @Override
    public @Nullable ReplayProgress progress() {
        return progress;
    }

    /** What was done. The replay's thread, or any once it has ended. */
    ReplayTally tally() {
        return tally;
    }

    /**
     * Plays to the end, or until it is told to stop.
     *
     * @param isStopped asked between messages and while waiting.
     */
    void run(final BooleanSupplier isStopped) {
        toStart();
        long seenNs = time.nowNs();
        rateSinceNs = seenNs;
        show(seenNs, true);
        while (!isQuitting && !isStopped.getAsBoolean()) {
            final long nowNs = time.nowNs();
            if (playback.isPaused()) {
                tally.paused(nowNs - seenNs);
            }
            seenNs = nowNs;
            answer(nowNs);
            if (!hasMessage && !atEnd()) {
                break;
            }
            if (isQuitting) {
                break;
            }
            show(nowNs, false);
            advance(nowNs, isStopped);
        }
        show(time.nowNs(), true);
    }

    private void toStart() {
        seek(bounds.fromNs());
    }

    /** One message if it is due, else a wait. */
    private void advance(final long nowNs, final BooleanSupplier isStopped) {
        if (!hasMessage) {
            rest(MAX_WAIT_NS);
            return;
        }
        final RecordedMessage message = source.message();
        final long captureNs = message.captureTimeNs();
        final boolean isStep = isStepping && playback.isPaused();
        final long dueAtNs = playback.dueNs(captureNs);
        if (!isStep && dueAtNs > nowNs) {
            rest(Math.min(MAX_WAIT_NS, dueAtNs - nowNs));
            return;
        }
        if (isStep && stepUntilNs == Long.MIN_VALUE) {
            stepUntilNs = captureNs + STEP_NS;
        }
        // Capture times may go back a little within a log: such a message was due when the one before it was.
        dueNs = isStep || dueAtNs == Long.MIN_VALUE ? Long.MIN_VALUE : Math.max(dueNs, dueAtNs);
        final boolean isPublished = sink.publish(message, pass, isStopped);
        final long doneNs = time.nowNs();
        if (!isAnchored) {
            // A replay begins, or goes on after a jump, with its first message: getting to it counts for nothing.
            isAnchored = true;
            playback.jump(doneNs, captureNs);
            dueNs = dueNs == Long.MIN_VALUE ? dueNs : doneNs;
        }
        latenessNs = dueNs == Long.MIN_VALUE ? -1 : Math.max(0, doneNs - dueNs);
        tally.count(message, isPublished, doneNs, latenessNs);
        positionNs = Math.max(positionNs, captureNs);
        final boolean isCycle = message.recording().streamId() == StreamCatalog.CONTROL_STATE.streamId();
        hasMessage = source.next();
        if (isStep && (isCycle || !hasMessage || source.message().captureTimeNs() >= stepUntilNs)) {
            isStepping = false;
            playback.jump(nowNs, positionNs);
        }
    }

    private void rest(final long durationNs) {
        sink.doWork();
        time.waitNs(durationNs);
    }

    /** What to do when there is no message left; false to end. */
    private boolean atEnd() {
        if (isLooping) {
            toStart();
        }
        return hasMessage;
    }

    private void answer(final long nowNs) {
        ReplayAction action = asked.poll();
        while (action != null) {
            answer(action, nowNs);
            action = asked.poll();
        }
    }

    private void answer(final ReplayAction action, final long nowNs) {
        switch (action) {
            case PAUSE_OR_RESUME -> {
                if (playback.isPaused()) {
                    playback.resume(nowNs);
                } else {
                    followUnpaced(nowNs);
                    playback.pause(nowNs);
                }
                isStepping = false;
            }
            case STEP -> {
                if (playback.isPaused()) {
                    isStepping = true;
                    stepUntilNs = Long.MIN_VALUE;
                }
            }
            case FASTER -> playback.speed(nowNs, playback.speed().faster());
            case SLOWER -> {
                followUnpaced(nowNs);
                playback.speed(nowNs, playback.speed().slower());
            }
            case BACK, FORWARD, FAR_BACK, FAR_FORWARD -> seek(positionNs + action.offsetNs());
            case TO_START -> toStart();
            case TO_END -> seek(bounds.toNs());
            case LOOP -> isLooping = !isLooping;
            case QUIT -> isQuitting = true;
            default -> throw new IllegalStateException(action.name());
        }
    }

    /** A clock that is not paced does not run by itself: it is set to where the replay has come. */
    private void followUnpaced(final long nowNs) {
        if (!playback.speed().isPaced()) {
            playback.jump(nowNs, positionNs);
        }
    }

    /** Goes to a time, or to the end of the range that is nearest to it. */
    private void seek(final long recordedNs) {
        final long lastNs = Math.max(bounds.fromNs(), bounds.toNs() - END_NS);
        final long fromNs = recordedNs <= bounds.fromNs() ? range.fromNs() : Math.min(lastNs, recordedNs);
        pass++;
        isStepping = false;
        dueNs = Long.MIN_VALUE;
        isAnchored = false;
        tally.jumped();
        hasMessage = source.seek(new TimeRange(fromNs, range.toNs()));
        positionNs = hasMessage ? source.message().captureTimeNs() : Math.max(bounds.fromNs(), fromNs);
        playback.jump(time.nowNs(), positionNs);
    }

    private void show(final long nowNs, final boolean isLast) {
        if (!isLast && nowNs - shownNs < SHOW_PERIOD_NS) {
            return;
        }
        shownNs = nowNs;
        if (nowNs - rateSinceNs >= RATE_PERIOD_NS) {
            messagesPerS = (tally.messages() - rateMessages) * 1e9 / (nowNs - rateSinceNs);
            rateMessages = tally.messages();
            rateSinceNs = nowNs;
        }
        progress = new ReplayProgress(
                Math.max(0, positionNs - bounds.fromNs()),
                Math.max(0, bounds.toNs() - bounds.fromNs()),
                playback.speed(),
                playback.isPaused(),
                isLooping,
                tally.messages(),
                tally.lost(),
                messagesPerS,
                Math.max(0, latenessNs));
    }
}

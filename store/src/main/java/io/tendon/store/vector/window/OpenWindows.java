package io.tendon.store.vector.window;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.store.vector.VectorEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * The windows of one writer's life that are open: a joint state lies in each that has begun and is not over. Windows begin at
 * multiples of the step from the session's start on. One owner thread.
 */
final class OpenWindows {
    /** Share of the samples that must be there: a window at an end, or with a gap, says little of its span. */
    private static final double LEAST_SHARE = 0.5;

    private final RobotScales scales;
    private final long originNs;
    private final long windowNs;
    private final long stepNs;
    private final BiConsumer<VectorEntry, float[]> consumer;
    private final WindowSample sample;
    private final Deque<Window> open = new ArrayDeque<>();
    private final Deque<WindowFeatures> free = new ArrayDeque<>();
    // Number of the window that is opened next; none begins before the session.
    private long nextWindow;
    private long sparse;

    /**
     * Begins with none.
     *
     * @param scales of the robot.
     * @param originNs where the first window may begin, ns since the epoch.
     * @param windowNs length of each.
     * @param stepNs from the beginning of one to that of the next.
     * @param consumer of each window that is over, in their order.
     */
    OpenWindows(
            final RobotScales scales,
            final long originNs,
            final long windowNs,
            final long stepNs,
            final BiConsumer<VectorEntry, float[]> consumer) {
        this.scales = scales;
        this.sample = new WindowSample(scales);
        this.originNs = originNs;
        this.windowNs = windowNs;
        this.stepNs = stepNs;
        this.consumer = consumer;
    }

    /** Takes in a joint state, not earlier than those before it by more than the windows that are open. */
    void add(final RecordedMessage message) {
        final long timeNs = message.captureTimeNs();
        while (!open.isEmpty() && open.getFirst().fromNs + windowNs <= timeNs) {
            close(open.removeFirst());
        }
        final long newest = Math.floorDiv(timeNs - originNs, stepNs);
        final long oldest = Math.floorDiv(timeNs - originNs - windowNs, stepNs) + 1;
        for (long window = Math.max(nextWindow, oldest); window <= newest; window++) {
            open.addLast(new Window(
                    originNs + window * stepNs, free.isEmpty() ? new WindowFeatures(scales) : free.removeLast()));
            nextWindow = window + 1;
        }
        // Once for all windows, of which a hundred may overlap.
        if (sample.read(message.buffer(), message.offset())) {
            for (final Window window : open) {
                if (timeNs >= window.fromNs) {
                    window.features.add(sample);
                    window.extend(message);
                }
            }
        }
    }

    /** Ends those that are open; the last are sparse, most likely. */
    void end() {
        while (!open.isEmpty()) {
            close(open.removeFirst());
        }
    }

    /** Windows that had too few samples and were left out. */
    long sparse() {
        return sparse;
    }

    private void close(final Window window) {
        final double expected = (double) windowNs / Math.max(1, scales.cyclePeriodNs());
        if (window.features.samples() > 0 && window.features.samples() >= LEAST_SHARE * expected) {
            consumer.accept(window.entry(window.fromNs + windowNs), window.features.vector());
        } else {
            sparse++;
        }
        window.features.clear();
        free.addLast(window.features);
    }

    /** A window and the messages that lie in it. */
    private static final class Window {
        private final long fromNs;
        private final WindowFeatures features;
        private int streamId;
        private int sessionId;
        private long fromPosition = Long.MAX_VALUE;
        private long toPosition;

        Window(final long fromNs, final WindowFeatures features) {
            this.fromNs = fromNs;
            this.features = features;
        }

        void extend(final RecordedMessage message) {
            streamId = message.recording().streamId();
            sessionId = message.recording().sessionId();
            fromPosition = Math.min(fromPosition, message.position());
            toPosition = message.nextPosition();
        }

        VectorEntry entry(final long toNs) {
            return new VectorEntry(
                    streamId, sessionId, fromPosition, toPosition, fromNs, toNs, toNs, EmbeddingKind.WINDOW, "");
        }
    }
}

package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.publish.LossRanges;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.LossListener;
import io.tendon.schemas.LossReason;

/**
 * Says on control.event what control could not publish and what it did not get: at most one message a cycle, and none on
 * the heels of a refusal. Gaps that do not fit are counted. Owner: the control loop's thread.
 */
@RealTime
public final class LossReporter implements LossListener {
    private static final int CAPACITY = 16;
    private static final long RETRY_NS = 100_000_000L;

    private final MessagePublisher[] publishers;
    private final long[] seenRefused;
    private final EventPublisher events;
    private final int[] streamIds = new int[CAPACITY];
    private final int[] sessionIds = new int[CAPACITY];
    private final long[] firstSequences = new long[CAPACITY];
    private final long[] lastSequences = new long[CAPACITY];
    private int gapCount;
    private long unreportedGaps;
    private long notBeforeNs;

    /**
     * Reports for these publishers, and as a listener for subscribers.
     *
     * @param events on which losses are reported.
     * @param publishers whose refusals are reported.
     */
    public LossReporter(final EventPublisher events, final MessagePublisher... publishers) {
        this.events = events;
        this.publishers = publishers.clone();
        seenRefused = new long[publishers.length];
    }

    @Override
    public void onLoss(
            final StreamDescriptor stream, final int sessionId, final long firstSequence, final long lastSequence) {
        if (gapCount == CAPACITY) {
            unreportedGaps++;
            return;
        }
        streamIds[gapCount] = stream.streamId();
        sessionIds[gapCount] = sessionId;
        firstSequences[gapCount] = firstSequence;
        lastSequences[gapCount] = lastSequence;
        gapCount++;
    }

    /** Gaps that came faster than they could be reported; they are in the counters. */
    public long unreportedGaps() {
        return unreportedGaps;
    }

    /** Reports one loss, if there is one and the stream may take it. */
    public void doWork(final long nowNs) {
        if (nowNs < notBeforeNs) {
            return;
        }
        if (gapCount > 0) {
            final boolean isSaid = events.loss(
                    streamIds[0], sessionIds[0], firstSequences[0], lastSequences[0], LossReason.SEQUENCE_GAP);
            if (isSaid) {
                removeOldestGap();
            } else {
                notBeforeNs = nowNs + RETRY_NS;
            }
            return;
        }
        for (int i = 0; i < publishers.length; i++) {
            if (isReported(i, nowNs)) {
                return;
            }
        }
    }

    private boolean isReported(final int i, final long nowNs) {
        final MessagePublisher publisher = publishers[i];
        final LossRanges ranges = publisher.lossRanges();
        if (ranges.isEmpty()) {
            return false;
        }
        if (publisher.refused() != seenRefused[i]) {
            // Still being refused: the range is growing.
            seenRefused[i] = publisher.refused();
            return false;
        }
        final boolean isSaid = events.loss(
                publisher.stream().streamId(),
                publisher.sessionId(),
                ranges.firstSequence(),
                ranges.lastSequence(),
                SchemaTerms.of(ranges.reason()));
        if (isSaid) {
            ranges.removeOldest();
        } else {
            notBeforeNs = nowNs + RETRY_NS;
        }
        return true;
    }

    private void removeOldestGap() {
        gapCount--;
        System.arraycopy(streamIds, 1, streamIds, 0, gapCount);
        System.arraycopy(sessionIds, 1, sessionIds, 0, gapCount);
        System.arraycopy(firstSequences, 1, firstSequences, 0, gapCount);
        System.arraycopy(lastSequences, 1, lastSequences, 0, gapCount);
    }
}

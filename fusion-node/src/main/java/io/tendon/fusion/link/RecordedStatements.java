package io.tendon.fusion.link;

import io.tendon.fusion.align.WindowTiming;
import io.tendon.schemas.FusedStateDecoder;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes what was said of samples and windows, for whoever looks at them offline. One owner thread. */
public final class RecordedStatements {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private final FusedStateDecoder fused = new FusedStateDecoder();
    private final LossDecoder loss = new LossDecoder();

    /** A decoder of its owner. */
    public RecordedStatements() {}

    /**
     * A joint state as a sample of a cycle.
     *
     * @param captureTimeNs when it was measured, ns since the epoch.
     * @param sequence on control.state, from 0 per writer's life.
     * @param cycle tick since control's loop began; a missed one leaves a hole.
     */
    public record SaidCycle(long captureTimeNs, long sequence, long cycle) {}

    /**
     * A window as fusion said it.
     *
     * @param startNs first capture time that belongs to it, ns since the epoch.
     * @param endNs first capture time behind it, ns since the epoch.
     * @param mask bit i is set when the sample of slot i arrived in time.
     * @param expectedSamples slots.
     * @param receivedSamples that arrived in time.
     * @param lateSamples of windows before, that came while this one was the next to close.
     * @param sessionId of the life of control that it holds samples of; 0 when it is empty.
     */
    public record SaidWindow(
            long startNs,
            long endNs,
            long mask,
            int expectedSamples,
            int receivedSamples,
            int lateSamples,
            int sessionId) {
        /** Whether it is a window that an aligner makes: whole slots, 1 to 64, on a boundary of its length. */
        public boolean isSound() {
            final long windowNs = endNs - startNs;
            return windowNs > 0
                    && expectedSamples >= 1
                    && expectedSamples <= WindowTiming.MAX_SLOTS
                    && windowNs % expectedSamples == 0
                    && Math.floorMod(startNs, windowNs) == 0;
        }

        /** Length of a slot, ns; only of one that {@link #isSound()}. */
        public long samplePeriodNs() {
            return (endNs - startNs) / expectedSamples;
        }
    }

    /**
     * Samples of control that fusion says it did not get.
     *
     * @param sessionId of the life of control.
     * @param firstSequence first missing.
     * @param lastSequence last missing.
     */
    public record SaidGap(int sessionId, long firstSequence, long lastSequence) {}

    /** Decodes a sample; null when the message is none. */
    public @Nullable SaidCycle cycle(final DirectBuffer buffer, final int offset) {
        if (MessageSchema.templateId(buffer, offset) != JointStateDecoder.TEMPLATE_ID) {
            return null;
        }
        state.wrapAndApplyHeader(buffer, offset, header);
        return new SaidCycle(state.stamp().captureTimeNs(), state.stamp().sequence(), state.cycle());
    }

    /** Decodes a window; null when the message is none. */
    public @Nullable SaidWindow window(final DirectBuffer buffer, final int offset) {
        if (MessageSchema.templateId(buffer, offset) != FusedStateDecoder.TEMPLATE_ID) {
            return null;
        }
        fused.wrapAndApplyHeader(buffer, offset, header);
        final long startNs = fused.windowStartNs();
        final long endNs = fused.windowEndNs();
        final long mask = fused.completenessMask();
        final int expected = fused.expectedSamples();
        final int received = fused.receivedSamples();
        final int late = fused.lateSamples();
        final FusedStateDecoder.InputsDecoder inputs = fused.inputs();
        final int sessionId = inputs.hasNext() ? inputs.next().sessionId() : 0;
        return new SaidWindow(startNs, endNs, mask, expected, received, late, sessionId);
    }

    /**
     * Decodes a gap in control's samples that fusion saw; null when the message is none.
     *
     * @param buffer that holds it.
     * @param offset at which its header begins.
     * @param streamId of control.state.
     * @return the gap.
     */
    public @Nullable SaidGap gap(final DirectBuffer buffer, final int offset, final int streamId) {
        if (MessageSchema.templateId(buffer, offset) != LossDecoder.TEMPLATE_ID) {
            return null;
        }
        loss.wrapAndApplyHeader(buffer, offset, header);
        final boolean isOfFusion = loss.stamp().source() == NodeId.FUSION
                && loss.reason() == LossReason.SEQUENCE_GAP
                && loss.lossStreamId() == streamId
                && loss.firstSequence() <= loss.lastSequence();
        return isOfFusion ? new SaidGap(loss.lossSessionId(), loss.firstSequence(), loss.lastSequence()) : null;
    }
}

package io.tendon.fusion.rewindow;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.fusion.align.Window;
import io.tendon.schemas.FusedStateEncoder;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What control and fusion say of samples and windows. */
final class RewindMessages {
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private RewindMessages() {}

    static UnsafeBuffer sample(final long sequence, final long captureTimeNs, final long cycle) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(captureTimeNs).source(NodeId.CONTROL);
        encoder.cycle(cycle).inputsCount(0);
        encoder.jointsCount(0);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    static UnsafeBuffer window(final long sequence, final long saidNs, final Window window) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
        final FusedStateEncoder encoder = new FusedStateEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(saidNs).source(NodeId.FUSION);
        encoder.windowStartNs(window.startNs())
                .windowEndNs(window.endNs())
                .completenessMask(window.completenessMask())
                .newestSampleAgeNs(window.newestSampleAgeNs())
                .expectedSamples(window.expectedSamples())
                .receivedSamples(window.receivedSamples())
                .lateSamples(window.lateSamples());
        final int inputs = window.receivedSamples() > 0 ? 1 : 0;
        final FusedStateEncoder.InputsEncoder input = encoder.inputsCount(inputs);
        if (inputs > 0) {
            input.next()
                    .streamId(StreamCatalog.CONTROL_STATE.streamId())
                    .sessionId(window.sessionId())
                    .fromPosition(window.fromPosition())
                    .toPosition(window.toPosition());
        }
        encoder.jointsCount(0);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    static UnsafeBuffer gap(
            final long sequence, final long saidNs, final int sessionId, final long first, final long last) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
        final LossEncoder encoder = new LossEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(saidNs).source(NodeId.FUSION);
        encoder.firstSequence(first)
                .lastSequence(last)
                .lossStreamId(StreamCatalog.CONTROL_STATE.streamId())
                .lossSessionId(sessionId)
                .reason(LossReason.SEQUENCE_GAP);
        encoder.inputsCount(0);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}

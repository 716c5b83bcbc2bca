package io.tendon.sessionlog.verify;

import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.HealthDecoder;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.RecordingProgressEncoder;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.TestMessages;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What nodes say of a session. Times count in periods of {@link TestMessages} from its start. */
public final class VerifyMessages {
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private VerifyMessages() {}

    static long timeNs(final long period) {
        return TestMessages.START_NS + period * TestMessages.PERIOD_NS;
    }

    static UnsafeBuffer loss(
            final NodeId source,
            final long sequence,
            final WriterLife life,
            final long first,
            final long last,
            final LossReason reason) {
        final UnsafeBuffer buffer = buffer();
        final LossEncoder encoder = new LossEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs(sequence)).source(source);
        encoder.firstSequence(first)
                .lastSequence(last)
                .lossStreamId(life.streamId())
                .lossSessionId(life.sessionId())
                .reason(reason);
        encoder.inputsCount(0);
        return cut(buffer, encoder.encodedLength());
    }

    static LossDecoder lossSaid(
            final NodeId source, final WriterLife life, final long first, final long last, final LossReason reason) {
        return new LossDecoder()
                .wrapAndApplyHeader(loss(source, 0, life, first, last, reason), 0, new MessageHeaderDecoder());
    }

    static UnsafeBuffer event(
            final NodeId source,
            final long sequence,
            final EventKind kind,
            final Severity severity,
            final int code,
            final String text) {
        final UnsafeBuffer buffer = buffer();
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs(sequence)).source(source);
        encoder.amount(Double.NaN).code(code).kind(kind).severity(severity);
        encoder.inputsCount(0);
        encoder.text(text);
        return cut(buffer, encoder.encodedLength());
    }

    static EventDecoder eventSaid(
            final NodeId source,
            final long period,
            final EventKind kind,
            final Severity severity,
            final int code,
            final String text) {
        return new EventDecoder()
                .wrapAndApplyHeader(event(source, period, kind, severity, code, text), 0, new MessageHeaderDecoder());
    }

    static UnsafeBuffer logReplaced(
            final NodeId source,
            final long sequence,
            final WriterLife life,
            final long usedUp,
            final long endPosition) {
        final UnsafeBuffer buffer = buffer();
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs(sequence)).source(source);
        encoder.amount((double) usedUp)
                .code(life.streamId())
                .kind(EventKind.LOG_REPLACED)
                .severity(Severity.WARNING);
        encoder.inputsCount(1)
                .next()
                .streamId(life.streamId())
                .sessionId(life.sessionId())
                .fromPosition(0)
                .toPosition(endPosition);
        encoder.text("");
        return cut(buffer, encoder.encodedLength());
    }

    static EventDecoder logReplacedSaid(
            final NodeId source, final long period, final WriterLife life, final long usedUp) {
        return new EventDecoder()
                .wrapAndApplyHeader(logReplaced(source, period, life, usedUp, 4096), 0, new MessageHeaderDecoder());
    }

    static HealthDecoder healthSaid(final NodeId source, final long period, final long pid) {
        final UnsafeBuffer buffer = buffer();
        final HealthEncoder encoder = new HealthEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(0).captureTimeNs(timeNs(period)).source(source);
        encoder.pid(pid).inputsCount(0);
        return new HealthDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    static UnsafeBuffer progress(
            final long sequence, final long recordingId, final WriterLife life, final long durablePosition) {
        final UnsafeBuffer buffer = buffer();
        final RecordingProgressEncoder encoder = new RecordingProgressEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs(sequence)).source(NodeId.PERSISTENCE);
        encoder.inputsCount(0);
        encoder.recordingsCount(1)
                .next()
                .recordingId(recordingId)
                .publishedPosition(durablePosition)
                .recordedPosition(durablePosition)
                .durablePosition(durablePosition)
                .streamId(life.streamId())
                .sessionId(life.sessionId());
        return cut(buffer, encoder.encodedLength());
    }

    /** Messages of a writer that were refused to it, as control says. */
    public static UnsafeBuffer refusal(
            final long sequence, final int streamId, final int sessionId, final long first, final long last) {
        return loss(
                NodeId.CONTROL, sequence, new WriterLife(streamId, sessionId), first, last, LossReason.BACK_PRESSURED);
    }

    /** Of which writer a recording is, as the recorder says with how far it is. */
    public static UnsafeBuffer progress(
            final long sequence, final long recordingId, final int streamId, final int sessionId) {
        return progress(sequence, recordingId, new WriterLife(streamId, sessionId), 0);
    }

    private static UnsafeBuffer buffer() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    }

    private static UnsafeBuffer cut(final UnsafeBuffer buffer, final int encodedLength) {
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }
}

package io.tendon.bus.event;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.publish.LossRanges;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.publish.ReplacedLog;
import io.tendon.bus.subscribe.LossListener;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.MissCause;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Encodes what happened and what was lost onto a node's event stream. An event whose offer is refused is counted by the
 * publisher and shows as a gap. A loss that cannot be said is kept and said later: at most one such a cycle, none of a
 * writer that is still being refused, and none on the heels of a refusal.
 *
 * <pre>{@code
 * events.doWork();                       // once a cycle
 * events.reportRefused(stateWriter);     // then the node's other writers
 * }</pre>
 *
 * <p>Owner: the one thread that owns the publisher.
 */
@RealTime
public final class EventPublisher implements LossListener {
    /** How long no kept loss is offered after one was refused. */
    static final long RETRY_NS = 100_000_000L;

    private final MessagePublisher publisher;
    private final EpochNanoClock clock;
    private final NodeId node;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EventEncoder eventEncoder = new EventEncoder();
    private final LossEncoder lossEncoder = new LossEncoder();
    private final EventText eventText = new EventText();
    private final UnsaidGaps gaps = new UnsaidGaps();
    private int causes;
    private int causeStreamId;
    private int causeSessionId;
    private long causeFromPosition;
    private long causeToPosition;
    private MissCause missCause = MissCause.NULL_VAL;
    private AnomalyKind anomaly = AnomalyKind.NULL_VAL;
    private boolean hasOfferedKept;
    private boolean isHeldBack;
    private long heldBackSinceNs;

    /**
     * Says nothing by itself.
     *
     * @param publisher of the node's event stream; it stays the caller's to close.
     * @param clock for the times of what happens.
     * @param node that speaks.
     */
    public EventPublisher(final MessagePublisher publisher, final EpochNanoClock clock, final NodeId node) {
        this.publisher = publisher;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Names the message that caused the next event, which is the one said right after.
     *
     * @param inputStreamId stream of that message.
     * @param inputSessionId of its writer's life.
     * @param inputFromPosition log position at which its frame begins.
     * @param inputToPosition log position behind its frame.
     * @return this, to say the event.
     */
    public EventPublisher causedBy(
            final int inputStreamId,
            final int inputSessionId,
            final long inputFromPosition,
            final long inputToPosition) {
        causes = 1;
        causeStreamId = inputStreamId;
        causeSessionId = inputSessionId;
        causeFromPosition = inputFromPosition;
        causeToPosition = inputToPosition;
        return this;
    }

    /**
     * Names why ticks were missed, for the next event, which is the one said right after.
     *
     * @param cause of most of them.
     * @return this, to say the event.
     */
    public EventPublisher missedBy(final MissCause cause) {
        missCause = cause;
        return this;
    }

    /**
     * Names in what way what is measured does not fit together, for the next event, which is the one said right after.
     *
     * @param kind of the anomaly.
     * @return this, to say the event.
     */
    public EventPublisher anomaly(final AnomalyKind kind) {
        anomaly = kind;
        return this;
    }

    /**
     * Says that something happened.
     *
     * @param kind what.
     * @param severity how much it matters.
     * @param code by kind, 0 when it has none.
     * @param amount by kind, NaN when it has none.
     * @param text one line for a person, UTF-8; cut to {@link MessageLengths#MAX_EVENT_TEXT_BYTES}.
     * @param lengthBytes of the text.
     */
    public void event(
            final EventKind kind,
            final Severity severity,
            final int code,
            final double amount,
            final byte[] text,
            final int lengthBytes) {
        final int textBytes = EventText.cut(text, lengthBytes);
        final int inputs = causes;
        final MissCause cause = missCause;
        final AnomalyKind anomalyKind = anomaly;
        causes = 0;
        missCause = MissCause.NULL_VAL;
        anomaly = AnomalyKind.NULL_VAL;
        if (!publisher.claim(MessageLengths.event(textBytes, inputs)).isAccepted()) {
            return;
        }
        eventEncoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        eventEncoder
                .stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(node);
        eventEncoder.amount(amount).code(code).kind(kind).severity(severity);
        eventEncoder.missCause(cause).anomaly(anomalyKind);
        final EventEncoder.InputsEncoder input = eventEncoder.inputsCount(inputs);
        if (inputs > 0) {
            input.next()
                    .streamId(causeStreamId)
                    .sessionId(causeSessionId)
                    .fromPosition(causeFromPosition)
                    .toPosition(causeToPosition);
        }
        eventEncoder.putText(text, 0, textBytes);
        publisher.commit();
    }

    /**
     * Says that something happened.
     *
     * @param kind what.
     * @param severity how much it matters.
     * @param code by kind, 0 when it has none.
     * @param amount by kind, NaN when it has none.
     * @param text one line for a person; cut to {@link MessageLengths#MAX_EVENT_TEXT_BYTES} of UTF-8. Nothing is allocated
     *     here, but building a string may be no business of a cycle.
     */
    public void event(
            final EventKind kind, final Severity severity, final int code, final double amount, final String text) {
        eventText.set(text);
        event(kind, severity, code, amount, eventText.bytes(), eventText.lengthBytes());
    }

    /**
     * Says that messages are missing.
     *
     * @param streamId that they were written to.
     * @param sessionId of the writer's life.
     * @param firstSequence first that is missing.
     * @param lastSequence last that is missing.
     * @param reason why.
     * @return whether it was said; a refused offer is counted by the publisher, and the loss is the caller's to keep.
     */
    public boolean loss(
            final int streamId,
            final int sessionId,
            final long firstSequence,
            final long lastSequence,
            final LossReason reason) {
        if (!publisher.claim(MessageLengths.loss()).isAccepted()) {
            return false;
        }
        lossEncoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        lossEncoder
                .stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(node);
        lossEncoder
                .firstSequence(firstSequence)
                .lastSequence(lastSequence)
                .lossStreamId(streamId)
                .lossSessionId(sessionId)
                .reason(reason);
        lossEncoder.inputsCount(0);
        publisher.commit();
        return true;
    }

    /** Says that a reader of this node missed messages; kept when that is refused, behind what is kept already. */
    @Override
    public void onLoss(
            final StreamDescriptor stream, final int sessionId, final long firstSequence, final long lastSequence) {
        final int streamId = stream.streamId();
        if (!gaps.isEmpty()) {
            gaps.add(streamId, sessionId, firstSequence, lastSequence);
        } else if (!loss(streamId, sessionId, firstSequence, lastSequence, LossReason.SEQUENCE_GAP)) {
            gaps.add(streamId, sessionId, firstSequence, lastSequence);
            holdBack();
        }
    }

    /** Gaps that came faster than they could be said; they are in the counters. */
    public long unsaidGaps() {
        return gaps.dropped();
    }

    /**
     * Says the oldest loss of one of this node's writers that was not said yet, and that it goes on in a new log when it
     * does. To be called once a cycle for each, after {@link #doWork}.
     *
     * @param writer whose refused offers.
     */
    public void reportRefused(final MessagePublisher writer) {
        if (writer.replacedLog().isUnsaid() && mayOfferKept()) {
            sayReplaced(writer);
        }
        final LossRanges ranges = writer.lossRanges();
        if (ranges.isEmpty() || ranges.takeGrown() || !mayOfferKept()) {
            return;
        }
        // A refusal may be added to these very ranges: the oldest is removed only once it was said.
        if (offerKept(
                writer.stream().streamId(),
                writer.sessionId(),
                ranges.firstSequence(),
                ranges.lastSequence(),
                reason(ranges.reason()))) {
            ranges.removeOldest();
        }
    }

    /**
     * Follows the own stream, and says a loss that was kept; to be called once a cycle.
     *
     * @return bytes that the own stream's pacer went on.
     */
    public int doWork() {
        hasOfferedKept = false;
        final int bytes = publisher.doWork();
        if (!gaps.isEmpty()
                && mayOfferKept()
                && offerKept(
                        gaps.streamId(),
                        gaps.sessionId(),
                        gaps.firstSequence(),
                        gaps.lastSequence(),
                        LossReason.SEQUENCE_GAP)) {
            gaps.removeOldest();
        }
        reportRefused(publisher);
        return bytes;
    }

    private void sayReplaced(final MessagePublisher writer) {
        final ReplacedLog old = writer.replacedLog();
        final long sentBefore = publisher.sent();
        causedBy(writer.stream().streamId(), old.sessionId(), 0, old.endPosition());
        event(
                EventKind.LOG_REPLACED,
                Severity.WARNING,
                writer.stream().streamId(),
                (double) old.sequences(),
                writer.stream().name());
        hasOfferedKept = true;
        if (publisher.sent() > sentBefore) {
            old.said();
        } else {
            holdBack();
        }
    }

    private boolean mayOfferKept() {
        if (isHeldBack && clock.nanoTime() - heldBackSinceNs >= RETRY_NS) {
            isHeldBack = false;
        }
        return !hasOfferedKept && !isHeldBack;
    }

    private boolean offerKept(
            final int streamId,
            final int sessionId,
            final long firstSequence,
            final long lastSequence,
            final LossReason reason) {
        hasOfferedKept = true;
        final boolean isSaid = loss(streamId, sessionId, firstSequence, lastSequence, reason);
        if (!isSaid) {
            holdBack();
        }
        return isSaid;
    }

    private void holdBack() {
        isHeldBack = true;
        heldBackSinceNs = clock.nanoTime();
    }

    private static LossReason reason(final OfferResult result) {
        return switch (result) {
            case BACK_PRESSURED -> LossReason.BACK_PRESSURED;
            case NOT_CONNECTED -> LossReason.NOT_CONNECTED;
            case ADMIN_ACTION -> LossReason.ADMIN_ACTION;
            case MAX_POSITION -> LossReason.MAX_POSITION;
            case CLOSED, ACCEPTED -> LossReason.CLOSED;
        };
    }
}

package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.publish.LossRanges;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.subscribe.LossListener;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.GroupSizeEncodingEncoder;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Encodes events and losses onto fusion.event. Losses of this node's own publishers wait in their {@link LossRanges} until
 * one can be published. Fusion's thread.
 */
@RealTime
public final class EventPublisher implements LossListener {
    private static final int LOSS_BYTES =
            MessageHeaderEncoder.ENCODED_LENGTH + LossEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH;

    private final MessagePublisher publisher;
    private final EpochNanoClock clock;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EventEncoder event = new EventEncoder();
    private final LossEncoder loss = new LossEncoder();
    private final byte[] text = new byte[MessageLengths.MAX_EVENT_TEXT_BYTES];

    /**
     * A publisher.
     *
     * @param publisher of fusion.event.
     * @param clock for the time of what happens.
     */
    public EventPublisher(final MessagePublisher publisher, final EpochNanoClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Publishes an event.
     *
     * @param kind what happened.
     * @param severity how much it matters.
     * @param code by kind, 0 when it has none.
     * @param amount by kind, NaN when it has none.
     * @param line one line for a person, ASCII; what is not becomes '?', what is too long is cut.
     */
    public void event(
            final EventKind kind, final Severity severity, final int code, final double amount, final String line) {
        final int lengthBytes = Math.min(line.length(), text.length);
        if (!publisher.claim(MessageLengths.event(lengthBytes, 0)).isAccepted()) {
            return;
        }
        for (int i = 0; i < lengthBytes; i++) {
            final char c = line.charAt(i);
            text[i] = (byte) (c < 0x80 ? c : '?');
        }
        event.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        event.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.FUSION);
        event.amount(amount).code(code).kind(kind).severity(severity);
        event.inputsCount(0);
        event.putText(text, 0, lengthBytes);
        publisher.commit();
    }

    @Override
    public void onLoss(
            final StreamDescriptor stream, final int sessionId, final long firstSequence, final long lastSequence) {
        loss(stream.streamId(), sessionId, firstSequence, lastSequence, LossReason.SEQUENCE_GAP);
    }

    /**
     * Publishes the oldest loss of one of this node's publishers that is not reported yet.
     *
     * @param writer whose losses.
     */
    public void reportRefused(final MessagePublisher writer) {
        final LossRanges ranges = writer.lossRanges();
        if (ranges.isEmpty()) {
            return;
        }
        // Its own refusal may be added to these very ranges: the oldest is read before and removed only when published.
        final boolean isPublished = loss(
                writer.stream().streamId(),
                writer.sessionId(),
                ranges.firstSequence(),
                ranges.lastSequence(),
                reason(ranges.reason()));
        if (isPublished) {
            ranges.removeOldest();
        }
    }

    /** Follows the own stream and reports its own losses; once a cycle. */
    public void doWork() {
        reportRefused(publisher);
        publisher.doWork();
    }

    private boolean loss(
            final int streamId, final int sessionId, final long first, final long last, final LossReason reason) {
        if (!publisher.claim(LOSS_BYTES).isAccepted()) {
            return false;
        }
        loss.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        loss.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.FUSION);
        loss.firstSequence(first)
                .lastSequence(last)
                .lossStreamId(streamId)
                .lossSessionId(sessionId)
                .reason(reason);
        loss.inputsCount(0);
        publisher.commit();
        return true;
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

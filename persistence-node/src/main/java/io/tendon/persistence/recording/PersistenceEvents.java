package io.tendon.persistence.recording;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.EpochNanoClock;

/** Publishes what happens in persistence on persistence.event. One owner thread. */
public final class PersistenceEvents implements AutoCloseable {
    private final MessagePublisher publisher;
    private final EpochNanoClock clock;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EventEncoder event = new EventEncoder();
    private final LossEncoder loss = new LossEncoder();

    /**
     * Publishes nothing by itself.
     *
     * @param publisher of persistence.event; closed with this.
     * @param clock of the session.
     */
    public PersistenceEvents(final MessagePublisher publisher, final EpochNanoClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Publishes an event; a refused one is counted by the publisher and shows as a gap.
     *
     * @param kind what happened.
     * @param severity how much it matters.
     * @param code by kind.
     * @param amount by kind; NaN for none.
     * @param text one line for a person; cut to {@link MessageLengths#MAX_EVENT_TEXT_BYTES}.
     */
    public void event(
            final EventKind kind, final Severity severity, final int code, final double amount, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int textLength = Math.min(bytes.length, MessageLengths.MAX_EVENT_TEXT_BYTES);
        if (!publisher.claim(MessageLengths.event(textLength, 0)).isAccepted()) {
            return;
        }
        event.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        event.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.PERSISTENCE);
        event.amount(amount).code(code).kind(kind).severity(severity);
        event.inputsCount(0);
        event.putText(bytes, 0, textLength);
        publisher.commit();
    }

    /**
     * Publishes that messages are not in the recording.
     *
     * @param report which, and why.
     */
    public void loss(final LossReport report) {
        final int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH
                + LossEncoder.BLOCK_LENGTH
                + LossEncoder.InputsEncoder.sbeHeaderSize();
        if (!publisher.claim(lengthBytes).isAccepted()) {
            return;
        }
        loss.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        loss.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.PERSISTENCE);
        loss.firstSequence(report.firstSequence())
                .lastSequence(report.lastSequence())
                .lossStreamId(report.streamId())
                .lossSessionId(report.sessionId())
                .reason(report.reason());
        loss.inputsCount(0);
        publisher.commit();
    }

    /** Follows the own stream; to be called once a cycle. */
    public int doWork() {
        return publisher.doWork();
    }

    @Override
    public void close() {
        publisher.close();
    }
}

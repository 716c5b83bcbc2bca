package io.tendon.deploy.figures;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.LastAnomaly;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.CommandAckDecoder;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.Severity;
import io.tendon.schemas.TaskStep;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.Locale;
import java.util.Optional;

/** Puts what was said on an event stream into words. One owner thread. */
final class EventWording {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    private final LossDecoder loss = new LossDecoder();
    private final CommandAckDecoder ack = new CommandAckDecoder();

    /** Ready for any message. */
    EventWording() {}

    /**
     * Words for a message.
     *
     * @param message of an event stream.
     * @return what it says; empty when it is no event, or one of a schema that is not known.
     */
    Optional<RecordedEvent> describe(final RecordedMessage message) {
        if (!message.hasStamp()) {
            return Optional.empty();
        }
        try {
            return switch (MessageSchema.templateId(message.buffer(), message.offset())) {
                case EventDecoder.TEMPLATE_ID -> Optional.of(describeEvent(message));
                case LossDecoder.TEMPLATE_ID -> Optional.of(describeLoss(message));
                case CommandAckDecoder.TEMPLATE_ID -> Optional.of(describeAck(message));
                default -> Optional.empty();
            };
        } catch (final IllegalArgumentException e) {
            // A value of an enum that a later schema has.
            return Optional.empty();
        }
    }

    private RecordedEvent describeEvent(final RecordedMessage message) {
        event.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        event.inputs().forEach(input -> {
            // Behind the group stands the text.
        });
        final String text = event.text();
        final String words = switch (event.kind()) {
            case SAFETY_STATE_CHANGED ->
                change(SafetyState.get((short) event.amount()), SafetyState.get((short) event.code()), text);
            case TASK_STEP_CHANGED ->
                change(TaskStep.get((short) event.amount()), TaskStep.get((short) event.code()), text);
            case TASK_COMPLETED -> String.format(Locale.ROOT, "number %d, in %.1f s", event.code(), event.amount());
            case TASK_FAILED -> "number " + event.code() + ": " + text;
            case DEADLINE_MISSED ->
                withText(
                        String.format(Locale.ROOT, "%d in a row, %.1f ms late", event.code(), event.amount() * 1e3),
                        text);
            case RECORDING_STARTED, RECORDING_STOPPED ->
                // Of one that cannot begin or is held the text says it all.
                Double.isNaN(event.amount())
                        ? text
                        : withText(StreamCatalog.nameOf(event.code()) + ", recording " + (long) event.amount(), text);
            case LOG_REPLACED ->
                StreamCatalog.nameOf(event.code()) + " goes on in a new driver's log, " + (long) event.amount()
                        + " in the old";
            case ANOMALY -> withText(new LastAnomaly(event.anomaly(), event.code(), event.amount()).words(), text);
            case INFERENCE_SKIPPED ->
                "model " + text + " was busy for " + event.code() + " windows, " + (long) event.amount() + " so far";
            default -> text;
        };
        return new RecordedEvent(
                message.captureTimeNs(),
                event.stamp().source(),
                event.severity(),
                event.kind().name(),
                words);
    }

    private RecordedEvent describeLoss(final RecordedMessage message) {
        loss.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        final long count = loss.lastSequence() - loss.firstSequence() + 1;
        return new RecordedEvent(
                message.captureTimeNs(),
                loss.stamp().source(),
                Severity.WARNING,
                "LOSS",
                count + (count == 1 ? " message of " : " messages of ") + StreamCatalog.nameOf(loss.lossStreamId())
                        + " from " + loss.firstSequence() + ": " + loss.reason());
    }

    private RecordedEvent describeAck(final RecordedMessage message) {
        ack.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        ack.inputs().forEach(input -> {
            // Behind the group stands the reason.
        });
        final boolean isAccepted = ack.accepted() == BooleanType.TRUE;
        final NodeId node = ack.stamp().source();
        final String state = String.valueOf(ack.safetyState());
        return new RecordedEvent(
                message.captureTimeNs(),
                node,
                isAccepted ? Severity.INFO : Severity.WARNING,
                "COMMAND",
                isAccepted ? "accepted, " + state : "refused in " + state + ": " + ack.reason());
    }

    private static String change(final Enum<?> from, final Enum<?> to, final String text) {
        final String words = from + " -> " + to;
        return text.equals(to.name()) ? words : withText(words, text);
    }

    private static String withText(final String words, final String text) {
        return text.isEmpty() ? words : words + ": " + text;
    }
}

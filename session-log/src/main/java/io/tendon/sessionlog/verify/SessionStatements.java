package io.tendon.sessionlog.verify;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.HealthDecoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.RecordingProgressDecoder;
import io.tendon.schemas.SessionDescriptionDecoder;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.SaidProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * What a session says of itself: losses, events, heartbeats, how far the recording was flushed, and the period of
 * control. To be read in a pass of its own, since a loss is said behind the gap that it explains. One owner thread.
 */
final class SessionStatements {
    private static final String EVENT_SUFFIX = ".event";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LossDecoder loss = new LossDecoder();
    private final EventDecoder event = new EventDecoder();
    private final HealthDecoder health = new HealthDecoder();
    private final SaidProgress progress = new SaidProgress();
    private final SessionDescriptionDecoder description = new SessionDescriptionDecoder();
    private final StatedLosses losses;
    private final SessionEvents events = new SessionEvents();
    private final Heartbeats heartbeats = new Heartbeats();
    private final Map<Long, Long> durablePositions = new HashMap<>();
    private long controlPeriodNs;
    private long unread;

    /**
     * Knows of nothing.
     *
     * @param isSessionKnown as {@link StatedLosses} says.
     */
    SessionStatements(final boolean isSessionKnown) {
        this.losses = new StatedLosses(isSessionKnown, events);
    }

    /** Whether such statements are made on a recording's stream. */
    static boolean isStatedOn(final RecordingDescriptor recording) {
        return recording.streamName().endsWith(EVENT_SUFFIX)
                || recording.streamId() == StreamCatalog.NODE_HEALTH.streamId()
                || recording.streamId() == StreamCatalog.PERSISTENCE_PROGRESS.streamId();
    }

    /**
     * Takes note of a message.
     *
     * @param message whose frame is sound.
     */
    void onMessage(final RecordedMessage message) {
        if (message.hasStamp()) {
            try {
                take(message);
            } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
                // A value that only a younger build knows: what it means cannot be known here.
                unread++;
            }
        }
    }

    private void take(final RecordedMessage message) {
        switch (MessageSchema.templateId(message.buffer(), message.offset())) {
            case LossDecoder.TEMPLATE_ID ->
                losses.onLoss(loss.wrapAndApplyHeader(message.buffer(), message.offset(), header));
            case EventDecoder.TEMPLATE_ID ->
                events.onEvent(event.wrapAndApplyHeader(message.buffer(), message.offset(), header));
            case HealthDecoder.TEMPLATE_ID ->
                heartbeats.onHealth(health.wrapAndApplyHeader(message.buffer(), message.offset(), header));
            case RecordingProgressDecoder.TEMPLATE_ID ->
                progress.read(
                        message, said -> durablePositions.merge(said.recordingId(), said.durablePosition(), Math::max));
            case SessionDescriptionDecoder.TEMPLATE_ID ->
                controlPeriodNs = description
                        .wrapAndApplyHeader(message.buffer(), message.offset(), header)
                        .cyclePeriodNs();
            default -> {
                // Says nothing of the session itself.
            }
        }
    }

    /** Losses that were stated. */
    StatedLosses losses() {
        return losses;
    }

    /** Events that matter. */
    SessionEvents events() {
        return events;
    }

    /** Heartbeats of all nodes. */
    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** Position up to which a recording was flushed to the device, as the recorder said; 0 when it did not. */
    long durablePosition(final long recordingId) {
        return durablePositions.getOrDefault(recordingId, 0L);
    }

    /** Statements that this build cannot read, since a younger one made them. */
    long unread() {
        return unread;
    }

    /** Period of the control loop, ns; 0 when control did not say. */
    long controlPeriodNs() {
        return controlPeriodNs;
    }
}

package io.tendon.sessionlog.manifest;

import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * Finds out when a session began from what was recorded: the recorder says that it has started with the very time that
 * it writes into the manifest. One owner thread.
 */
public final class SessionStart {
    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int ID_TIME_LENGTH = 15;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    private long saidNs = UNKNOWN;
    private long firstCaptureNs = UNKNOWN;

    /** Nothing is known before the first message. */
    public SessionStart() {}

    /**
     * Learns from a message.
     *
     * @param message any.
     */
    public void onMessage(final RecordedMessage message) {
        if (!message.hasStamp()) {
            return;
        }
        firstCaptureNs = Math.min(firstCaptureNs, message.captureTimeNs());
        if (MessageSchema.source(message.buffer(), message.offset()) == NodeId.PERSISTENCE
                && MessageSchema.templateId(message.buffer(), message.offset()) == EventDecoder.TEMPLATE_ID
                && event.wrapAndApplyHeader(message.buffer(), message.offset(), header)
                                .kind()
                        == EventKind.NODE_STARTED) {
            saidNs = Math.min(saidNs, message.captureTimeNs());
        }
    }

    /**
     * When the session began.
     *
     * @param sessionId whose beginning is the second in which the driver began, for a session without messages.
     * @return ns since the epoch: as the recorder said, else the first capture time, else by the session's id, else 0.
     */
    public long startedNs(final String sessionId) {
        if (saidNs != UNKNOWN) {
            return saidNs;
        }
        return firstCaptureNs != UNKNOWN ? firstCaptureNs : idTimeNs(sessionId);
    }

    /**
     * The time in a session's id.
     *
     * @param sessionId such as 20260131-120000-1a2b.
     * @return ns since the epoch, 0 when it does not begin with a time.
     */
    public static long idTimeNs(final String sessionId) {
        try {
            return TimeUnit.SECONDS.toNanos(LocalDateTime.parse(
                            sessionId.substring(0, Math.min(ID_TIME_LENGTH, sessionId.length())), ID_TIME)
                    .toEpochSecond(ZoneOffset.UTC));
        } catch (final DateTimeParseException e) {
            return 0;
        }
    }
}

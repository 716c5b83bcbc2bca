package io.tendon.persistence.retention;

import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.file.Path;

/** Looks what a segment holds, before it is deleted. Stateless; any thread. */
final class SegmentContent {
    private SegmentContent() {}

    /**
     * Reads a segment.
     *
     * @param archiveDir that holds it.
     * @param recording of the segment.
     * @param basePosition of the segment.
     * @return what it holds; without messages when none of it can be read.
     */
    static PurgedSegment of(final Path archiveDir, final RecordingDescriptor recording, final long basePosition) {
        final long fromPosition = Math.max(basePosition, recording.startPosition());
        final long toPosition = basePosition + recording.segmentLengthBytes();
        long messages = 0;
        long firstSequence = 0;
        long lastSequence = -1;
        long firstNs = Long.MAX_VALUE;
        long lastNs = Long.MIN_VALUE;
        try (RecordingReader reader = new RecordingReader(archiveDir, recording, DamageListener.IGNORED)) {
            reader.limit(toPosition);
            reader.seek(fromPosition);
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (message.hasStamp()) {
                    firstSequence = messages == 0 ? message.sequence() : firstSequence;
                    lastSequence = message.sequence();
                    messages++;
                    firstNs = Math.min(firstNs, message.captureTimeNs());
                    lastNs = Math.max(lastNs, message.captureTimeNs());
                }
            }
        }
        return messages == 0
                ? new PurgedSegment(recording.recordingId(), fromPosition, toPosition, 0, 0, -1, 0, 0)
                : new PurgedSegment(
                        recording.recordingId(),
                        fromPosition,
                        toPosition,
                        messages,
                        firstSequence,
                        lastSequence,
                        firstNs,
                        lastNs);
    }
}

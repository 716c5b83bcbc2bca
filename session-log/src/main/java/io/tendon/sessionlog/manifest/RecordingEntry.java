package io.tendon.sessionlog.manifest;

import io.tendon.sessionlog.recording.RecordingDescriptor;

/**
 * What a manifest says of one recording, with what was counted in it up to a position.
 *
 * @param recordingId of the archive.
 * @param streamId that was recorded.
 * @param streamName of that stream, as in the catalog of streams.
 * @param sessionId of the publication.
 * @param startPosition of the first byte.
 * @param stopPosition behind the last byte; of a recording that grows, where it was seen last.
 * @param isStopped whether {@code stopPosition} is final.
 * @param startTimeMs ms since the epoch.
 * @param stopTimeMs ms since the epoch; -1 while it is not stopped.
 * @param messages counted in it, without those that an overlapping recording of the same publication gave already.
 * @param missing messages that the sequence numbers say were written and that no recording before this position holds.
 * @param countedPosition up to which {@code messages} and {@code missing} were counted.
 * @param nextSequence that the message at {@code countedPosition} should have; -1 when it is not known.
 */
public record RecordingEntry(
        long recordingId,
        int streamId,
        String streamName,
        int sessionId,
        long startPosition,
        long stopPosition,
        boolean isStopped,
        long startTimeMs,
        long stopTimeMs,
        long messages,
        long missing,
        long countedPosition,
        long nextSequence) {

    /** When the sequence to come is not known. */
    public static final long UNKNOWN_SEQUENCE = -1;

    /**
     * Entry of a recording in which nothing was counted yet. Of the first recording of a writer's life sequence 0 is
     * expected, wherever it begins: what was said before is missing in the session.
     *
     * @param recording as the archive's catalog describes it.
     * @return the entry.
     */
    public static RecordingEntry uncounted(final RecordingDescriptor recording) {
        return new RecordingEntry(
                recording.recordingId(),
                recording.streamId(),
                recording.streamName(),
                recording.sessionId(),
                recording.startPosition(),
                recording.isOpen() ? recording.startPosition() : recording.stopPosition(),
                !recording.isOpen(),
                recording.startTimeMs(),
                recording.stopTimeMs(),
                0,
                0,
                recording.startPosition(),
                0);
    }

    /**
     * The same after counting on.
     *
     * @param newMessages counted so far.
     * @param newMissing counted so far.
     * @param position up to which they were counted.
     * @param sequence that should come next.
     * @param readPosition up to which the file was read; the stop position of a recording that grows.
     * @return the new entry.
     */
    public RecordingEntry counted(
            final long newMessages,
            final long newMissing,
            final long position,
            final long sequence,
            final long readPosition) {
        return new RecordingEntry(
                recordingId,
                streamId,
                streamName,
                sessionId,
                startPosition,
                isStopped ? stopPosition : Math.max(stopPosition, readPosition),
                isStopped,
                startTimeMs,
                stopTimeMs,
                newMessages,
                newMissing,
                position,
                sequence);
    }

    /** The same with what the archive's catalog says now. */
    public RecordingEntry described(final RecordingDescriptor recording) {
        return new RecordingEntry(
                recordingId,
                streamId,
                streamName,
                sessionId,
                recording.startPosition(),
                recording.isOpen() ? stopPosition : recording.stopPosition(),
                !recording.isOpen(),
                recording.startTimeMs(),
                recording.stopTimeMs(),
                messages,
                missing,
                countedPosition,
                nextSequence);
    }

    /** Bytes of the publication's log that it covers, Aeron's frame headers and padding included. */
    public long bytes() {
        return stopPosition - startPosition;
    }
}

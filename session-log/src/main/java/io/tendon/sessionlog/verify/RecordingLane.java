package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.FrameFault;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads all frames of one recording: those before its known end must be good; behind that it goes on for as long as good
 * ones follow, so that only an incomplete last frame passes for the end. One owner thread.
 */
final class RecordingLane implements AutoCloseable {
    /** How far to look for good frames behind a place with none: more than a recorder writes between two flushes. */
    static final long LOOK_AHEAD_BYTES = 4L << 20;

    private final Path archiveDir;
    private final RecordingDescriptor recording;
    private final RecordingExtent extent;
    private final RecordingReader reader;
    private boolean isBehindKnownEnd;
    private long lastPosition;
    private boolean isLoaded;

    /**
     * Opens a recording at its start.
     *
     * @param archiveDir that holds it.
     * @param recording as the archive describes it.
     * @param extent how far it goes.
     * @param listener is told of damaged ranges and of an incomplete last frame.
     */
    RecordingLane(
            final Path archiveDir,
            final RecordingDescriptor recording,
            final RecordingExtent extent,
            final Listener listener) {
        this.archiveDir = archiveDir;
        this.recording = recording;
        this.extent = extent;
        this.reader = new RecordingReader(archiveDir, recording, damage -> {
            if (isBehindKnownEnd && damage.toPosition() == lastPosition) {
                listener.onEnd(damage);
            } else {
                listener.onDamage(damage);
            }
        });
        reader.limit(extent.knownEndPosition());
    }

    /** Goes to the next good frame that holds a message; {@link #isLoaded} says whether there is one. */
    void advance() {
        isLoaded = reader.next();
        if (!isLoaded && !isBehindKnownEnd && !extent.isFinal()) {
            isBehindKnownEnd = true;
            lookAhead(extent.knownEndPosition());
            isLoaded = reader.next();
        }
        if (isLoaded && isBehindKnownEnd && lastPosition - message().nextPosition() < LOOK_AHEAD_BYTES / 2) {
            lookAhead(message().nextPosition());
        }
    }

    /** Whether there is a present message. */
    boolean isLoaded() {
        return isLoaded;
    }

    /** The present message, a flyweight that {@link #advance} overwrites. */
    RecordedMessage message() {
        return reader.message();
    }

    RecordingDescriptor recording() {
        return recording;
    }

    /** Bytes of the recording that were read. */
    long bytes() {
        final long position = isBehindKnownEnd
                ? Math.max(extent.knownEndPosition(), message().nextPosition())
                : reader.nextPosition();
        return position - recording.startPosition();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void lookAhead(final long fromPosition) {
        long endPosition = recording.segmentBasePosition(fromPosition) + recording.segmentLengthBytes();
        while (endPosition - fromPosition < LOOK_AHEAD_BYTES
                && Files.isRegularFile(recording.segmentFile(archiveDir, endPosition))) {
            endPosition += recording.segmentLengthBytes();
        }
        lastPosition = Math.min(endPosition, fromPosition + LOOK_AHEAD_BYTES);
        reader.limit(lastPosition);
    }

    /** Is told what of a recording is not whole. */
    interface Listener {
        /** For a pass that only looks for statements. */
        Listener IGNORED = new Listener() {
            @Override
            public void onDamage(final Damage damage) {}

            @Override
            public void onEnd(final Damage damage) {}
        };

        /**
         * Frames cannot be read though they should be there.
         *
         * @param damage what and where.
         */
        void onDamage(Damage damage);

        /**
         * The recording ends here: nothing good follows.
         *
         * @param damage what follows; {@link FrameFault#UNWRITTEN} or {@link FrameFault#CUT_OFF} when that is nothing at all.
         */
        void onEnd(Damage damage);
    }
}

package io.tendon.persistence;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The frames of a session's recordings, of which single bytes are changed. */
final class RecordedFrames {
    private static final int RESERVED_OFFSET = 24;
    private static final int RESERVED_LENGTH = 8;

    private final SessionDirectory directory;
    private final List<List<Frame>> byRecording = new ArrayList<>();

    RecordedFrames(final SessionDirectory directory) {
        this.directory = directory;
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(directory.archive())) {
            final List<Frame> frames = frames(recording);
            // A broken last frame of a recording that was not stopped is not to be told from one half written.
            if (recording.isOpen() && !frames.isEmpty()) {
                frames.remove(frames.size() - 1);
            }
            if (!frames.isEmpty()) {
                byRecording.add(frames);
            }
        }
    }

    /** How many recordings hold a message. */
    int recordings() {
        return byRecording.size();
    }

    /** Any frame of any recording, all recordings equally likely. */
    Frame any(final Random random) {
        final List<Frame> frames = byRecording.get(random.nextInt(byRecording.size()));
        return frames.get(random.nextInt(frames.size()));
    }

    /** The first frame of a stream's first recording. */
    Frame first(final String stream) {
        return byRecording.stream()
                .map(frames -> frames.get(0))
                .filter(frame -> frame.recording().streamName().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    /** Changes a byte in place. */
    void flip(final Frame frame, final int offset, final int mask) throws IOException {
        final long base = frame.recording().segmentBasePosition(frame.position());
        final long index = frame.position() - base + offset;
        final ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel file = FileChannel.open(
                frame.recording().segmentFile(directory.archive(), base),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            file.read(one, index);
            one.put(0, (byte) (one.get(0) ^ mask)).rewind();
            file.write(one, index);
        }
    }

    private List<Frame> frames(final RecordingDescriptor recording) {
        final List<Frame> frames = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(directory.archive(), recording, DamageListener.IGNORED)) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                frames.add(new Frame(recording, message.position(), message.nextPosition()));
            }
        }
        return frames;
    }

    /** A frame that holds a message. */
    record Frame(RecordingDescriptor recording, long position, long nextPosition) {
        /** Offset of any byte but those of the reserved value, which nothing covers and nobody reads. */
        int anyOffset(final Random random) {
            final int offset = random.nextInt((int) (nextPosition - position) - RESERVED_LENGTH);
            return offset < RESERVED_OFFSET ? offset : offset + RESERVED_LENGTH;
        }
    }
}

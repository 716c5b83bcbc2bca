package io.tendon.sessionlog.verify;

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
import java.util.stream.IntStream;

/** The bytes of a session's recordings, to be changed. */
record RecordedBytes(SessionDirectory directory) {
    static final int HEADER = 32;
    static final int RESERVED_OFFSET = 24;
    static final int RESERVED_LENGTH = 8;

    List<RecordingDescriptor> recordings() {
        return ArchiveCatalog.recordings(directory.archive());
    }

    /** The recording of that stream which began first. */
    RecordingDescriptor recording(final int streamId) {
        return recordings().stream()
                .filter(recording -> recording.streamId() == streamId)
                .findFirst()
                .orElseThrow();
    }

    List<Frame> frames(final RecordingDescriptor recording) {
        final List<Frame> frames = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(directory.archive(), recording, DamageListener.IGNORED)) {
            long position = recording.startPosition();
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (message.position() > position) {
                    // The padding before a term's end, of which only the header is written.
                    frames.add(new Frame(recording, position, message.position(), HEADER, -1));
                }
                position = message.nextPosition();
                frames.add(new Frame(
                        recording,
                        message.position(),
                        position,
                        (int) (position - message.position()),
                        message.sequence()));
            }
        }
        return frames;
    }

    /** Bits of a frame's length to flip, so that it is wrong and its length aligned to 32 bytes stays the same. */
    List<Integer> lengthMasks(final Frame frame) throws IOException {
        final int low = read(frame.recording(), frame.position()) & 31;
        return IntStream.range(1, 32)
                .filter(mask -> low != 0 && (low ^ mask) != 0)
                .boxed()
                .toList();
    }

    byte read(final RecordingDescriptor recording, final long position) throws IOException {
        final long base = recording.segmentBasePosition(position);
        final ByteBuffer bytes = ByteBuffer.allocate(1);
        try (FileChannel file =
                FileChannel.open(recording.segmentFile(directory.archive(), base), StandardOpenOption.READ)) {
            file.read(bytes, position - base);
        }
        return bytes.get(0);
    }

    void write(final RecordingDescriptor recording, final long position, final byte... bytes) throws IOException {
        final long base = recording.segmentBasePosition(position);
        try (FileChannel file =
                FileChannel.open(recording.segmentFile(directory.archive(), base), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position - base);
        }
    }

    void flip(final RecordingDescriptor recording, final long position, final int mask) throws IOException {
        write(recording, position, (byte) (read(recording, position) ^ mask));
    }

    /**
     * A frame.
     *
     * @param writtenLength bytes that are written: of padding only the header.
     * @param sequence of the message; -1 of padding.
     */
    record Frame(RecordingDescriptor recording, long position, long nextPosition, int writtenLength, long sequence) {}
}

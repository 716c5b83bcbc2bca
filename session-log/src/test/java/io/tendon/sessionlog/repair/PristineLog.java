package io.tendon.sessionlog.repair;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.protocol.DataHeaderFlyweight;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What a session's log held before anything happened to it, and what of it must be there afterwards: every message whose
 * frame stands in bytes that are the same as before.
 *
 * @param messages by recording and position.
 */
public record PristineLog(Map<String, Frame> messages) {
    private static final int CHECKSUM_OFFSET = DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET;

    /** Reads a session that is whole. */
    public static PristineLog of(final SessionDirectory directory) throws IOException {
        final Map<String, Frame> messages = new TreeMap<>();
        final List<RecordingDescriptor> recordings =
                ArchiveListing.of(directory.archive()).recordings();
        for (final RecordingDescriptor recording : recordings) {
            final Map<Path, byte[]> files = new TreeMap<>();
            for (final RecordedFrame message : read(directory, recording, new ArrayList<>())) {
                final long base = recording.segmentBasePosition(message.position);
                final Path file = recording.segmentFile(directory.archive(), base);
                if (!files.containsKey(file)) {
                    files.put(file, Files.readAllBytes(file));
                }
                final int offset = (int) (message.position - base);
                messages.put(
                        recording.recordingId() + "@" + message.position,
                        new Frame(
                                recording.recordingId(),
                                recording.publicationKey(),
                                message.position,
                                message.sequence,
                                message.text,
                                String.valueOf(file.getFileName()),
                                offset,
                                Arrays.copyOfRange(
                                        files.get(file),
                                        offset,
                                        offset + (int) (message.nextPosition - message.position))));
            }
        }
        return new PristineLog(messages);
    }

    /** Messages of a session as they can be read now, by recording and position. */
    public static Map<String, ByteBuffer> readable(final SessionDirectory directory, final List<Damage> damages) {
        final Map<String, ByteBuffer> messages = new HashMap<>();
        for (final RecordingDescriptor recording :
                ArchiveListing.of(directory.archive()).recordings()) {
            for (final RecordedFrame message : read(directory, recording, damages)) {
                messages.put(recording.recordingId() + "@" + message.position, message.text);
            }
        }
        return messages;
    }

    /** Keys of the messages that stand in bytes that nothing has happened to. */
    public List<String> untouched(final SessionDirectory directory) {
        return among(directory, (frame, bytes) -> isSame(frame, bytes, 0, frame.bytes.length));
    }

    /**
     * Keys of those that are whole but for their frame's header: all of it but the checksum follows from the place and the
     * message.
     */
    List<String> restorable(final SessionDirectory directory) {
        return among(
                directory,
                (frame, bytes) -> isSame(frame, bytes, CHECKSUM_OFFSET, CHECKSUM_OFFSET + Integer.BYTES)
                        && isSame(frame, bytes, HEADER_LENGTH, frame.bytes.length));
    }

    private List<String> among(final SessionDirectory directory, final BiPredicate<Frame, byte[]> isWanted) {
        final Map<String, byte[]> files = new TreeMap<>();
        return messages.entrySet().stream()
                .filter(message -> isWanted.test(
                        message.getValue(),
                        files.computeIfAbsent(
                                message.getValue().file,
                                name -> bytes(directory.archive().resolve(name)))))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isSame(final Frame frame, final byte[] file, final int from, final int to) {
        return frame.offset + to <= file.length
                && Arrays.equals(frame.bytes, from, to, file, frame.offset + from, frame.offset + to);
    }

    private static byte[] bytes(final Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<RecordedFrame> read(
            final SessionDirectory directory, final RecordingDescriptor recording, final List<Damage> damages) {
        final List<RecordedFrame> frames = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(directory.archive(), recording, damages::add)) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                final byte[] bytes = new byte[message.lengthBytes()];
                message.buffer().getBytes(message.offset(), bytes);
                frames.add(new RecordedFrame(
                        message.position(), message.nextPosition(), message.sequence(), ByteBuffer.wrap(bytes)));
            }
        }
        return frames;
    }

    private record RecordedFrame(long position, long nextPosition, long sequence, ByteBuffer text) {}

    /** A frame as it stood. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(
            long recordingId,
            long publicationKey,
            long position,
            long sequence,
            ByteBuffer message,
            String file,
            int offset,
            byte[] bytes) {}
}

package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.CRC32C;

/**
 * Which segments of an archive's recordings were deleted to make room, so that nobody takes them for lost. A line each:
 *
 * <pre>
 *   recording from to messages first-sequence last-sequence first-ns last-ns crc32c-of-the-line-before
 * </pre>
 *
 * <p>A line is on the device before the segment is deleted: a crash leaves a file that nobody reads any more, and never a
 * hole that nobody knows of. A line that is torn or damaged is passed over. Any thread; one writer.
 *
 * @param archiveDir of the recordings.
 */
public record PurgeLedger(Path archiveDir) {
    /** Name of the file in the archive's directory. */
    public static final String FILE_NAME = "purged.log";

    private static final int NUMBERS = 8;

    /**
     * Notes a segment that is about to be deleted.
     *
     * @param segment of the archive.
     * @throws IOException when the disk refuses; the segment must stay then.
     */
    public void add(final PurgedSegment segment) throws IOException {
        final StringJoiner numbers = new StringJoiner(" ");
        for (final long number : new long[] {
            segment.recordingId(),
            segment.fromPosition(),
            segment.toPosition(),
            segment.messages(),
            segment.firstSequence(),
            segment.lastSequence(),
            segment.firstNs(),
            segment.lastNs()
        }) {
            numbers.add(Long.toString(number));
        }
        final String text = numbers.toString();
        // The line end before it ends one that was torn.
        final ByteBuffer line = StandardCharsets.US_ASCII.encode('\n' + text + ' ' + crc(text));
        try (FileChannel channel =
                FileChannel.open(archiveDir.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    /**
     * Reads the ledger.
     *
     * @return the deleted segments, in the order in which they went.
     */
    public List<PurgedSegment> segments() {
        final List<PurgedSegment> segments = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(archiveDir.resolve(FILE_NAME), StandardCharsets.ISO_8859_1)) {
                final int end = line.lastIndexOf(' ');
                if (end > 0 && crc(line.substring(0, end)).equals(line.substring(end + 1))) {
                    final String[] words = line.split(" ");
                    if (words.length == NUMBERS + 1) {
                        segments.add(segment(words));
                    }
                }
            }
        } catch (final NoSuchFileException e) {
            return List.of();
        } catch (final IOException e) {
            throw new UncheckedIOException(archiveDir.resolve(FILE_NAME) + ": " + e.getMessage(), e);
        }
        return segments;
    }

    private static PurgedSegment segment(final String[] words) {
        final long[] numbers = new long[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return new PurgedSegment(
                numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]);
    }

    private static String crc(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}

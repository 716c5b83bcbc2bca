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
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which segments of an archive's recordings were deleted to make room, so that nobody takes them for lost. A line each:
 *
 * <pre>
 *   recording from to messages first-sequence last-sequence first-ns last-ns crc32c-of-the-line-before
 * </pre>
 *
 * <p>A line is on the device before the segment is deleted: a crash leaves a file that nobody reads any more, and never a
 * hole that nobody knows of. A line that is torn or damaged is passed over. Who keeps a ledger reads only what was added
 * since. One owner thread; one process writes, any reads.
 */
public final class PurgeLedger {
    /** Name of the file in the archive's directory. */
    public static final String FILE_NAME = "purged.log";

    private static final int NUMBERS = 8;

    private final Path archiveDir;
    private List<PurgedSegment> segments = List.of();
    private long readBytes;
    private @Nullable Object readKey;

    /**
     * Reads nothing yet.
     *
     * @param archiveDir of the recordings.
     */
    public PurgeLedger(final Path archiveDir) {
        this.archiveDir = archiveDir;
    }

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
        // The line end before it ends one that was torn.
        final ByteBuffer line = StandardCharsets.US_ASCII.encode('\n' + Crc32cText.seal(numbers.toString()));
        try (FileChannel channel =
                FileChannel.open(archiveDir.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        // The file's name must outlast a power cut, too; whether an earlier process came as far as this is not known.
        DurableFiles.forceDirectory(archiveDir.resolve(FILE_NAME));
    }

    /**
     * Reads the ledger, from where it was read to before; all of one that was put in its place.
     *
     * @return the deleted segments, in the order in which they went; the same list when nothing was added.
     */
    public List<PurgedSegment> segments() {
        final Path file = archiveDir.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final Object key = key(file);
            final long lengthBytes = channel.size();
            if (lengthBytes < readBytes || !Objects.equals(key, readKey)) {
                forget();
            }
            if (lengthBytes > readBytes) {
                final ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(lengthBytes - readBytes));
                while (bytes.hasRemaining() && channel.read(bytes, readBytes + bytes.position()) > 0) {
                    // Until all of it is there.
                }
                take(new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
            }
            // One that was replaced since it was opened is read anew by the next call.
            readKey = Objects.equals(key, key(file)) ? key : null;
        } catch (final NoSuchFileException e) {
            forget();
        } catch (final IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
        return segments;
    }

    private void forget() {
        readBytes = 0;
        readKey = null;
        segments = List.of();
    }

    /** Which file it is, whatever its name is. */
    private static @Nullable Object key(final Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Whether every line can be read; the last may be torn by a crash.
     *
     * @throws IOException when the disk refuses.
     */
    public boolean isWhole() throws IOException {
        return !Files.isRegularFile(archiveDir.resolve(FILE_NAME))
                || lines().stream().allMatch(PurgeLedger::isSound);
    }

    /**
     * Takes the lines out that cannot be read.
     *
     * @throws IOException when the disk refuses.
     */
    public void clean() throws IOException {
        final StringBuilder text = new StringBuilder();
        lines().stream()
                .filter(PurgeLedger::isSound)
                .forEach(line -> text.append('\n').append(line));
        DurableFiles.replace(
                archiveDir.resolve(FILE_NAME), text.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void take(final String text) {
        final List<PurgedSegment> all = new ArrayList<>(segments);
        int start = 0;
        while (start < text.length()) {
            final int next = text.indexOf('\n', start + 1);
            final String line =
                    text.substring(start, next == -1 ? text.length() : next).strip();
            if (isSound(line)) {
                all.add(segment(line.split(" ")));
            } else if (next == -1) {
                // It may be in the middle of being written.
                readBytes += start;
                segments = List.copyOf(all);
                return;
            }
            start = next == -1 ? text.length() : next;
        }
        readBytes += text.length();
        segments = List.copyOf(all);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(archiveDir.resolve(FILE_NAME), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static boolean isSound(final String line) {
        return Crc32cText.isSealed(line) && line.split(" ").length == NUMBERS + 1;
    }

    private static PurgedSegment segment(final String[] words) {
        final long[] numbers = new long[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return new PurgedSegment(
                numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]);
    }
}

package io.tendon.sessionlog.recording;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.CatalogHeaderEncoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorEncoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderEncoder;
import io.aeron.archive.codecs.RecordingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.SemanticVersion;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The catalog of an archive as bytes, for who must know whether they are sound, or make them anew. The archive may be
 * running. Aeron's own reader trusts what it reads; {@link ArchiveCatalog} is what everybody else uses.
 *
 * <pre>
 *   catalog header       32 bytes: version, length, next recording id, alignment; no checksum
 *   per recording        header of 32 bytes: length, state, CRC32C of what follows; then the descriptor: 80 bytes of
 *                        fields and three texts (stripped channel, channel, source), each behind its length; all
 *                        aligned to 64
 * </pre>
 *
 * <p>The archive makes the checksum anew when it begins and when it stops a recording, but not when it finds the end of one
 * that a killed recorder has left: all but the end is sealed then.
 *
 * <p>Source: Aeron 1.51, {@code io.aeron.archive.Catalog}. Stateless; any thread.
 */
public final class CatalogFile {
    /** In place of a source: the session id is made up, as nothing was left that says it. */
    static final String UNKNOWN_SESSION = "tendon:session-id-unknown";

    private static final String CHANNEL = "aeron:ipc";
    private static final int HEADER_LENGTH = CatalogHeaderDecoder.BLOCK_LENGTH;
    private static final int ENTRY_HEADER_LENGTH = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;
    private static final int ALIGNMENT = BitUtil.CACHE_LINE_LENGTH;
    private static final int MAX_TEXT_BYTES = 1024;
    private static final int TEXTS = 3;
    private static final int MAX_ENTRY_BYTES = 1 << 16;

    private CatalogFile() {}

    /**
     * Reads a catalog, whatever its bytes are.
     *
     * @param archiveDir that holds it.
     * @return what it holds; nothing, and damaged, when there is none.
     * @throws IOException when the disk refuses.
     */
    public static Content read(final Path archiveDir) throws IOException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(archiveDir.resolve(ArchiveCatalog.FILE_NAME));
        } catch (final NoSuchFileException e) {
            return new Content(List.of(), "is missing");
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final List<Entry> entries = new ArrayList<>();
        String fault = "";
        int offset = HEADER_LENGTH;
        while (offset + ENTRY_HEADER_LENGTH < bytes.length) {
            final int length = littleEndian(buffer, offset + RecordingDescriptorHeaderDecoder.lengthEncodingOffset());
            final boolean isFitting = length > 0
                    && length <= MAX_ENTRY_BYTES
                    && length <= bytes.length - offset - ENTRY_HEADER_LENGTH
                    && entry(bytes, buffer, offset, length, entries);
            if (isFitting) {
                offset += BitUtil.align(ENTRY_HEADER_LENGTH + length, ALIGNMENT);
            } else {
                // Behind what cannot be read others may stand.
                fault = fault.isEmpty() && !isEmpty(bytes, offset, ALIGNMENT) ? "holds what is no entry" : fault;
                offset += ALIGNMENT;
            }
        }
        return new Content(entries, fault.isEmpty() ? headerFault(bytes, buffer, entries) : fault);
    }

    /**
     * Writes a catalog in the place of the one before, all or nothing, and sealed.
     *
     * @param archiveDir that is to hold it.
     * @param recordings in the order of their ids.
     * @throws IOException when the disk refuses.
     */
    public static void write(final Path archiveDir, final List<RecordingDescriptor> recordings) throws IOException {
        DurableFiles.replace(archiveDir.resolve(ArchiveCatalog.FILE_NAME), encode(recordings));
    }

    /**
     * Says where a recording has ended that a killed recorder has left, in its place and on the device, as the archive does it:
     * the checksum stays as it is.
     *
     * @param archiveDir that holds it; nobody has it open.
     * @param recordingId of a recording that the catalog holds.
     * @param position behind its last frame.
     * @param timeMs when, ms since the epoch.
     * @throws IOException when the disk refuses, or there is no such recording.
     */
    public static void end(final Path archiveDir, final long recordingId, final long position, final long timeMs)
            throws IOException {
        final Path file = archiveDir.resolve(ArchiveCatalog.FILE_NAME);
        final Entry entry = read(archiveDir).entries().stream()
                .filter(candidate ->
                        candidate.isValid() && candidate.recording().recordingId() == recordingId)
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": holds no recording " + recordingId));
        final byte[] fields = new byte[RecordingDescriptorEncoder.BLOCK_LENGTH];
        final ByteBuffer bytes = ByteBuffer.wrap(fields);
        final RecordingDescriptorEncoder encoder = new RecordingDescriptorEncoder().wrap(new UnsafeBuffer(fields), 0);
        encoder.stopTimestamp(timeMs).stopPosition(position);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (final int field : new int[] {
                RecordingDescriptorEncoder.stopTimestampEncodingOffset(),
                RecordingDescriptorEncoder.stopPositionEncodingOffset()
            }) {
                bytes.limit(field + Long.BYTES).position(field);
                channel.write(bytes, entry.offset() + field);
            }
            channel.force(false);
        }
    }

    private static byte[] encode(final List<RecordingDescriptor> recordings) {
        final byte[] bytes = new byte[HEADER_LENGTH + (recordings.size() + 1) * 4 * MAX_TEXT_BYTES];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        int offset = HEADER_LENGTH;
        long nextRecordingId = 0;
        for (final RecordingDescriptor recording : recordings) {
            offset += encode(bytes, buffer, offset, recording);
            nextRecordingId = Math.max(nextRecordingId, recording.recordingId() + 1);
        }
        new CatalogHeaderEncoder()
                .wrap(buffer, 0)
                .version(ArchiveMarkFile.SEMANTIC_VERSION)
                .length(CatalogHeaderEncoder.BLOCK_LENGTH)
                .nextRecordingId(nextRecordingId)
                .alignment(ALIGNMENT);
        return Arrays.copyOf(bytes, offset);
    }

    private static int encode(
            final byte[] bytes, final UnsafeBuffer buffer, final int offset, final RecordingDescriptor recording) {
        final byte[] channel = recording.channel().getBytes(StandardCharsets.US_ASCII);
        final RecordingDescriptorEncoder descriptor = new RecordingDescriptorEncoder()
                .wrap(buffer, offset + ENTRY_HEADER_LENGTH)
                .recordingId(recording.recordingId())
                .startTimestamp(recording.startTimeMs())
                .stopTimestamp(
                        recording.isOpen()
                                ? AeronArchive.NULL_TIMESTAMP
                                : Math.max(recording.startTimeMs(), recording.stopTimeMs()))
                .startPosition(recording.startPosition())
                .stopPosition(recording.stopPosition())
                .initialTermId(recording.initialTermId())
                .segmentFileLength(recording.segmentLengthBytes())
                .termBufferLength(recording.termLengthBytes())
                .mtuLength(recording.mtuLengthBytes())
                .sessionId(recording.sessionId())
                .streamId(recording.streamId())
                .strippedChannel(CHANNEL)
                .originalChannel(
                        new String(channel, 0, Math.min(channel.length, MAX_TEXT_BYTES), StandardCharsets.US_ASCII))
                .sourceIdentity(recording.isSessionKnown() ? CHANNEL : UNKNOWN_SESSION);
        final int frameLength = BitUtil.align(ENTRY_HEADER_LENGTH + descriptor.encodedLength(), ALIGNMENT);
        final int length = frameLength - ENTRY_HEADER_LENGTH;
        new RecordingDescriptorHeaderEncoder()
                .wrap(buffer, offset)
                .length(length)
                .checksum(Crc32cText.of(bytes, offset + ENTRY_HEADER_LENGTH, length))
                .state(RecordingState.VALID);
        return frameLength;
    }

    /** Reads an entry; false when the bytes are none. */
    private static boolean entry(
            final byte[] bytes,
            final UnsafeBuffer buffer,
            final int offset,
            final int length,
            final List<Entry> entries) {
        final int bodyOffset = offset + ENTRY_HEADER_LENGTH;
        if (!isHoldingTexts(buffer, bodyOffset, length)) {
            return false;
        }
        final RecordingDescriptor recording = descriptor(new RecordingDescriptorDecoder()
                .wrap(
                        buffer,
                        bodyOffset,
                        RecordingDescriptorDecoder.BLOCK_LENGTH,
                        RecordingDescriptorDecoder.SCHEMA_VERSION));
        if (!recording.isSane()) {
            return false;
        }
        final int stored = littleEndian(buffer, offset + RecordingDescriptorHeaderDecoder.checksumEncodingOffset());
        final boolean isValid = littleEndian(buffer, offset + RecordingDescriptorHeaderDecoder.stateEncodingOffset())
                == RecordingState.VALID.value();
        final boolean isEndSealed = Crc32cText.of(bytes, bodyOffset, length) == stored;
        final byte[] open = Arrays.copyOfRange(bytes, bodyOffset, bodyOffset + length);
        new RecordingDescriptorEncoder()
                .wrap(new UnsafeBuffer(open), 0)
                .stopPosition(AeronArchive.NULL_POSITION)
                .stopTimestamp(AeronArchive.NULL_TIMESTAMP);
        final boolean isSealed = isEndSealed || Crc32cText.of(open, 0, length) == stored;
        entries.add(new Entry(recording, bodyOffset, isValid, isSealed, isEndSealed));
        return true;
    }

    /** Whether the lengths of a descriptor's texts are those of texts within it: they size what a decoder allocates. */
    private static boolean isHoldingTexts(final UnsafeBuffer buffer, final int offset, final int length) {
        int position = RecordingDescriptorDecoder.BLOCK_LENGTH;
        for (int text = 0; text < TEXTS; text++) {
            final int left = length - position - Integer.BYTES;
            final int textLength = left < 0 ? 0 : littleEndian(buffer, offset + position);
            if (textLength < 0 || textLength > left) {
                return false;
            }
            position += Integer.BYTES + textLength;
        }
        return true;
    }

    private static RecordingDescriptor descriptor(final RecordingDescriptorDecoder decoder) {
        final long recordingId = decoder.recordingId();
        decoder.strippedChannel();
        final String channel = decoder.originalChannel();
        return new RecordingDescriptor(
                recordingId,
                decoder.streamId(),
                decoder.sessionId(),
                decoder.startPosition(),
                decoder.stopPosition(),
                decoder.startTimestamp(),
                decoder.stopTimestamp(),
                decoder.initialTermId(),
                decoder.segmentFileLength(),
                decoder.termBufferLength(),
                decoder.mtuLength(),
                channel,
                !UNKNOWN_SESSION.equals(decoder.sourceIdentity()),
                List.of());
    }

    private static String headerFault(final byte[] bytes, final UnsafeBuffer buffer, final List<Entry> entries) {
        if (bytes.length < HEADER_LENGTH) {
            return "is cut off";
        }
        final CatalogHeaderDecoder header = new CatalogHeaderDecoder()
                .wrap(buffer, 0, CatalogHeaderDecoder.BLOCK_LENGTH, CatalogHeaderDecoder.SCHEMA_VERSION);
        final long nextRecordingId = 1
                + entries.stream()
                        .map(Entry::recording)
                        .max(Comparator.comparingLong(RecordingDescriptor::recordingId))
                        .map(RecordingDescriptor::recordingId)
                        .orElse(-1L);
        // As the archive itself does: a younger archive of the same major version has another minor one.
        return SemanticVersion.major(header.version()) == ArchiveMarkFile.MAJOR_VERSION
                        && header.length() == CatalogHeaderEncoder.BLOCK_LENGTH
                        && header.alignment() == ALIGNMENT
                        && header.nextRecordingId() == nextRecordingId
                ? ""
                : "has a damaged header";
    }

    private static boolean isEmpty(final byte[] bytes, final int offset, final int length) {
        for (int i = offset; i < Math.min(bytes.length, offset + length); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int littleEndian(final UnsafeBuffer buffer, final int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What a catalog holds.
     *
     * @param entries that can be read, in their order in the file.
     * @param fault for a person, of the file as a whole; empty when there is none.
     */
    public record Content(List<Entry> entries, String fault) {
        /** Copies the list. */
        public Content {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What a catalog says of a recording.
     *
     * @param recording as it says.
     * @param offset of its descriptor in the file.
     * @param isValid whether it is in the state of one that is there; readers pass others over.
     * @param isSealed whether a checksum covers what it says, but perhaps for the end.
     * @param isEndSealed whether it covers the end, too.
     */
    public record Entry(
            RecordingDescriptor recording, long offset, boolean isValid, boolean isSealed, boolean isEndSealed) {}
}

package io.tendon.persistence.replay;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.archive.codecs.CatalogHeaderEncoder;
import io.aeron.archive.codecs.RecordingDescriptorEncoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderEncoder;
import io.aeron.archive.codecs.RecordingState;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a catalog as Aeron's archive reads it, with Aeron's own codecs:
 *
 * <pre>
 *   catalog header       32 bytes: version, length, next recording id, alignment
 *   per recording        header of 32 bytes: length, state; then the descriptor: 80 bytes of fields and three
 *                        texts (stripped channel, channel, source), each behind its length; all aligned to 64
 * </pre>
 *
 * <p>Source: Aeron 1.51, {@code io.aeron.archive.Catalog}. Main thread.
 */
final class ViewCatalog {
    private static final String CHANNEL = "aeron:ipc";
    private static final int MAX_TEXT_BYTES = 1024;

    private ViewCatalog() {}

    /**
     * Writes the catalog of some recordings.
     *
     * @param directory to write it into.
     * @param recordings none of them open, in the order of their ids.
     * @throws IOException when the disk refuses.
     */
    static void write(final Path directory, final List<RecordingDescriptor> recordings) throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(
                new byte[CatalogHeaderEncoder.BLOCK_LENGTH + (recordings.size() + 1) * 4 * MAX_TEXT_BYTES]);
        int offset = CatalogHeaderEncoder.BLOCK_LENGTH;
        long nextRecordingId = 0;
        for (final RecordingDescriptor recording : recordings) {
            offset += encode(buffer, offset, recording);
            nextRecordingId = recording.recordingId() + 1;
        }
        new CatalogHeaderEncoder()
                .wrap(buffer, 0)
                .version(ArchiveMarkFile.SEMANTIC_VERSION)
                .length(CatalogHeaderEncoder.BLOCK_LENGTH)
                .nextRecordingId(nextRecordingId)
                .alignment(BitUtil.CACHE_LINE_LENGTH);
        Files.write(directory.resolve(ArchiveCatalog.FILE_NAME), Arrays.copyOf(buffer.byteArray(), offset));
    }

    private static int encode(final UnsafeBuffer buffer, final int offset, final RecordingDescriptor recording) {
        final int headerLength = RecordingDescriptorHeaderEncoder.BLOCK_LENGTH;
        final String channel = new String(
                Arrays.copyOf(
                        recording.channel().getBytes(StandardCharsets.US_ASCII),
                        Math.min(recording.channel().length(), MAX_TEXT_BYTES)),
                StandardCharsets.US_ASCII);
        final RecordingDescriptorEncoder descriptor = new RecordingDescriptorEncoder()
                .wrap(buffer, offset + headerLength)
                .recordingId(recording.recordingId())
                .startTimestamp(recording.startTimeMs())
                .stopTimestamp(Math.max(recording.startTimeMs(), recording.stopTimeMs()))
                .startPosition(recording.startPosition())
                .stopPosition(recording.stopPosition())
                .initialTermId(recording.initialTermId())
                .segmentFileLength(recording.segmentLengthBytes())
                .termBufferLength(recording.termLengthBytes())
                .mtuLength(recording.mtuLengthBytes())
                .sessionId(recording.sessionId())
                .streamId(recording.streamId())
                .strippedChannel(CHANNEL)
                .originalChannel(channel)
                .sourceIdentity(CHANNEL);
        final int frameLength = BitUtil.align(headerLength + descriptor.encodedLength(), BitUtil.CACHE_LINE_LENGTH);
        new RecordingDescriptorHeaderEncoder()
                .wrap(buffer, offset)
                .length(frameLength - headerLength)
                .state(RecordingState.VALID);
        return frameLength;
    }
}

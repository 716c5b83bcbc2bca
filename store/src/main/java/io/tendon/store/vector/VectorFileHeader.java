package io.tendon.store.vector;

import io.tendon.bus.catalog.MessageLengths;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * What a file of vectors says of itself.
 *
 * @param model whose space they lie in.
 * @param dimension of each, from 1 to 512.
 * @param origin where they come from.
 * @param fileId of this file and no other.
 */
record VectorFileHeader(String model, int dimension, VectorOrigin origin, long fileId) {
    /** A header of a file that is not there yet. */
    static VectorFileHeader create(final String model, final int dimension, final VectorOrigin origin) {
        return new VectorFileHeader(
                model, dimension, origin, ThreadLocalRandom.current().nextLong());
    }

    /** Length of one record. */
    int recordBytes() {
        return VectorFileDescriptor.recordBytes(dimension);
    }

    /** Where a record begins in the file. */
    long recordOffset(final long record) {
        return VectorFileDescriptor.recordOffset(dimension, record);
    }

    ByteBuffer encode() {
        final byte[] modelBytes = model.getBytes(StandardCharsets.US_ASCII);
        final ByteBuffer buffer =
                ByteBuffer.allocate(VectorFileDescriptor.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, VectorFileDescriptor.MAGIC)
                .putInt(VectorFileDescriptor.VERSION_OFFSET, VectorFileDescriptor.VERSION)
                .putInt(VectorFileDescriptor.DIMENSION_OFFSET, dimension)
                .putLong(VectorFileDescriptor.FILE_ID_OFFSET, fileId)
                .putInt(VectorFileDescriptor.ORIGIN_OFFSET, origin.number())
                .putInt(VectorFileDescriptor.MODEL_LENGTH_OFFSET, modelBytes.length)
                .put(VectorFileDescriptor.MODEL_OFFSET, modelBytes)
                .putInt(VectorFileDescriptor.HEADER_CRC_OFFSET, checksum(buffer));
        return buffer;
    }

    /**
     * Reads the header of a file.
     *
     * @param file that the text of an error names.
     * @param channel of the file.
     * @return the header.
     * @throws UnusableException when it is of another version, or damaged.
     * @throws IOException when it cannot be read.
     */
    static VectorFileHeader read(final Path file, final FileChannel channel) throws IOException {
        final ByteBuffer buffer =
                ByteBuffer.allocate(VectorFileDescriptor.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (!VectorScan.readFully(channel, buffer, 0)) {
            throw unusable(file, "ends within its header");
        }
        final int version = buffer.getInt(VectorFileDescriptor.VERSION_OFFSET);
        if (buffer.getLong(0) != VectorFileDescriptor.MAGIC) {
            throw unusable(file, "does not begin as a file of vectors does");
        }
        if (version != VectorFileDescriptor.VERSION) {
            throw unusable(file, "is of version " + version + ", must be " + VectorFileDescriptor.VERSION);
        }
        final int dimension = buffer.getInt(VectorFileDescriptor.DIMENSION_OFFSET);
        final VectorOrigin origin = VectorOrigin.of(buffer.getInt(VectorFileDescriptor.ORIGIN_OFFSET));
        final int modelLength = buffer.getInt(VectorFileDescriptor.MODEL_LENGTH_OFFSET);
        if (buffer.getInt(VectorFileDescriptor.HEADER_CRC_OFFSET) != checksum(buffer)
                || dimension < 1
                || dimension > MessageLengths.MAX_EMBEDDING_ELEMENTS
                || origin == null
                || modelLength < 0
                || modelLength > VectorFileDescriptor.MAX_MODEL_BYTES) {
            throw unusable(file, "has a damaged header");
        }
        final byte[] model = new byte[modelLength];
        buffer.get(VectorFileDescriptor.MODEL_OFFSET, model);
        return new VectorFileHeader(
                new String(model, StandardCharsets.US_ASCII),
                dimension,
                origin,
                buffer.getLong(VectorFileDescriptor.FILE_ID_OFFSET));
    }

    private static int checksum(final ByteBuffer buffer) {
        final CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().clear().limit(VectorFileDescriptor.HEADER_CRC_OFFSET));
        return (int) crc.getValue();
    }

    private static UnusableException unusable(final Path file, final String why) {
        return new UnusableException(file + ": " + why);
    }

    /** A file is of another version, or damaged at its beginning: it must be made again. */
    static final class UnusableException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        UnusableException(final String message) {
            super(message);
        }
    }
}

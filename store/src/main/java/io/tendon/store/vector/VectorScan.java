package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Cursor over the records of a file of vectors, in their order. Reads a quarter of a MiB at a time, so that a file of any
 * length takes no more memory than that, and holds each record against its checksum: that costs a tenth of what the
 * comparison of vectors does. Damaged records are passed over and counted. One owner thread.
 */
final class VectorScan implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 * 1024;

    private final VectorFile file;
    private final int recordBytes;
    private final int recordsPerChunk;
    private final long endRecord;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final ByteBuffer checked;
    private final FloatBuffer floats;
    private final CRC32C crc = new CRC32C();
    private long chunkRecord;
    private int chunkRecords;
    private long record;
    private int offset;
    private long damaged;

    /**
     * Begins before a record.
     *
     * @param file to read.
     * @param fromRecord first to read.
     * @param toRecord first not to read.
     * @throws StoreException when it cannot be read, or was made anew since it was looked at.
     */
    VectorScan(final VectorFile file, final long fromRecord, final long toRecord) {
        this(file, fromRecord, Math.min(toRecord, file.records()), CHUNK_BYTES);
    }

    private VectorScan(final VectorFile file, final long fromRecord, final long endRecord, final int chunkBytes) {
        this.file = file;
        this.endRecord = endRecord;
        recordBytes = file.header().recordBytes();
        recordsPerChunk = (int) Math.max(1, Math.min(chunkBytes / recordBytes, Math.max(1, endRecord - fromRecord)));
        record = fromRecord - 1;
        chunkRecord = fromRecord;
        try {
            channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
        buffer = ByteBuffer.allocateDirect(recordsPerChunk * recordBytes).order(ByteOrder.LITTLE_ENDIAN);
        checked = buffer.duplicate();
        floats = buffer.asFloatBuffer();
        try {
            if (VectorFileHeader.read(file.path(), channel).fileId()
                    != file.header().fileId()) {
                close();
                throw new StoreException(file.path() + ": was made anew while it was read; ask again");
            }
        } catch (final IOException | VectorFileHeader.UnusableException e) {
            close();
            throw unreadable(file, e);
        }
    }

    /** Over all records of a file, for who moves to single ones and reads no more than these. */
    static VectorScan ofSingleRecords(final VectorFile file) {
        return new VectorScan(file, 0, file.records(), 1);
    }

    /** Moves to a record; false when it is damaged, or there is none of that number. */
    boolean moveTo(final long target) {
        if (target < 0 || target >= endRecord) {
            return false;
        }
        record = target;
        load();
        offset = 0;
        if (isSound()) {
            return true;
        }
        damaged++;
        return false;
    }

    /** Moves to the next record that is sound; false at the end. */
    boolean next() {
        while (record + 1 < endRecord) {
            record++;
            if (record >= chunkRecord + chunkRecords) {
                load();
            }
            offset = (int) (record - chunkRecord) * recordBytes;
            if (isSound()) {
                return true;
            }
            damaged++;
        }
        return false;
    }

    /** Number of the present record in the file. */
    long record() {
        return record;
    }

    /** Records that were passed over because their checksum did not fit. */
    long damaged() {
        return damaged;
    }

    long fromNs() {
        return buffer.getLong(offset + VectorFileDescriptor.FROM_TIME_OFFSET);
    }

    long toNs() {
        return buffer.getLong(offset + VectorFileDescriptor.TO_TIME_OFFSET);
    }

    /** Kind as the schema numbers it. */
    int kind() {
        return buffer.get(offset + VectorFileDescriptor.KIND_OFFSET) & 0xFF;
    }

    /** Whether the label is the one of these bytes; null fits any. */
    boolean hasLabel(final byte @Nullable [] label) {
        if (label == null) {
            return true;
        }
        if (labelLength() != label.length) {
            return false;
        }
        for (int i = 0; i < label.length; i++) {
            if (buffer.get(offset + VectorFileDescriptor.LABEL_OFFSET + i) != label[i]) {
                return false;
            }
        }
        return true;
    }

    /** Copies the vector. */
    void vector(final float[] target) {
        floats.get((offset + VectorFileDescriptor.VECTOR_OFFSET) / Float.BYTES, target);
    }

    /** Everything but the vector. */
    VectorEntry entry() {
        final byte[] label = new byte[labelLength()];
        buffer.get(offset + VectorFileDescriptor.LABEL_OFFSET, label);
        return new VectorEntry(
                buffer.getInt(offset + VectorFileDescriptor.STREAM_ID_OFFSET),
                buffer.getInt(offset + VectorFileDescriptor.SESSION_ID_OFFSET),
                buffer.getLong(offset + VectorFileDescriptor.POSITION_OFFSET),
                buffer.getLong(offset + VectorFileDescriptor.NEXT_POSITION_OFFSET),
                fromNs(),
                toNs(),
                buffer.getLong(offset + VectorFileDescriptor.CAPTURE_TIME_OFFSET),
                EmbeddingKind.get((short) kind()),
                new String(label, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        BufferUtil.free(buffer);
        try {
            channel.close();
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Fills a buffer from a place in a file; false when the file ends before. */
    static boolean readFully(final FileChannel channel, final ByteBuffer target, final long fileOffset)
            throws IOException {
        final int start = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, fileOffset + target.position() - start) < 0) {
                return false;
            }
        }
        return true;
    }

    private void load() {
        chunkRecord = record;
        chunkRecords = (int) Math.min(recordsPerChunk, endRecord - record);
        try {
            if (!readFully(
                    channel,
                    buffer.clear().limit(chunkRecords * recordBytes),
                    file.header().recordOffset(record))) {
                throw new StoreException(file.path() + ": was cut off while it was read; ask again");
            }
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
        buffer.clear();
    }

    private boolean isSound() {
        crc.reset();
        crc.update(checked.limit(offset + recordBytes).position(offset + VectorFileDescriptor.CRC_BYTES));
        return (int) crc.getValue() == buffer.getInt(offset);
    }

    private int labelLength() {
        return buffer.getShort(offset + VectorFileDescriptor.LABEL_LENGTH_OFFSET) & 0xFFFF;
    }

    private static StoreException unreadable(final VectorFile file, final Exception e) {
        return new StoreException(
                file.path() + ": cannot be read (" + e + "); check its rights, or delete it, it can be made again", e);
    }
}

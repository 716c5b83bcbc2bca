package io.tendon.store.vector;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.collections.Long2LongHashMap;

/**
 * Appends to a file of vectors. It knows by the records how far each writer's log was taken in, and takes no message
 * twice: whoever feeds it may begin earlier than need be. One owner thread.
 */
final class VectorFileWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final VectorFileHeader header;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final byte[] zeros = new byte[VectorFileDescriptor.MAX_LABEL_BYTES];
    private final CRC32C crc = new CRC32C();
    private final Long2LongHashMap positions;
    private long writtenRecords;
    private long storedRecords;

    private VectorFileWriter(
            final Path path,
            final VectorFileHeader header,
            final FileChannel channel,
            final Long2LongHashMap positions,
            final long records) {
        this.path = path;
        this.header = header;
        this.channel = channel;
        this.positions = positions;
        this.writtenRecords = records;
        this.storedRecords = records;
        final int recordBytes = header.recordBytes();
        buffer = ByteBuffer.allocateDirect(Math.max(1, BUFFER_BYTES / recordBytes) * recordBytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Makes a file, in place of any that stands there.
     *
     * @param path where.
     * @param header what it is to say of itself.
     * @return with no records.
     * @throws StoreException when it cannot be made.
     */
    static VectorFileWriter create(final Path path, final VectorFileHeader header) {
        final Path beside = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                write(channel, header.encode(), 0);
                channel.force(true);
            }
            // Renamed when it is whole, so that there never is a file with half a header.
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new VectorFileWriter(path, header, openChannel(path), newPositions(), 0);
        } catch (final IOException e) {
            throw unwritable(path, e);
        }
    }

    /**
     * Opens a file, and cuts off what a crash left at its end.
     *
     * @param path where it is.
     * @param notices is told when something was cut off.
     * @return behind the last sound record before the first that is not.
     * @throws VectorFileHeader.UnusableException when it is of another version or damaged at its beginning.
     * @throws StoreException when it cannot be written.
     */
    static VectorFileWriter open(final Path path, final Consumer<String> notices) {
        final Long2LongHashMap positions = newPositions();
        try {
            final VectorFileHeader header;
            final long lengthBytes;
            try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
                header = VectorFileHeader.read(path, reading);
                lengthBytes = reading.size();
            }
            final long whole = (lengthBytes - VectorFileDescriptor.HEADER_BYTES) / header.recordBytes();
            final long sound = soundRecords(new VectorFile(path, header, whole), positions);
            final long endBytes = header.recordOffset(sound);
            if (endBytes < lengthBytes) {
                cut(path, endBytes);
                notices.accept(path + ": " + (lengthBytes - endBytes) + " bytes behind record " + sound
                        + " are no sound records and were cut off; what they held is taken from the log again");
            }
            return new VectorFileWriter(path, header, openChannel(path), positions, sound);
        } catch (final IOException e) {
            throw unwritable(path, e);
        }
    }

    private static void cut(final Path path, final long lengthBytes) throws IOException {
        try (FileChannel channel = openChannel(path)) {
            channel.truncate(lengthBytes);
            channel.force(true);
        }
    }

    /** What it says of itself. */
    VectorFileHeader header() {
        return header;
    }

    /** Position in a writer's log behind the last message that was taken in; 0 when none was. */
    long position(final long publicationKey) {
        return positions.get(publicationKey);
    }

    /**
     * Takes in a vector. It is stored with the next {@link #commit}.
     *
     * @param entry what it stands for; its label must be no longer than {@link VectorFileDescriptor#MAX_LABEL_BYTES}.
     * @param vector of length 1.
     */
    void append(final VectorEntry entry, final float[] vector) {
        final int recordBytes = header.recordBytes();
        if (buffer.remaining() < recordBytes) {
            flush();
        }
        final int offset = buffer.position();
        final byte[] label = entry.label().getBytes(StandardCharsets.UTF_8);
        buffer.putInt(0)
                .put((byte) entry.kind().value())
                .put((byte) 0)
                .putShort((short) label.length)
                .putLong(entry.position())
                .putLong(entry.nextPosition())
                .putInt(entry.streamId())
                .putInt(entry.sessionId())
                .putLong(entry.fromNs())
                .putLong(entry.toNs())
                .putLong(entry.captureTimeNs())
                .put(label)
                .put(zeros, 0, zeros.length - label.length);
        for (final float element : vector) {
            buffer.putFloat(element);
        }
        while (buffer.position() < offset + recordBytes) {
            buffer.put((byte) 0);
        }
        crc.reset();
        crc.update(buffer.duplicate().flip().position(offset + VectorFileDescriptor.CRC_BYTES));
        buffer.putInt(offset, (int) crc.getValue());
        positions.put(entry.publicationKey(), entry.nextPosition());
    }

    /**
     * Stores what was taken in: it is on the device when this returns.
     */
    void commit() {
        flush();
        if (storedRecords == writtenRecords) {
            return;
        }
        try {
            channel.force(false);
        } catch (final IOException e) {
            throw unwritable(path, e);
        }
        storedRecords = writtenRecords;
    }

    /** The file as it was stored last. */
    VectorFile stored() {
        return new VectorFile(path, header, storedRecords);
    }

    /** Ends it; what was not stored is forgotten, or found to be there already when it comes again. */
    @Override
    public void close() {
        BufferUtil.free(buffer);
        try {
            channel.close();
        } catch (final IOException e) {
            throw unwritable(path, e);
        }
    }

    private void flush() {
        final int records = buffer.position() / header.recordBytes();
        try {
            write(channel, buffer.flip(), header.recordOffset(writtenRecords));
        } catch (final IOException e) {
            throw unwritable(path, e);
        }
        buffer.clear();
        writtenRecords += records;
    }

    /** How many records are sound before the first that is not; fills in how far they were taken from each log. */
    private static long soundRecords(final VectorFile file, final Long2LongHashMap positions) {
        try (VectorScan scan = file.scan()) {
            long sound = 0;
            while (scan.next() && scan.record() == sound) {
                final VectorEntry entry = scan.entry();
                if (entry.position() < positions.get(entry.publicationKey())) {
                    break;
                }
                positions.put(entry.publicationKey(), entry.nextPosition());
                sound++;
            }
            return sound;
        }
    }

    private static Long2LongHashMap newPositions() {
        return new Long2LongHashMap(0);
    }

    private static FileChannel openChannel(final Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.WRITE);
    }

    private static void write(final FileChannel channel, final ByteBuffer bytes, final long fileOffset)
            throws IOException {
        final int start = bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, fileOffset + bytes.position() - start);
        }
    }

    private static StoreException unwritable(final Path path, final IOException e) {
        return new StoreException(
                path + ": cannot be written (" + e + "); free some space there and check its rights", e);
    }
}

package io.tendon.store.vector;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of vectors as it stands: what is appended to it later is not seen. Immutable; any thread.
 *
 * @param path where it is.
 * @param header what it says of itself.
 * @param records how many it holds.
 */
record VectorFile(Path path, VectorFileHeader header, long records) {
    /**
     * Looks at a file, to which another process may be appending. A record that is only begun is left out.
     *
     * @param path where it is.
     * @return how it stands.
     * @throws VectorFileHeader.UnusableException when it is of another version or damaged at its beginning.
     * @throws StoreException when it cannot be read.
     */
    static VectorFile open(final Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final VectorFileHeader header = VectorFileHeader.read(path, channel);
            long records = (channel.size() - VectorFileDescriptor.HEADER_BYTES) / header.recordBytes();
            VectorFile file = new VectorFile(path, header, records);
            while (records > 0 && file.entry(records - 1).isEmpty()) {
                records--;
                file = new VectorFile(path, header, records);
            }
            return file;
        } catch (final IOException e) {
            throw new StoreException(
                    path + ": cannot be read (" + e + "); check its rights, or delete it, it can be made again", e);
        }
    }

    /** The records from one on up to another, which is not read. */
    VectorScan scan(final long fromRecord, final long toRecord) {
        return new VectorScan(this, fromRecord, toRecord);
    }

    /** All records. */
    VectorScan scan() {
        return scan(0, records);
    }

    /** What one record stands for; none when it is damaged. */
    Optional<VectorEntry> entry(final long record) {
        try (VectorScan scan = scan(record, record + 1)) {
            return scan.next() ? Optional.of(scan.entry()) : Optional.empty();
        }
    }

    /**
     * Reads one vector.
     *
     * @param record from 0.
     * @return of length 1; none when it is damaged.
     */
    Optional<float[]> vector(final long record) {
        try (VectorScan scan = scan(record, record + 1)) {
            if (!scan.next()) {
                return Optional.empty();
            }
            final float[] vector = new float[header.dimension()];
            scan.vector(vector);
            return Optional.of(vector);
        }
    }
}

package io.tendon.store.vector;

import io.tendon.sessionlog.recording.DurableFiles;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * From where on the log must be read again. A hint: it may be older than the records, which know themselves what was taken
 * in, and it may be missing; it holds only while each file has at least the records that it had then. Layout,
 * little-endian:
 *
 * <pre>
 *     0   magic "TNDNVPOS", whose last byte would change with the layout   8 bytes
 *     8   number of writers' lives    int32
 *    12   of each: publication key, position behind the last message     int64 int64
 *         number of files             int32
 *         of each: file id, records   int64 int64
 *         CRC32C of all before        int32
 * </pre>
 *
 * @param positions by the key of the writer's life.
 * @param recordsByFile by the file's id.
 */
record LogPositions(Map<Long, Long> positions, Map<Long, Long> recordsByFile) {
    /** Nothing is known: the log is read from its beginning. */
    static final LogPositions NONE = new LogPositions(Map.of(), Map.of());

    private static final long MAGIC = 0x534f_5056_4e44_4e54L;
    private static final int FIXED_BYTES = 8 + 4 + 4 + 4;

    /** Copies the maps. */
    LogPositions {
        positions = Map.copyOf(positions);
        recordsByFile = Map.copyOf(recordsByFile);
    }

    /** Reads them; {@link #NONE} when there are none that can be trusted. */
    static LogPositions read(final Path path) {
        try {
            return decode(Files.readAllBytes(path));
        } catch (final NoSuchFileException e) {
            return NONE;
        } catch (final IOException e) {
            throw new StoreException(path + ": cannot be read (" + e + "); check its rights, or delete it", e);
        }
    }

    /**
     * Writes them. The records behind them must be on the device already.
     *
     * @param path of the file, which is replaced as a whole.
     * @throws StoreException when it cannot be written.
     */
    void write(final Path path) {
        final ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + 16 * (positions.size() + recordsByFile.size()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC);
        put(bytes, positions);
        put(bytes, recordsByFile);
        bytes.putInt(checksum(bytes.array(), bytes.position()));
        try {
            DurableFiles.replace(path, bytes.array());
        } catch (final IOException e) {
            throw new StoreException(
                    path + ": cannot be written (" + e + "); free some space there and check its rights", e);
        }
    }

    private static LogPositions decode(final byte[] content) {
        final ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        final int crcOffset = content.length - Integer.BYTES;
        if (content.length < FIXED_BYTES
                || bytes.getInt(crcOffset) != checksum(content, crcOffset)
                || bytes.getLong() != MAGIC) {
            return NONE;
        }
        return new LogPositions(get(bytes), get(bytes));
    }

    private static void put(final ByteBuffer bytes, final Map<Long, Long> entries) {
        bytes.putInt(entries.size());
        new TreeMap<>(entries).forEach((key, amount) -> bytes.putLong(key).putLong(amount));
    }

    private static Map<Long, Long> get(final ByteBuffer bytes) {
        final Map<Long, Long> entries = new TreeMap<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            entries.put(bytes.getLong(), bytes.getLong());
        }
        return entries;
    }

    private static int checksum(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
        return (int) crc.getValue();
    }
}

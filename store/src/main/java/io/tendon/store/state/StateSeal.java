package io.tendon.store.state;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What is said of a map when it is closed in order: of what form it is, the checksum of all of its bytes, and how far it
 * is. Without one that fits, a map is not opened. Immutable; any thread.
 *
 * @param library version of Chronicle Map that wrote it.
 * @param limits that it was made with.
 * @param mapLengthBytes of its file.
 * @param mapCrc of its file, CRC32C.
 * @param refused keys that are not in it because it was full, or because of another key's hash.
 * @param positions how far each writer's log is taken in, by session and publication key.
 */
record StateSeal(
        String library,
        StateLimits limits,
        long mapLengthBytes,
        long mapCrc,
        long refused,
        Map<String, Map<Long, Long>> positions) {

    private static final long CHUNK_BYTES = 64L << 20;

    /** Copies the positions. */
    StateSeal {
        final Map<String, Map<Long, Long>> copy = new HashMap<>();
        positions.forEach((session, ofSession) -> copy.put(session, Map.copyOf(ofSession)));
        positions = Map.copyOf(copy);
    }

    /** What is wrong with a map, in the words of a notice; empty when nothing is. */
    String fault(final Path map, final String presentLibrary, final StateLimits presentLimits) throws IOException {
        if (!library.equals(presentLibrary)) {
            return "was written by Chronicle Map " + library + ", this is " + presentLibrary;
        }
        if (!limits.equals(presentLimits)) {
            return "was made for " + limits.entries() + " entries of " + limits.contentBytes() + " bytes, wanted are "
                    + presentLimits.entries() + " of " + presentLimits.contentBytes();
        }
        try (FileChannel file = FileChannel.open(map, StandardOpenOption.READ)) {
            if (file.size() != mapLengthBytes) {
                return "has " + file.size() + " bytes, was closed with " + mapLengthBytes;
            }
            return checksum(file) == mapCrc ? "" : "is damaged: its checksum is not the one it was closed with";
        }
    }

    /** CRC32C of all bytes of a file. */
    static long checksum(final FileChannel file) throws IOException {
        final CRC32C crc = new CRC32C();
        final long lengthBytes = file.size();
        for (long offset = 0; offset < lengthBytes; offset += CHUNK_BYTES) {
            final MappedByteBuffer chunk =
                    file.map(MapMode.READ_ONLY, offset, Math.min(CHUNK_BYTES, lengthBytes - offset));
            crc.update(chunk);
        }
        return crc.getValue();
    }
}

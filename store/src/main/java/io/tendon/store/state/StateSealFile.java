package io.tendon.store.state;

import io.tendon.sessionlog.recording.DurableFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes and reads {@code state.seal}: lines of words (UTF-8), the last of which is the CRC32C of all bytes before it.
 *
 * <pre>
 *   tendon-state 1
 *   library 2026.1
 *   limits 4096 1280
 *   map 6356992 1a2b3c4d                      length in bytes, CRC32C
 *   refused 0
 *   position 1001 -7 4096 20260101-…          stream, writer's session, position, session
 *   crc32c 1a2b3c4d
 * </pre>
 *
 * One thread at a time, which holds the lock.
 */
final class StateSealFile {
    private static final String MAGIC = "tendon-state " + StateValueDescriptor.FORMAT;
    private static final String CHECKSUM = "crc32c ";
    private static final int HEX = 16;

    private StateSealFile() {}

    /** Writes a seal, on the device before this returns. */
    static void write(final Path file, final StateSeal seal) throws IOException {
        final StringBuilder text = new StringBuilder(MAGIC)
                .append("\nlibrary ")
                .append(seal.library())
                .append("\nlimits ")
                .append(seal.limits().entries())
                .append(' ')
                .append(seal.limits().contentBytes())
                .append("\nmap ")
                .append(seal.mapLengthBytes())
                .append(' ')
                .append(Long.toHexString(seal.mapCrc()))
                .append("\nrefused ")
                .append(seal.refused())
                .append('\n');
        seal.positions()
                .forEach((session, positions) -> positions.forEach((key, position) -> text.append("position ")
                        .append((int) (key >> 32))
                        .append(' ')
                        .append((int) (long) key)
                        .append(' ')
                        .append(position)
                        .append(' ')
                        .append(session)
                        .append('\n')));
        final String checksum = checksum(text.toString());
        text.append(CHECKSUM).append(checksum).append('\n');
        DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a seal; empty when there is none, or none that can be trusted. */
    static Optional<StateSeal> read(final Path file) throws IOException {
        final String text;
        try {
            text = Files.readString(file);
        } catch (final NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
        final int end = text.lastIndexOf(CHECKSUM);
        if (end < 0
                || !text.startsWith(MAGIC + "\n")
                || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
            return Optional.empty();
        }
        return Optional.of(parse(text.substring(0, end).lines().skip(1).toList()));
    }

    /** Takes the seal away, on the device before this returns: from now on the map may be anything. */
    static void remove(final Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            DurableFiles.forceDirectory(file);
        }
    }

    private static StateSeal parse(final List<String> lines) {
        final Map<String, Map<Long, Long>> positions = new HashMap<>();
        final Map<String, String[]> header = new HashMap<>();
        for (final String line : lines) {
            if (line.startsWith("position ")) {
                final String[] words = line.split(" ", 5);
                final long key =
                        ((long) Integer.parseInt(words[1]) << 32) | (Integer.parseInt(words[2]) & 0xFFFF_FFFFL);
                positions.computeIfAbsent(words[4], session -> new HashMap<>()).put(key, Long.parseLong(words[3]));
            } else {
                final String[] words = line.split(" ");
                header.put(words[0], words);
            }
        }
        return new StateSeal(
                word(header, "library", 1),
                new StateLimits(
                        Integer.parseInt(word(header, "limits", 1)), Integer.parseInt(word(header, "limits", 2))),
                Long.parseLong(word(header, "map", 1)),
                Long.parseLong(word(header, "map", 2), HEX),
                Long.parseLong(word(header, "refused", 1)),
                positions);
    }

    private static String word(final Map<String, String[]> header, final String name, final int index) {
        final String[] words = header.get(name);
        if (words == null || words.length <= index) {
            throw new IllegalStateException("state.seal: its checksum holds and it has no " + name);
        }
        return words[index];
    }

    private static String checksum(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}

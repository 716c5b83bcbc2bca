package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What repairs have done to a session, so that nobody takes it for new damage. A line each, in UTF-8:
 *
 * <pre>
 *   kind recording stream from to first-sequence last-sequence from-ns to-ns repaired-ms detail reason crc32c
 * </pre>
 *
 * <p>Replaced as a whole; a line whose checksum does not fit is passed over. Any thread; one writer.
 *
 * @param file of the ledger; it may not be there.
 */
public record RepairLedger(Path file) {
    /** Name of the ledger in a session's directory of repairs. */
    public static final String FILE_NAME = "repairs.log";

    private static final String PLAN_NAME = "repairs.plan";

    /**
     * The ledger of a session.
     *
     * @param repairDir of the session.
     * @return the ledger.
     */
    public static RepairLedger of(final Path repairDir) {
        return new RepairLedger(repairDir.resolve(FILE_NAME));
    }

    /**
     * What a repair is about to do, of the same form. It is there only while it does: a repair that was killed is ended by
     * the next one before that looks at anything.
     *
     * @param repairDir of the session.
     * @return the plan.
     */
    public static RepairLedger planOf(final Path repairDir) {
        return new RepairLedger(repairDir.resolve(PLAN_NAME));
    }

    /**
     * Reads it.
     *
     * @return the ranges, in the order in which they were added.
     */
    public List<RepairedRange> ranges() {
        final List<RepairedRange> ranges = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                final int end = line.lastIndexOf(' ');
                if (end > 0 && crc(line.substring(0, end)).equals(line.substring(end + 1))) {
                    ranges.add(RepairedRange.parse(new String(
                            line.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
                }
            }
        } catch (final NoSuchFileException e) {
            return List.of();
        } catch (final IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
        return ranges;
    }

    /**
     * Adds ranges, those that are there already left out.
     *
     * @param added to the ledger, which is on the device when this returns.
     * @throws IOException when the disk refuses.
     */
    public void add(final List<RepairedRange> added) throws IOException {
        final List<RepairedRange> all = new ArrayList<>(ranges());
        for (final RepairedRange range : added) {
            if (all.stream().noneMatch(range::isSame)) {
                all.add(range);
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final RepairedRange range : all) {
            final String line = new String(range.line().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            text.append(line).append(' ').append(crc(line)).append('\n');
        }
        Files.createDirectories(file.resolveSibling(""));
        DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Deletes it.
     *
     * @throws IOException when the disk refuses.
     */
    public void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            DurableFiles.forceDirectory(file);
        }
    }

    private static String crc(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}

package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * @return the ranges, in the order in which they were added; those of a kind that only a younger build knows are left
     *     out.
     */
    public List<RepairedRange> ranges() {
        return lines().stream()
                .map(RepairLedger::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Adds ranges, those that are there already left out. All lines before stay, also those of a younger build.
     *
     * @param added to the ledger, which is on the device when this returns.
     * @throws IOException when the disk refuses.
     */
    public void add(final List<RepairedRange> added) throws IOException {
        final List<String> lines = new ArrayList<>(lines());
        final Set<RepairedRange> known = new HashSet<>();
        lines.forEach(line -> parse(line).map(RepairedRange::undated).ifPresent(known::add));
        for (final RepairedRange range : added) {
            if (known.add(range.undated())) {
                lines.add(Crc32cText.seal(
                        new String(range.line().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
            }
        }
        final StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        DurableFiles.createDirectory(file.resolveSibling(""));
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

    /** Lines whose checksum fits. */
    private List<String> lines() {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .filter(Crc32cText::isSealed)
                    .toList();
        } catch (final NoSuchFileException e) {
            return List.of();
        } catch (final IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<RepairedRange> parse(final String line) {
        return RepairedRange.parse(
                new String(Crc32cText.unseal(line).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
}

package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A segment file of an archive, by its name {@code RECORDING-POSITION.rec}. Immutable; any thread.
 *
 * @param file whether or not it exists.
 * @param recordingId of the archive, from 0.
 * @param basePosition in the publication's log of the file's first byte.
 */
public record SegmentFile(Path file, long recordingId, long basePosition) {
    private static final String SUFFIX = ".rec";
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.rec");

    /**
     * Where a segment stands.
     *
     * @param archiveDir that holds it.
     * @param recordingId of the archive.
     * @param basePosition of its first byte.
     * @return the file, whether or not it exists.
     */
    public static SegmentFile of(final Path archiveDir, final long recordingId, final long basePosition) {
        return new SegmentFile(
                archiveDir.resolve(recordingId + "-" + basePosition + SUFFIX), recordingId, basePosition);
    }

    /**
     * All segment files of an archive.
     *
     * @param archiveDir of the archive.
     * @return by ascending recording, those of one by ascending position; none when there is no such directory.
     * @throws IOException when the disk refuses.
     */
    public static List<SegmentFile> all(final Path archiveDir) throws IOException {
        try (Stream<Path> entries = Files.list(archiveDir)) {
            return entries.map(SegmentFile::parse)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(SegmentFile::recordingId)
                            .thenComparingLong(SegmentFile::basePosition))
                    .toList();
        } catch (final NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Those of one recording, for who looks often.
     *
     * @param archiveDir of the archive.
     * @param recordingId of the archive.
     * @return base positions of its segments that have a file, ascending; none when there is no such directory.
     */
    public static List<Long> basePositions(final Path archiveDir, final long recordingId) {
        final String prefix = recordingId + "-";
        final String[] names = archiveDir.toFile().list((dir, name) -> name.startsWith(prefix));
        return names == null
                ? List.of()
                : Stream.of(names)
                        .map(name -> parse(archiveDir.resolve(name)))
                        .flatMap(Optional::stream)
                        .map(SegmentFile::basePosition)
                        .sorted()
                        .toList();
    }

    private static Optional<SegmentFile> parse(final Path file) {
        final Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches()
                ? Optional.of(new SegmentFile(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }
}

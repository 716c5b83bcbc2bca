package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recordings that an archive directory holds, as its catalog says and, of those that it does not know or when it
 * cannot be read, as their own files say ({@link SegmentScan}). The archive may be running. Immutable; any thread.
 *
 * @param recordings in the order of their ids.
 * @param warnings for a person: what is wrong with the archive and what was done about it.
 */
public record ArchiveListing(List<RecordingDescriptor> recordings, List<String> warnings) {
    private static final Pattern SEGMENT_NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.rec");

    /** Copies the lists. */
    public ArchiveListing {
        recordings = List.copyOf(recordings);
        warnings = List.copyOf(warnings);
    }

    /**
     * Lists an archive.
     *
     * @param archiveDir that may lack anything, itself included.
     * @return what is there.
     */
    public static ArchiveListing of(final Path archiveDir) {
        final List<String> warnings = new ArrayList<>();
        // Before the catalog: the archive writes a recording into the catalog first and makes its file then.
        final Map<Long, Long> firstSegments = firstSegments(archiveDir, warnings);
        final Path catalog = archiveDir.resolve(ArchiveCatalog.FILE_NAME);
        final List<RecordingDescriptor> recordings = new ArrayList<>();
        String fault = "does not know them";
        try {
            recordings.addAll(ArchiveCatalog.recordings(archiveDir));
            if (!Files.exists(catalog)) {
                fault = "is missing";
            }
        } catch (final Exception e) {
            // Any exception, undeclared ones too: Aeron trusts what it reads.
            fault = "cannot be read (" + e + ")";
        }
        recordings.forEach(recording -> firstSegments.remove(recording.recordingId()));
        final List<RecordingDescriptor> found = scan(archiveDir, firstSegments, warnings);
        if (!found.isEmpty()) {
            warnings.add(catalog + ": " + fault + "; recordings "
                    + found.stream()
                            .map(recording -> Long.toString(recording.recordingId()))
                            .collect(Collectors.joining(" "))
                    + " are read from their own files, where session ids and end times are not to be had");
        }
        final List<PurgedSegment> purged = found.isEmpty() ? List.of() : new PurgeLedger(archiveDir).segments();
        found.forEach(recording -> recordings.add(recording.without(purged)));
        recordings.sort(Comparator.comparingLong(RecordingDescriptor::recordingId));
        return new ArchiveListing(recordings, warnings);
    }

    private static List<RecordingDescriptor> scan(
            final Path archiveDir, final Map<Long, Long> firstSegments, final List<String> warnings) {
        final List<RecordingDescriptor> found = new ArrayList<>();
        firstSegments.forEach((recordingId, basePosition) -> {
            final Path file = archiveDir.resolve(recordingId + "-" + basePosition + ".rec");
            try {
                final RecordingDescriptor recording = SegmentScan.describe(file, recordingId, basePosition);
                if (recording != null && recording.isSane()) {
                    found.add(recording);
                }
            } catch (final IOException e) {
                warnings.add(file + ": cannot be read: " + e);
            }
        });
        return found;
    }

    /** Base position of the first segment of each recording that has a file. */
    private static Map<Long, Long> firstSegments(final Path archiveDir, final List<String> warnings) {
        final Map<Long, Long> bases = new TreeMap<>();
        try (Stream<Path> files = Files.list(archiveDir)) {
            files.map(file -> SEGMENT_NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .forEach(name ->
                            bases.merge(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), Math::min));
        } catch (final NoSuchFileException | NotDirectoryException e) {
            warnings.add(archiveDir + ": is missing");
        } catch (final IOException e) {
            warnings.add(archiveDir + ": cannot be read: " + e);
        }
        return bases;
    }
}

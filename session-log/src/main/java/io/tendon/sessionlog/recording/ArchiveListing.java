package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The recordings that an archive directory holds, as its catalog says and, of those that it does not know or when it
 * cannot be read, as their own files say ({@link SegmentScan}). The archive may be running. Immutable; any thread.
 *
 * @param recordings in the order of their ids.
 * @param warnings for a person: what is wrong with the archive and what was done about it.
 */
public record ArchiveListing(List<RecordingDescriptor> recordings, List<String> warnings) {
    /** Of a segment that the recorder makes; taken when no file says another. */
    public static final int SEGMENT_LENGTH_BYTES = 64 * 1024 * 1024;

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
        final Set<Long> withFiles = withFiles(archiveDir, warnings);
        final Path catalog = archiveDir.resolve(ArchiveCatalog.FILE_NAME);
        final List<RecordingDescriptor> recordings = new ArrayList<>();
        String fault = "does not know them";
        try {
            recordings.addAll(ArchiveCatalog.recordings(archiveDir));
            if (!Files.exists(catalog)) {
                fault = "is missing";
            }
        } catch (final UncheckedIOException e) {
            fault = "cannot be read (" + e + ")";
        }
        recordings.forEach(recording -> withFiles.remove(recording.recordingId()));
        final List<RecordingDescriptor> found = scan(archiveDir, withFiles, warnings);
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
            final Path archiveDir, final Set<Long> wanted, final List<String> warnings) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        try {
            final SegmentEvidence evidence = SegmentEvidence.of(
                    archiveDir,
                    SegmentEvidence.segmentLengthBytes(archiveDir, SEGMENT_LENGTH_BYTES),
                    wanted::contains,
                    recordingId -> OptionalInt.empty());
            evidence.doubts()
                    .forEach((recordingId, doubt) -> warnings.add(archiveDir + ": recording " + recordingId
                            + " cannot be read without the archive's catalog: " + doubt));
            return evidence.recordings().values().stream()
                    .sorted(Comparator.comparingLong(RecordingDescriptor::recordingId))
                    .toList();
        } catch (final IOException e) {
            warnings.add(archiveDir + ": cannot be read: " + e);
            return List.of();
        }
    }

    private static Set<Long> withFiles(final Path archiveDir, final List<String> warnings) {
        final Set<Long> recordingIds = new TreeSet<>();
        try {
            if (!Files.isDirectory(archiveDir)) {
                warnings.add(archiveDir + ": is missing");
            } else {
                SegmentFile.all(archiveDir).forEach(segment -> recordingIds.add(segment.recordingId()));
            }
        } catch (final IOException e) {
            warnings.add(archiveDir + ": cannot be read: " + e);
        }
        return recordingIds;
    }
}

package io.tendon.persistence.retention;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands on the disk. Immutable; any thread.
 *
 * @param directory of the session.
 * @param manifest as it stands.
 * @param recordedBy who recorded it when this was looked at.
 * @param segments of all recordings, oldest first.
 * @param leftovers files of segments that were written into the ledger, and that a crash has left behind.
 */
record StoredSession(
        SessionDirectory directory,
        SessionManifest manifest,
        RecordedBy recordedBy,
        List<Segment> segments,
        List<Path> leftovers) {

    /** Who records a session. */
    enum RecordedBy {
        /** Nobody, or nobody any more. */
        NOBODY,
        /** The process that looks. */
        US,
        /** Another process, or it may at any moment: nothing of it is ours. */
        ANOTHER
    }

    static StoredSession of(
            final SessionDirectory directory, final SessionManifest manifest, final RecordedBy recordedBy) {
        final Map<Long, RecordingEntry> entries = new HashMap<>();
        manifest.recordings().forEach(entry -> entries.put(entry.recordingId(), entry));
        final List<Segment> segments = new ArrayList<>();
        final List<Path> leftovers = new ArrayList<>();
        for (final RecordingDescriptor recording :
                ArchiveListing.of(directory.archive()).recordings()) {
            recording.purged().stream()
                    .map(purged -> recording.segmentFile(
                            directory.archive(), recording.segmentBasePosition(purged.fromPosition())))
                    .filter(Files::exists)
                    .forEach(leftovers::add);
            segments.addAll(segments(directory.archive(), recording, entries.get(recording.recordingId())));
        }
        segments.sort(Comparator.comparingLong(Segment::modifiedMs).thenComparing(Segment::file));
        return new StoredSession(directory, manifest, recordedBy, List.copyOf(segments), List.copyOf(leftovers));
    }

    /** Whether a value of the state was said in it. */
    boolean hasState() {
        return manifest.streams().stream()
                .anyMatch(stream -> stream.streamId() == StreamCatalog.STATE_ENTRY.streamId() && stream.messages() > 0);
    }

    /** Bytes that its recordings take. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /**
     * Segments that may go unless they are kept, oldest first: all but the last of each recording, and none in which a value
     * of the state was said, which holds for as long as nobody says another.
     */
    List<Segment> candidates() {
        return segments.stream()
                .filter(segment ->
                        !segment.isLast() && segment.recording().streamId() != StreamCatalog.STATE_ENTRY.streamId())
                .toList();
    }

    private static List<Segment> segments(
            final Path archive, final RecordingDescriptor recording, final @Nullable RecordingEntry entry) {
        final long stopPosition = stopPosition(recording, entry);
        final List<Segment> segments = new ArrayList<>();
        long base = recording.segmentBasePosition(recording.behindPurged(recording.startPosition()));
        while (true) {
            final Path file = recording.segmentFile(archive, base);
            if (!Files.isRegularFile(file)) {
                return segments;
            }
            final long end = base + recording.segmentLengthBytes();
            final long next = recording.behindPurged(end);
            final long bytes = Math.max(0, Math.min(end, stopPosition) - Math.max(base, recording.startPosition()));
            final boolean isLast = !Files.isRegularFile(recording.segmentFile(archive, next));
            segments.add(new Segment(recording, base, file, bytes, modifiedMs(file), isLast));
            base = next;
        }
    }

    /** Where a recording ends; of one that grows, where the manifest has seen it last. */
    private static long stopPosition(final RecordingDescriptor recording, final @Nullable RecordingEntry entry) {
        if (!recording.isOpen()) {
            return recording.stopPosition();
        }
        return entry == null ? recording.startPosition() : entry.stopPosition();
    }

    private static long modifiedMs(final Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (final IOException e) {
            // It has just gone.
            return 0;
        }
    }
}

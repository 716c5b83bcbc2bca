package io.tendon.persistence.retention;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A session as it stands on the disk, and what of it may go.
 *
 * @param directory of the session.
 * @param manifest as it stands.
 * @param isLive whether it is being recorded.
 * @param incidents ranges that are kept.
 * @param isUnclear whether an incident cannot be read, so that nothing of it may go.
 */
record StoredSession(
        SessionDirectory directory,
        SessionManifest manifest,
        boolean isLive,
        List<Incident> incidents,
        boolean isUnclear) {

    static StoredSession of(final SessionDirectory directory, final SessionManifest manifest, final boolean isLive) {
        final List<String> faults = new ArrayList<>();
        final List<Incident> incidents = new IncidentFiles(directory.incidents()).read(faults::add);
        return new StoredSession(directory, manifest, isLive, List.copyOf(incidents), !faults.isEmpty());
    }

    /** Whether all of it may go at once: nothing in it is kept, nor is it where a value of the state was said. */
    boolean mayGoWhole() {
        return !isLive
                && !isUnclear
                && incidents.isEmpty()
                && manifest.streams().stream()
                        .noneMatch(stream ->
                                stream.streamId() == StreamCatalog.STATE_ENTRY.streamId() && stream.messages() > 0);
    }

    /** Bytes that its recordings take, of those that grow as much as their last file may. */
    long bytes() {
        long bytes = 0;
        for (final RecordingDescriptor recording : recordings()) {
            for (final Segment segment : segments(recording)) {
                bytes += segment.bytes();
            }
        }
        return bytes;
    }

    /** Segments that may go unless they are kept, oldest first: all but the last of each recording. */
    List<Segment> candidates() {
        final List<Segment> candidates = new ArrayList<>();
        if (!isUnclear) {
            for (final RecordingDescriptor recording : recordings()) {
                final List<Segment> segments = segments(recording);
                candidates.addAll(segments.subList(0, Math.max(0, segments.size() - 1)));
            }
        }
        candidates.sort(Comparator.comparingLong(Segment::modifiedMs).thenComparing(Segment::file));
        return candidates;
    }

    private List<RecordingDescriptor> recordings() {
        return ArchiveListing.of(directory.archive()).recordings();
    }

    private List<Segment> segments(final RecordingDescriptor recording) {
        final List<Segment> segments = new ArrayList<>();
        final Path archive = directory.archive();
        long base = recording.segmentBasePosition(recording.behindPurged(recording.startPosition()));
        while (true) {
            final long present = recording.behindPurged(base);
            final Path file = recording.segmentFile(archive, present);
            if (!Files.isRegularFile(file)) {
                return segments;
            }
            final long end = present + recording.segmentLengthBytes();
            final long used = recording.isOpen() ? end : Math.min(end, recording.stopPosition());
            segments.add(new Segment(recording, present, file, Math.max(0, used - present), modifiedMs(file)));
            base = end;
        }
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

package io.tendon.sessionlog.repair;

import io.aeron.archive.client.AeronArchive;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.CatalogFile;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import io.tendon.sessionlog.recording.SegmentEvidence;
import io.tendon.sessionlog.recording.SegmentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the recordings of an archive are, by all that is left to say so: before a frame is called damaged it must be certain
 * that it is not the catalog that is wrong about it.
 *
 * <pre>
 *   what a checksum of the catalog covers            is believed
 *   else, of stream, session id, start, end, times   the manifest, which has a checksum of its own
 *         of term id, term and segment length        the segment files, as most of their frames say; a repair that finds
 *                                                    them to contradict the manifest, or each other, refuses
 *         of the session id                          what the recorder said of its recordings, or padding
 *   else                                             what the catalog says without a checksum that fits
 * </pre>
 *
 * @param recordings in the order of their ids.
 * @param faults for a person: what is wrong with the catalog, one line each; empty when it is sound.
 */
record TrustedRecordings(List<RecordingDescriptor> recordings, List<String> faults) {
    private static final long UNKNOWN_TIME = -1;

    /** Copies the lists. */
    TrustedRecordings {
        recordings = List.copyOf(recordings);
        faults = List.copyOf(faults);
    }

    /**
     * Looks at an archive.
     *
     * @param archiveDir that may lack anything.
     * @param manifest of the session; null when its file cannot be read.
     * @return what there is.
     * @throws IOException when the disk refuses.
     */
    static TrustedRecordings of(final Path archiveDir, final @Nullable SessionManifest manifest) throws IOException {
        return new Inquiry(archiveDir, manifest).conclude();
    }

    /** One look at an archive. */
    private static final class Inquiry {
        private final Path archiveDir;
        private final CatalogFile.Content catalog;
        private final Map<Long, CatalogFile.Entry> entries = new HashMap<>();
        private final Map<Long, RecordingEntry> known = new HashMap<>();
        private final Set<Long> withFiles;
        private final int segmentLengthBytes;
        private final boolean isManifestTold;
        private final List<String> faults = new ArrayList<>();
        // Read when something is to be made again: it costs a look into each recording.
        private @Nullable SegmentEvidence scanned;
        private @Nullable Map<Long, Integer> saidSessions;

        Inquiry(final Path archiveDir, final @Nullable SessionManifest manifest) throws IOException {
            this.archiveDir = archiveDir;
            this.catalog = CatalogFile.read(archiveDir);
            if (!catalog.fault().isEmpty()) {
                faults.add(catalog.fault());
            }
            catalog.entries().stream()
                    .filter(CatalogFile.Entry::isSealed)
                    .forEach(entry -> entries.putIfAbsent(entry.recording().recordingId(), entry));
            catalog.entries()
                    .forEach(entry -> entries.putIfAbsent(entry.recording().recordingId(), entry));
            this.isManifestTold = manifest != null && !manifest.isRebuilt();
            if (manifest != null) {
                manifest.recordings().forEach(entry -> known.put(entry.recordingId(), entry));
            }
            this.segmentLengthBytes = catalog.entries().stream()
                    .filter(CatalogFile.Entry::isSealed)
                    .map(entry -> entry.recording().segmentLengthBytes())
                    .findFirst()
                    .orElse(SegmentEvidence.segmentLengthBytes(archiveDir, ArchiveListing.SEGMENT_LENGTH_BYTES));
            this.withFiles = SegmentFile.all(archiveDir).stream()
                    .map(SegmentFile::recordingId)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        TrustedRecordings conclude() throws IOException {
            final TreeSet<Long> ids = new TreeSet<>();
            for (final long id : withFiles) {
                if (entries.containsKey(id)
                        || known.containsKey(id)
                        || scanned().containsKey(id)) {
                    ids.add(id);
                }
            }
            entries.forEach((id, entry) -> {
                if (entry.isSealed()) {
                    ids.add(id);
                } else if (!withFiles.contains(id) && !known.containsKey(id)) {
                    faults.add("names recording " + id + ", of which nothing else knows");
                }
            });
            known.forEach((id, entry) -> {
                if (entry.bytes() > 0) {
                    ids.add(id);
                }
            });
            final List<PurgedSegment> purged = new PurgeLedger(archiveDir).segments();
            final List<RecordingDescriptor> recordings = new ArrayList<>();
            for (final long id : ids) {
                recordings.add(recording(id).without(purged));
            }
            return new TrustedRecordings(recordings, faults);
        }

        private RecordingDescriptor recording(final long id) throws IOException {
            final CatalogFile.Entry entry = entries.get(id);
            if (entry == null || !entry.isSealed()) {
                faults.add((entry == null ? "does not know recording " : "has a damaged entry of recording ") + id);
                return rebuilt(id, entry == null ? null : entry.recording());
            }
            if (!entry.isValid()) {
                faults.add("says that recording " + id + " is not there");
            }
            return entry.isEndSealed() || entry.recording().isOpen()
                    ? entry.recording()
                    : withKnownEnd(entry.recording());
        }

        /** No checksum covers the end that the archive has found by itself. */
        private RecordingDescriptor withKnownEnd(final RecordingDescriptor recording) {
            final RecordingEntry entry = known.get(recording.recordingId());
            final long end;
            if (entry != null && entry.isStopped()) {
                end = entry.stopPosition();
            } else {
                end = isPossibleEnd(recording) ? recording.stopPosition() : AeronArchive.NULL_POSITION;
            }
            if (end != recording.stopPosition()) {
                faults.add("is wrong about the end of recording " + recording.recordingId());
            }
            return recording.endedAt(end);
        }

        private boolean isPossibleEnd(final RecordingDescriptor recording) {
            final RecordingEnd found = RecordingEnd.find(archiveDir, recording.endedAt(AeronArchive.NULL_POSITION));
            return recording.stopPosition() >= found.position()
                    && recording.stopPosition() <= found.basePosition() + recording.segmentLengthBytes();
        }

        private RecordingDescriptor rebuilt(final long id, final @Nullable RecordingDescriptor unsealed)
                throws IOException {
            final RecordingEntry entry = known.get(id);
            final RecordingDescriptor file = scanned().get(id);
            final RecordingDescriptor shape = file != null ? file : unsealed != null ? unsealed : sibling(entry);
            final int streamId = entry != null ? entry.streamId() : shape != null ? shape.streamId() : 0;
            final StreamDescriptor stream = StreamCatalog.byId(streamId);
            final long stop = entry != null && entry.isStopped()
                    ? entry.stopPosition()
                    : unsealed != null && !unsealed.isOpen() && isPossibleEnd(unsealed)
                            ? unsealed.stopPosition()
                            : AeronArchive.NULL_POSITION;
            final RecordingDescriptor made = new RecordingDescriptor(
                    id,
                    streamId,
                    shape == null ? 0 : shape.initialTermId(),
                    entry != null ? entry.startPosition() : shape == null ? 0 : shape.startPosition(),
                    stop,
                    entry != null ? entry.startTimeMs() : unsealed == null ? UNKNOWN_TIME : unsealed.startTimeMs(),
                    entry != null ? entry.stopTimeMs() : unsealed == null ? UNKNOWN_TIME : unsealed.stopTimeMs(),
                    shape == null ? 0 : shape.initialTermId(),
                    segmentLengthBytes,
                    shape != null
                            ? shape.termLengthBytes()
                            : Math.min(
                                    segmentLengthBytes, stream == null ? segmentLengthBytes : stream.termLengthBytes()),
                    StreamDescriptor.MTU_BYTES,
                    channel(entry, stream),
                    false,
                    List.of());
            final OptionalInt sessionId = sessionId(made, entry, unsealed);
            if (sessionId.isEmpty()) {
                faults.add(
                        "has lost the session id of recording " + id + ": its losses are told apart by stream alone");
                return made;
            }
            return made.withSession(sessionId.getAsInt());
        }

        /** Another recording of the same writer's life, which shares its terms. */
        private @Nullable RecordingDescriptor sibling(final @Nullable RecordingEntry entry) throws IOException {
            if (entry != null && isManifestTold) {
                for (final RecordingEntry other : known.values()) {
                    if (other.streamId() == entry.streamId() && other.sessionId() == entry.sessionId()) {
                        final CatalogFile.Entry sealed = entries.get(other.recordingId());
                        final RecordingDescriptor found = sealed != null && sealed.isSealed()
                                ? sealed.recording()
                                : scanned().get(other.recordingId());
                        if (found != null) {
                            return found;
                        }
                    }
                }
            }
            return null;
        }

        /**
         * What the segment files say. A recording of which they contradict each other or the manifest is one that a
         * repair could only spoil.
         */
        private Map<Long, RecordingDescriptor> scanned() throws IOException {
            SegmentEvidence present = scanned;
            if (present == null) {
                present = SegmentEvidence.of(archiveDir, segmentLengthBytes, id -> !isSealed(id), this::knownStream);
                scanned = present;
                if (!present.doubts().isEmpty()) {
                    throw new CommandFailure(archiveDir + ": "
                            + present.doubts().entrySet().stream()
                                    .map(doubt -> "recording " + doubt.getKey() + ": " + doubt.getValue())
                                    .collect(Collectors.joining("; "))
                            + "; what it is must be certain before anything of it is changed: restore "
                            + ArchiveCatalog.FILE_NAME + " from a copy. Nothing was changed");
                }
            }
            return present.recordings();
        }

        private boolean isSealed(final long id) {
            final CatalogFile.Entry entry = entries.get(id);
            return entry != null && entry.isSealed();
        }

        private OptionalInt knownStream(final long id) {
            final RecordingEntry entry = known.get(id);
            return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.streamId());
        }

        private List<RecordingDescriptor> known() throws IOException {
            final List<RecordingDescriptor> recordings =
                    new ArrayList<>(scanned().values());
            entries.values().stream()
                    .filter(CatalogFile.Entry::isSealed)
                    .map(CatalogFile.Entry::recording)
                    .forEach(recordings::add);
            return recordings;
        }

        private static String channel(final @Nullable RecordingEntry entry, final @Nullable StreamDescriptor stream) {
            final String name = entry != null ? entry.streamName() : stream != null ? stream.name() : "";
            return name.isEmpty() || name.startsWith("stream-")
                    ? "aeron:ipc"
                    : "aeron:ipc?alias=" + RecordingDescriptor.ALIAS_PREFIX + name;
        }

        private OptionalInt sessionId(
                final RecordingDescriptor recording,
                final @Nullable RecordingEntry entry,
                final @Nullable RecordingDescriptor unsealed)
                throws IOException {
            if (entry != null && isManifestTold) {
                return OptionalInt.of(entry.sessionId());
            }
            if (saidSessions == null) {
                saidSessions = SaidSessions.read(archiveDir, known());
            }
            final Integer said = saidSessions.get(recording.recordingId());
            if (said != null) {
                return OptionalInt.of(said);
            }
            final OptionalInt padding = SegmentEvidence.sessionId(archiveDir, recording);
            return padding.isEmpty() && unsealed != null && unsealed.isSessionKnown()
                    ? OptionalInt.of(unsealed.sessionId())
                    : padding;
        }
    }
}

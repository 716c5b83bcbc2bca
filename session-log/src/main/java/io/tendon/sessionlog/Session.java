package io.tendon.sessionlog;

import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.MessageTally;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionStart;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.TallyListener;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A session as it stands now. The counts are exact: of a session that was not closed in order, what lies behind the
 * manifest's last checkpoint is read. Nothing is written. Immutable; any thread.
 *
 * @param directory of the session.
 * @param manifest as of now.
 * @param damages found on the way.
 * @param warnings for a person: what is wrong with the session and what was done about it.
 * @param faults for a person: what is gone and cannot be read, and what to do.
 */
public record Session(
        SessionDirectory directory,
        SessionManifest manifest,
        List<Damage> damages,
        List<String> warnings,
        List<String> faults) {

    /** Copies the lists. */
    public Session {
        damages = List.copyOf(damages);
        warnings = List.copyOf(warnings);
        faults = List.copyOf(faults);
    }

    /**
     * Opens a session.
     *
     * @param directory of the session.
     * @return how it stands; with a damaged or missing manifest it is made from the archive, and a warning says so.
     */
    public static Session open(final SessionDirectory directory) {
        return open(directory, ArchiveListing.of(directory.archive()));
    }

    /**
     * Opens a session whose recordings are known from elsewhere than its archive's catalog.
     *
     * @param directory of the session.
     * @param listing of its recordings.
     * @return how it stands.
     */
    public static Session open(final SessionDirectory directory, final ArchiveListing listing) {
        final List<Damage> damages = new ArrayList<>();
        final List<String> warnings = new ArrayList<>(listing.warnings());
        SessionManifest manifest;
        try {
            manifest = SessionManifestFile.read(directory.manifest());
            if (manifest.state() != SessionState.CLOSED) {
                manifest = countOn(directory, manifest, listing, damages);
            }
        } catch (final ManifestException e) {
            if (!listing.recordings().isEmpty()) {
                warnings.add(e.getMessage() + "; made again from the archive");
            }
            manifest = new ManifestRebuilder(directory).rebuild(listing.recordings(), damages::add);
        }
        return new Session(directory, manifest, damages, warnings, faults(directory, manifest, listing));
    }

    /** When a session began, ns since the epoch, without counting; 0 when nothing says. */
    static long startedNs(final SessionDirectory directory) {
        try {
            return SessionManifestFile.read(directory.manifest()).startedNs();
        } catch (final ManifestException e) {
            return SessionStart.idTimeNs(directory.sessionId());
        }
    }

    private static List<String> faults(
            final SessionDirectory directory, final SessionManifest manifest, final ArchiveListing listing) {
        final List<String> faults = new ArrayList<>();
        final String remedy = "; restore " + directory.root() + " from a copy, or delete it";
        if (manifest.isRebuilt() && manifest.recordings().isEmpty()) {
            faults.add(directory.root() + ": holds neither a manifest that can be read nor recordings" + remedy);
        }
        final Set<Long> present = listing.recordings().stream()
                .map(RecordingDescriptor::recordingId)
                .collect(Collectors.toSet());
        final List<String> lost = manifest.recordings().stream()
                .filter(entry -> entry.bytes() > 0 && !present.contains(entry.recordingId()))
                .map(entry -> Long.toString(entry.recordingId()))
                .toList();
        if (!lost.isEmpty()) {
            faults.add(directory.archive() + ": recordings that the manifest names are gone: " + String.join(" ", lost)
                    + remedy);
        }
        listing.recordings().stream()
                .filter(recording -> recording.stopPosition() > recording.behindPurged(recording.startPosition()))
                .map(recording -> recording.segmentFile(
                        directory.archive(),
                        recording.segmentBasePosition(recording.behindPurged(recording.startPosition()))))
                .filter(file -> !Files.isReadable(file))
                .findFirst()
                .ifPresent(file -> faults.add(file + ": is missing or cannot be read" + remedy));
        return faults;
    }

    private static SessionManifest countOn(
            final SessionDirectory directory,
            final SessionManifest manifest,
            final ArchiveListing listing,
            final List<Damage> damages) {
        final LatestCapture latest = new LatestCapture(manifest.endedNs());
        try (MessageTally tally = new MessageTally(directory.archive(), damages::add, latest)) {
            tally.resume(manifest.recordings());
            listing.recordings().forEach(tally::update);
            tally.pollAll();
            final Map<Long, RecordingEntry> entries = new TreeMap<>();
            manifest.recordings().forEach(entry -> entries.put(entry.recordingId(), entry));
            tally.entries().forEach(entry -> entries.put(entry.recordingId(), entry));
            return manifest.withRecordings(List.copyOf(entries.values()), latest.timeNs);
        }
    }

    /** Remembers the latest capture time. */
    private static final class LatestCapture implements TallyListener {
        private long timeNs;

        LatestCapture(final long timeNs) {
            this.timeNs = timeNs;
        }

        @Override
        public void onMessage(final RecordedMessage message) {
            timeNs = Math.max(timeNs, message.captureTimeNs());
        }

        @Override
        public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {
            // The tally keeps the count.
        }
    }
}

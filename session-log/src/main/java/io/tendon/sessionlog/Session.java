package io.tendon.sessionlog;

import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.MessageTally;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.TallyListener;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A session as it stands now. The counts are exact: of a session that was not closed in order, what lies behind the
 * manifest's last checkpoint is read. Nothing is written. Immutable; any thread.
 *
 * @param directory of the session.
 * @param manifest as of now.
 * @param damages found on the way.
 * @param warnings for a person: what is wrong with the session and what was done about it.
 */
public record Session(
        SessionDirectory directory, SessionManifest manifest, List<Damage> damages, List<String> warnings) {

    /** Copies the lists. */
    public Session {
        damages = List.copyOf(damages);
        warnings = List.copyOf(warnings);
    }

    /**
     * Opens a session.
     *
     * @param directory of the session.
     * @return how it stands; with a damaged or missing manifest it is made from the archive, and a warning says so.
     */
    public static Session open(final SessionDirectory directory) {
        final List<Damage> damages = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        SessionManifest manifest;
        try {
            manifest = SessionManifestFile.read(directory.manifest());
            if (manifest.state() != SessionState.CLOSED) {
                manifest = countOn(directory, manifest, damages);
            }
        } catch (final ManifestException e) {
            warnings.add(e.getMessage() + "; made again from the archive");
            manifest = new ManifestRebuilder(directory).rebuild(damages::add);
        }
        return new Session(directory, manifest, damages, warnings);
    }

    /** When a session began, ns since the epoch, without counting; 0 when nothing says. */
    static long startedNs(final SessionDirectory directory) {
        try {
            return SessionManifestFile.read(directory.manifest()).startedNs();
        } catch (final ManifestException e) {
            return TimeUnit.MILLISECONDS.toNanos(ArchiveCatalog.recordings(directory.archive()).stream()
                    .mapToLong(RecordingDescriptor::startTimeMs)
                    .min()
                    .orElse(0));
        }
    }

    private static SessionManifest countOn(
            final SessionDirectory directory, final SessionManifest manifest, final List<Damage> damages) {
        final LatestCapture latest = new LatestCapture(manifest.endedNs());
        try (MessageTally tally = new MessageTally(directory.archive(), damages::add, latest)) {
            tally.resume(manifest.recordings());
            ArchiveCatalog.recordings(directory.archive()).forEach(tally::update);
            tally.pollAll();
            return manifest.withRecordings(tally.entries(), latest.timeNs);
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

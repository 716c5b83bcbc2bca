package io.tendon.deploy.figures;

import io.tendon.bus.connection.RecordingPlace;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of the session that is being recorded, as often as the recorder writes it: once a second. One owner
 * thread.
 */
final class RecordedSession {
    private static final long PERIOD_NS = 1_000_000_000L;

    private final Path recordingFile;
    private @Nullable SessionDirectory directory;
    private @Nullable SessionManifest manifest;
    private String sessionName = "";
    private long readAtNs;

    /**
     * Reads nothing yet.
     *
     * @param recordingFile where the recorder says what it records where.
     */
    RecordedSession(final Path recordingFile) {
        this.recordingFile = recordingFile;
    }

    /**
     * Reads the manifest afresh when that is due.
     *
     * @param session that runs.
     * @param nowNs {@link System#nanoTime}.
     * @return whether it was read.
     */
    boolean refresh(final String session, final long nowNs) {
        final boolean isAnother = !session.equals(sessionName);
        if (!isAnother && nowNs - readAtNs < PERIOD_NS) {
            return false;
        }
        if (isAnother) {
            sessionName = session;
            directory = null;
            manifest = null;
        }
        readAtNs = nowNs;
        if (directory == null) {
            directory = RecordingPlace.read(recordingFile, session)
                    .map(place -> new SessionDirectory(place.dataDirectory(), session))
                    .orElse(null);
        }
        if (directory != null) {
            read(directory);
        }
        return manifest != null;
    }

    /** Where it is recorded; empty while that is not known. */
    Optional<SessionDirectory> directory() {
        return Optional.ofNullable(directory);
    }

    /** The manifest as it was read last; empty while there is none. */
    Optional<SessionManifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** Bytes in the recordings; -1 when it is not known. */
    long usedBytes() {
        return manifest == null
                ? -1
                : manifest.recordings().stream()
                        .mapToLong(RecordingEntry::bytes)
                        .sum();
    }

    private void read(final SessionDirectory place) {
        try {
            manifest = SessionManifestFile.read(place.manifest());
        } catch (final ManifestException e) {
            // Not written yet, or the disk is gone: what was read last stands.
            directory = null;
        }
    }
}

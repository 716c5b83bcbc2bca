package io.tendon.persistence.retention;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Deletes what is oldest until what is left is within its bounds:
 *
 * <pre>
 *   sessions, oldest first
 *     nothing of it is kept       all of it goes at once
 *     an incident, a value of     its segments go, oldest first, but those that an incident touches and the last one of
 *     the state, or live          each recording
 * </pre>
 *
 * <p>A session is moved aside before it is deleted and a segment is written into the {@link PurgeLedger} before it is: a crash
 * leaves nothing that looks damaged. One owner thread.
 */
final class Retention {
    /** Where sessions wait to be deleted. */
    static final String DELETED = "deleted";

    private final Path data;
    private final String liveSessionId;
    private final RetentionConfig config;
    private final EpochNanoClock clock;
    private final Consumer<Deletion> listener;
    // What segments hold that were looked at and are kept.
    private final Map<Path, PurgedSegment> contents = new HashMap<>();
    private final Map<String, SessionManifest> manifests = new HashMap<>();
    private long bytes;

    /**
     * Deletes nothing yet.
     *
     * @param data directory of all sessions.
     * @param liveSessionId the session that is recorded.
     * @param config bounds.
     * @param clock of the session.
     * @param listener is told of each deletion.
     */
    Retention(
            final Path data,
            final String liveSessionId,
            final RetentionConfig config,
            final EpochNanoClock clock,
            final Consumer<Deletion> listener) {
        this.data = data;
        this.liveSessionId = liveSessionId;
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Makes room.
     *
     * @throws IOException when something cannot be deleted.
     */
    void run() throws IOException {
        deleteMovedAside();
        final List<StoredSession> sessions = new ArrayList<>();
        bytes = 0;
        for (final SessionDirectory directory : new SessionCatalog(data).directories()) {
            final StoredSession stored = stored(directory);
            sessions.add(stored);
            bytes += stored.bytes();
        }
        sessions.sort(Comparator.comparingLong(session -> session.manifest().startedNs()));
        for (final StoredSession session : sessions) {
            if (session.mayGoWhole()) {
                if (isTooOld(session.manifest().endedNs()) || isTooMuch()) {
                    delete(session);
                }
            } else {
                deleteSegments(session);
            }
        }
    }

    /** What nobody records stands as it is; to count it again each time would cost more than it tells. */
    private StoredSession stored(final SessionDirectory directory) {
        final boolean isLive = directory.sessionId().equals(liveSessionId);
        final SessionManifest manifest = isLive
                ? Session.open(directory).manifest()
                : manifests.computeIfAbsent(
                        directory.sessionId(), id -> Session.open(directory).manifest());
        return StoredSession.of(directory, manifest, isLive);
    }

    private void deleteSegments(final StoredSession session) throws IOException {
        for (final Segment segment : session.candidates()) {
            final PurgedSegment content = contents.computeIfAbsent(
                    segment.file(),
                    file -> SegmentContent.of(
                            session.directory().archive(), segment.recording(), segment.basePosition()));
            final boolean isKept = session.incidents().stream()
                    .anyMatch(incident ->
                            content.messages() > 0 && incident.touches(content.firstNs(), content.lastNs()));
            final boolean isOld = content.messages() == 0 || isTooOld(content.lastNs());
            if (!isKept && (isOld || isTooMuch())) {
                new PurgeLedger(session.directory().archive()).add(content);
                Files.delete(segment.file());
                contents.remove(segment.file());
                bytes -= segment.bytes();
                listener.accept(new Deletion(
                        "a segment of " + segment.recording().streamName() + ", " + content.messages()
                                + " messages of session " + session.directory().sessionId(),
                        segment.bytes()));
            }
        }
    }

    private void delete(final StoredSession session) throws IOException {
        final SessionDirectory directory = session.directory();
        final long sessionBytes = session.bytes();
        final Path aside = data.resolve(DELETED).resolve(directory.sessionId());
        Files.createDirectories(aside.getParent());
        Files.move(directory.root(), aside, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
        bytes -= sessionBytes;
        listener.accept(new Deletion("session " + directory.sessionId(), sessionBytes));
    }

    /** What an earlier process was about to delete. */
    private void deleteMovedAside() throws IOException {
        final Path deleted = data.resolve(DELETED);
        if (Files.isDirectory(deleted)) {
            try (Stream<Path> left = Files.list(deleted)) {
                for (final Path path : left.toList()) {
                    delete(path);
                }
            }
        }
    }

    private static void delete(final Path directory) throws IOException {
        try {
            IoUtil.delete(directory.toFile(), false);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isTooOld(final long timeNs) {
        return config.maxAgeNs() != RetentionConfig.UNLIMITED && timeNs < clock.nanoTime() - config.maxAgeNs();
    }

    private boolean isTooMuch() throws IOException {
        return bytes > config.maxBytes()
                || (config.minFreeBytes() > 0 && Files.getFileStore(data).getUsableSpace() < config.minFreeBytes());
    }
}

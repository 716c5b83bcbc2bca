package io.tendon.persistence.retention;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Deletes what is oldest until what is left is within its bounds:
 *
 * <pre>
 *   sessions, oldest first
 *     recorded by another process   nothing
 *     nothing of it is kept         all of it goes at once
 *     an incident, a value of       its segments go, oldest first, but those that an incident touches, those of values of
 *     the state, or our own         the state, and the last one of each recording
 * </pre>
 *
 * <p>A session is moved aside before it is deleted and a segment is written into the {@link PurgeLedger} before it is: a crash
 * leaves nothing that looks damaged. What cannot be deleted is told, and the rest goes on. One owner thread.
 */
final class Retention {
    /** Where sessions wait to be deleted. */
    static final String DELETED = "deleted";

    private final Path data;
    private final RetentionConfig config;
    private final EpochNanoClock clock;
    private final Consumer<Deletion> listener;
    private final ErrorHandler errors;
    private final KnownSessions sessions;
    private final Map<Path, SegmentTimes> times = new HashMap<>();
    private long bytes;

    /**
     * Deletes nothing yet.
     *
     * @param data directory of all sessions.
     * @param ownSessionId the session that is recorded by this process.
     * @param config bounds.
     * @param clock of the session.
     * @param listener is told of each deletion.
     * @param errors is told of what cannot be deleted.
     */
    Retention(
            final Path data,
            final String ownSessionId,
            final RetentionConfig config,
            final EpochNanoClock clock,
            final Consumer<Deletion> listener,
            final ErrorHandler errors) {
        this.data = data;
        this.config = config;
        this.clock = clock;
        this.listener = listener;
        this.errors = errors;
        this.sessions = new KnownSessions(data, ownSessionId, errors);
    }

    /** Makes room. */
    void run() {
        attempt(this::deleteMovedAside);
        final List<StoredSession> all = sessions.all();
        bytes = all.stream().mapToLong(StoredSession::bytes).sum();
        for (final StoredSession session : all) {
            attempt(() -> bound(session));
        }
        times.keySet().removeIf(file -> !Files.exists(file));
    }

    private void bound(final StoredSession session) throws IOException {
        if (session.recordedBy() == StoredSession.RecordedBy.ANOTHER) {
            return;
        }
        for (final Path file : session.leftovers()) {
            attempt(() -> Files.deleteIfExists(file));
            sessions.forget(session);
        }
        if (session.recordedBy() == StoredSession.RecordedBy.US
                || session.hasState()
                || !Kept.in(session.directory().incidents()).isNothing()) {
            for (final Segment segment : session.candidates()) {
                attempt(() -> bound(session, segment));
            }
        } else if (isTooOld(session.manifest().endedNs()) || isTooMuch()) {
            delete(session);
        }
    }

    private void bound(final StoredSession session, final Segment segment) throws IOException {
        final boolean isTooMuch = isTooMuch();
        if (!isTooMuch && config.maxAgeNs() == RetentionConfig.UNLIMITED) {
            return;
        }
        final Path archive = session.directory().archive();
        final SegmentTimes captured = times.computeIfAbsent(segment.file(), file -> SegmentTimes.of(archive, segment));
        // Read just before, so that what somebody has asked to keep meanwhile stays.
        if ((isTooMuch || isTooOld(captured.lastNs()))
                && !Kept.in(session.directory().incidents()).holds(captured)) {
            final PurgedSegment content = SegmentContent.of(archive, segment.recording(), segment.basePosition());
            new PurgeLedger(archive).add(content);
            sessions.forget(session);
            Files.deleteIfExists(segment.file());
            bytes -= segment.bytes();
            listener.accept(new Deletion(
                    "a segment of " + segment.recording().streamName() + ", " + content.messages()
                            + " messages of session " + session.directory().sessionId(),
                    segment.bytes()));
        }
    }

    private void delete(final StoredSession session) throws IOException {
        final SessionDirectory directory = session.directory();
        if (sessions.hasChanged(session)) {
            // Somebody goes on with it: what it is now is looked at the next time.
            return;
        }
        final Path aside = data.resolve(DELETED).resolve(directory.sessionId());
        Files.createDirectories(aside.getParent());
        Files.move(directory.root(), aside, StandardCopyOption.ATOMIC_MOVE);
        if (!Kept.in(aside.resolve(directory.root().relativize(directory.incidents())))
                .isNothing()) {
            // Somebody has just asked to keep something of it.
            Files.move(aside, directory.root(), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        sessions.forget(session);
        delete(aside);
        bytes -= session.bytes();
        listener.accept(new Deletion("session " + directory.sessionId(), session.bytes()));
    }

    /** What an earlier process was about to delete. */
    private void deleteMovedAside() throws IOException {
        final Path deleted = data.resolve(DELETED);
        if (Files.isDirectory(deleted)) {
            try (Stream<Path> left = Files.list(deleted)) {
                for (final Path path : left.toList()) {
                    attempt(() -> delete(path));
                }
            }
        }
    }

    private void attempt(final Deleting deleting) {
        try {
            deleting.run();
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
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

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface Deleting {
        void run() throws IOException;
    }
}

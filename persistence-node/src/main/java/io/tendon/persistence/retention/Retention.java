package io.tendon.persistence.retention;

import io.tendon.bus.connection.ProcessLock;
import io.tendon.persistence.session.SessionLock;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 *     recorded by another process,
 *     or may be at any moment       nothing
 *     nothing of it is kept         all of it goes at once
 *     an incident, a value of       its segments go, oldest first, but those that an incident touches, those of values of
 *     the state, or our own         the state, and the last one of each recording
 * </pre>
 *
 * <p>One recorder at a time, and none of a session while it is repaired. A session is moved aside before it is deleted and a segment is written into the {@link PurgeLedger} before it is: a crash
 * leaves nothing that looks damaged. What cannot be deleted is told, and the rest goes on. One owner thread.
 */
final class Retention {
    /** Where sessions wait to be deleted. */
    static final String DELETED = "deleted";

    /** Locked while somebody deletes: two recorders may keep one data directory within its bounds. */
    static final String LOCK = "retention.lock";

    private final Path data;
    private final RetentionConfig config;
    private final EpochNanoClock clock;
    private final Consumer<Deletion> listener;
    private final ErrorHandler errors;
    private final Content content;
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
        this(data, ownSessionId, config, clock, listener, errors, SegmentContent::of);
    }

    /** With a way of its own to read a segment. */
    Retention(
            final Path data,
            final String ownSessionId,
            final RetentionConfig config,
            final EpochNanoClock clock,
            final Consumer<Deletion> listener,
            final ErrorHandler errors,
            final Content content) {
        this.data = data;
        this.config = config;
        this.clock = clock;
        this.listener = listener;
        this.errors = errors;
        this.content = content;
        this.sessions = new KnownSessions(data, ownSessionId, errors);
    }

    /** Makes room, unless another recorder is about to. */
    void run() {
        attempt(() -> {
            final Optional<ProcessLock> free = ProcessLock.tryAcquire(data.resolve(LOCK));
            if (free.isPresent()) {
                try (ProcessLock lock = free.get()) {
                    makeRoom();
                }
            }
        });
    }

    private void makeRoom() throws IOException {
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
            attempt(() -> change(session, () -> Files.deleteIfExists(file)));
        }
        if (session.recordedBy() == StoredSession.RecordedBy.US
                || session.hasState()
                || !Kept.in(session.directory().incidents()).isNothing()) {
            for (final Segment segment : session.candidates()) {
                attempt(() -> bound(session, segment));
            }
        } else if (isTooOld(session.manifest().endedNs()) || isTooMuch()) {
            change(session, () -> delete(session));
        }
    }

    private void bound(final StoredSession session, final Segment segment) throws IOException {
        final boolean isTooMuch = isTooMuch();
        if (!isTooMuch && config.maxAgeNs() == RetentionConfig.UNLIMITED) {
            return;
        }
        final Path archive = session.directory().archive();
        final SegmentTimes captured = times.computeIfAbsent(segment.file(), file -> SegmentTimes.of(archive, segment));
        if ((isTooMuch || isTooOld(captured.lastNs())) && !isKept(session, captured)) {
            change(session, () -> delete(session, segment, captured));
        }
    }

    private void delete(final StoredSession session, final Segment segment, final SegmentTimes captured)
            throws IOException {
        final Path archive = session.directory().archive();
        final PurgedSegment purged = content.of(archive, segment.recording(), segment.basePosition());
        // Read just before, so that what somebody has asked to keep meanwhile stays: reading a segment takes a while.
        if (isKept(session, captured)) {
            return;
        }
        new PurgeLedger(archive).add(purged);
        Files.deleteIfExists(segment.file());
        bytes -= segment.bytes();
        listener.accept(new Deletion(
                "a segment of " + segment.recording().streamName() + ", " + purged.messages() + " messages of session "
                        + session.directory().sessionId(),
                segment.bytes()));
    }

    private static boolean isKept(final StoredSession session, final SegmentTimes captured) {
        return Kept.in(session.directory().incidents()).holds(captured);
    }

    private void delete(final StoredSession session) throws IOException {
        final SessionDirectory directory = session.directory();
        final Path aside = data.resolve(DELETED).resolve(directory.sessionId());
        Files.createDirectories(aside.getParent());
        Files.move(directory.root(), aside, StandardCopyOption.ATOMIC_MOVE);
        if (!Kept.in(aside.resolve(directory.root().relativize(directory.incidents())))
                .isNothing()) {
            // Somebody has just asked to keep something of it.
            Files.move(aside, directory.root(), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        delete(aside);
        bytes -= session.bytes();
        listener.accept(new Deletion("session " + directory.sessionId(), session.bytes()));
    }

    /** Deletes something of a session, unless somebody repairs it, or has gone on with it: what it is then is looked at anew. */
    private void change(final StoredSession session, final Deleting deleting) throws IOException {
        final Optional<ProcessLock> free = SessionLock.tryAcquire(session.directory());
        if (free.isPresent()) {
            try (ProcessLock lock = free.get()) {
                if (session.recordedBy() == StoredSession.RecordedBy.US || !sessions.hasChanged(session)) {
                    sessions.forget(session);
                    deleting.run();
                }
            }
        }
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

    /** Reads what a segment holds. */
    @FunctionalInterface
    interface Content {
        PurgedSegment of(Path archiveDir, RecordingDescriptor recording, long basePosition);
    }

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface Deleting {
        void run() throws IOException;
    }
}

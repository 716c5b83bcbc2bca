package io.tendon.persistence.retention;

import static io.tendon.persistence.retention.OldSession.modified;
import static io.tendon.persistence.retention.OldSession.timeNs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.persistence.session.SessionLock;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentCause;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.PurgeLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do with a session while room is made: recorders, repairs, and whoever asks to keep something. */
class RetentionRaceTest {
    private static final String ID = OldSession.ID;
    private static final int MESSAGES = OldSession.MESSAGES;
    private static final long LONG_AFTER = 500_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final RetentionConfig BY_AGE = new RetentionConfig(MINUTE_NS, RetentionConfig.UNLIMITED, 0);

    @TempDir
    private Path data;

    private final List<String> deleted = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private long nowNs;
    private OldSession old = new OldSession(new SessionDirectory(Path.of("unset"), ID));
    private SessionDirectory session = old.directory();

    @BeforeEach
    void record() throws IOException {
        old = OldSession.record(data);
        session = old.directory();
    }

    @Test
    void shouldDeleteNothingOfASessionThatAnotherProcessRecords() throws Exception {
        old.writeManifest(SessionState.OPEN, RecorderProcess.current(""));
        retain("another", LONG_AFTER);
        assertThat(deleted).isEmpty();
        assertThat(old.sequences()).hasSize(MESSAGES);

        old.writeManifest(SessionState.OPEN, RecorderProcess.NONE);
        retain("another", LONG_AFTER);
        assertThat(deleted).containsExactly("session " + ID);
    }

    @Test
    void shouldDeleteNothingOfASessionWhoseManifestWasWrittenAMomentAgo() throws Exception {
        old.writeManifest(SessionState.OPEN, RecorderProcess.NONE);
        // By a recorder on another machine, or one that is being started again.
        modified(session.manifest(), TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        retain("another", LONG_AFTER);
        assertThat(deleted).isEmpty();

        modified(session.manifest(), TestMessages.START_NS);
        retain("another", LONG_AFTER);
        assertThat(deleted).containsExactly("session " + ID);
    }

    @Test
    void shouldDeleteNothingOfASessionWhoseDriverLives(@TempDir final Path runtime) throws Exception {
        old.writeManifest(SessionState.INTERRUPTED, RecorderProcess.NONE);
        System.setProperty(RuntimeDirectory.ROOT_PROPERTY, runtime.toString());
        try {
            final RuntimeDirectory robot = RuntimeDirectory.of("robot");
            robot.create();
            final SessionAnchor live = SessionAnchor.create();
            new SessionAnchor(
                            ID,
                            live.anchorEpochNs(),
                            live.anchorSteadyNs(),
                            live.driverPid(),
                            live.driverStartedAtMs(),
                            false)
                    .write(robot.sessionFile());
            retain("another", LONG_AFTER);
            assertThat(deleted).isEmpty();

            Files.delete(robot.sessionFile());
            retain("another", LONG_AFTER);
            assertThat(deleted).containsExactly("session " + ID);
        } finally {
            System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
        }
    }

    @Test
    void shouldDeleteNothingWhileAnotherRecorderMakesRoomOrTheSessionIsRepaired() throws Exception {
        try (ProcessLock other =
                ProcessLock.tryAcquire(data.resolve(Retention.LOCK)).orElseThrow()) {
            retain("another", LONG_AFTER);
        }
        try (ProcessLock repair = SessionLock.tryAcquire(session).orElseThrow()) {
            retain("another", LONG_AFTER);
            retain(ID, 1_500);
        }
        assertThat(deleted).isEmpty();
        assertThat(errors).isEmpty();

        retain("another", LONG_AFTER);
        assertThat(deleted).containsExactly("session " + ID);
    }

    @Test
    void shouldDeleteNothingOfASessionThatSomebodyGoesOnWithAfterTheLook() throws Exception {
        final SessionDirectory earlier = new SessionDirectory(data, "20231114-221319-aaaa");
        old.copyTo(earlier);
        modified(earlier.root(), TestMessages.START_NS);
        modified(session.root(), TestMessages.START_NS);
        old.writeManifest(SessionState.INTERRUPTED, RecorderProcess.NONE);
        nowNs = timeNs(LONG_AFTER);

        new Retention(
                        data,
                        "another",
                        BY_AGE,
                        () -> nowNs,
                        deletion -> {
                            deleted.add(deletion.text());
                            attempt(() -> modified(session.manifest(), TestMessages.START_NS + SECOND_NS));
                        },
                        errors::add)
                .run();

        assertThat(deleted).containsExactly("session " + earlier.sessionId());
        assertThat(old.sequences()).hasSize(MESSAGES);
    }

    @Test
    void shouldLookAgainAtASessionThatIsGoneOnWith() throws Exception {
        old.writeManifest(SessionState.OPEN, RecorderProcess.NONE);
        final Retention retention = retention("another", BY_AGE);
        nowNs = timeNs(0);
        retention.run();

        old.writeManifest(SessionState.OPEN, RecorderProcess.current(""));
        modified(session.manifest(), TestMessages.START_NS + SECOND_NS);
        nowNs = timeNs(LONG_AFTER);
        retention.run();
        assertThat(deleted).isEmpty();
        assertThat(old.sequences()).hasSize(MESSAGES);
    }

    @Test
    void shouldPutASessionBackOfWhichSomebodyAsksToKeepSomethingWhileItIsMoved() throws Exception {
        modified(session.root(), TestMessages.START_NS);
        final IncidentFiles incidents = new IncidentFiles(session.incidents());

        new Retention(
                        data,
                        "another",
                        BY_AGE,
                        () -> {
                            // Asked for the time once nothing of it was found to be kept.
                            attempt(() -> incidents.add(
                                    Incident.of(IncidentCause.OPERATOR, "look", timeNs(0), MINUTE_NS, MINUTE_NS)));
                            return timeNs(LONG_AFTER);
                        },
                        deletion -> deleted.add(deletion.text()),
                        errors::add)
                .run();

        assertThat(deleted).isEmpty();
        assertThat(old.sequences()).hasSize(MESSAGES);
        try (Stream<Path> left = Files.list(data.resolve(Retention.DELETED))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldKeepASegmentThatSomebodyAsksForWhileItIsRead() throws Exception {
        nowNs = timeNs(1_500) + MINUTE_NS;
        final IncidentFiles incidents = new IncidentFiles(session.incidents());

        new Retention(
                        data,
                        ID,
                        BY_AGE,
                        () -> nowNs,
                        deletion -> deleted.add(deletion.text()),
                        errors::add,
                        (archive, recording, basePosition) -> {
                            attempt(() -> incidents.add(
                                    Incident.of(IncidentCause.OPERATOR, "look", timeNs(0), MINUTE_NS, MINUTE_NS)));
                            return SegmentContent.of(archive, recording, basePosition);
                        })
                .run();

        assertThat(deleted).isEmpty();
        assertThat(new PurgeLedger(session.archive()).segments()).isEmpty();
        assertThat(old.sequences()).hasSize(MESSAGES);
    }

    @Test
    void shouldKeepWhatSomebodyAsksForMeanwhile() throws Exception {
        final Retention retention = new Retention(
                data,
                ID,
                BY_AGE,
                () -> timeNs(LONG_AFTER),
                deletion -> {
                    deleted.add(deletion.text());
                    attempt(() -> new IncidentFiles(session.incidents())
                            .add(Incident.of(IncidentCause.OPERATOR, "all", timeNs(0), MINUTE_NS, MINUTE_NS)));
                },
                errors::add);
        retention.run();
        assertThat(deleted).hasSize(1);
    }

    /** By age alone: what was captured a minute before the message of that number, and later, is kept. */
    private void retain(final String ownSession, final long sequence) throws IOException {
        nowNs = timeNs(sequence) + MINUTE_NS;
        modified(session.root(), TestMessages.START_NS);
        retention(ownSession, BY_AGE).run();
    }

    private Retention retention(final String ownSession, final RetentionConfig config) {
        return new Retention(
                data, ownSession, config, () -> nowNs, deletion -> deleted.add(deletion.text()), errors::add);
    }

    private static void attempt(final Writing writing) {
        try {
            writing.run();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}

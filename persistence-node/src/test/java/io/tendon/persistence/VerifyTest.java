package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of sessions that a real recorder made, whole and with every kind of byte changed. */
class VerifyTest {
    private static final int FLIPS = 200;
    private static final int KILLS = 10;
    private static final List<StreamDescriptor> STREAMS =
            List.of(StreamCatalog.CONTROL_STATE, StreamCatalog.FUSION_STATE, StreamCatalog.CONTROL_EVENT);

    @TempDir
    private Path data = Path.of("unset");

    private final TestRobot robot = new TestRobot();

    @AfterEach
    void stopRobot() {
        robot.close();
    }

    @Test
    void shouldFindEachFlippedByteOfAClosedSessionWithOverlapsAndSeveralLives()
            throws IOException, InterruptedException {
        Process recorder = robot.launchRecorder(data);
        try (Writers writers = new Writers(robot)) {
            recorder = killAndRestart(recorder, 300);
            recorder = killAndRestart(recorder, 600);
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, 900);
            writers.end();
        }
        try (Writers writers = new Writers(robot)) {
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, 1_200);
            writers.end();
        }
        recorder.destroy();
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());

        final VerifyReport report = verify(directory);

        assertThat(report.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(report.state()).isEqualTo(SessionState.CLOSED);
        assertThat(report.missingExplained()).isZero();
        assertThat(report.recordings()).isGreaterThan(report.writerLives());
        assertThat(report.findings())
                .filteredOn(finding -> finding.text().contains("persistence was silent"))
                .hasSize(2)
                .allMatch(finding -> finding.text().contains("its process died and was started again"));
        assertThat(robot.run(data, "verify")).last().asString().startsWith("whole: ");
        flip(directory);
    }

    @Test
    void shouldFindEachFlippedByteOfASessionWhoseRecorderWasKilled() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        try (Writers writers = new Writers(robot)) {
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, 2_000);
            recorder.destroyForcibly();
            recorder.waitFor();
            writers.end();
        }
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());

        assertThat(verify(directory).state()).isEqualTo(SessionState.INTERRUPTED);
        assertThat(robot.run(data, "verify")).last().asString().startsWith("whole as far as it goes: ");
        flip(directory);
    }

    @Test
    void shouldFindNothingWrongWithSessionsWhoseRecorderWasKilledAtAnyTime() throws IOException, InterruptedException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            try (TestRobot own = new TestRobot()) {
                final Process recorder = own.launchRecorder(data);
                try (Writers writers = new Writers(own)) {
                    own.awaitRecorded(StreamCatalog.CONTROL_STATE, 1 + random.nextInt(700));
                    recorder.destroyForcibly();
                    recorder.waitFor();
                    writers.end();
                }

                final VerifyReport report = verify(new SessionDirectory(data, own.sessionName()));

                assertThat(report.findings())
                        .as("seed=%d kill=%d", seed, kill)
                        .noneMatch(finding -> finding.severity() != Severity.NOTE);
                assertThat(report.state()).isEqualTo(SessionState.INTERRUPTED);
                assertThat(report.messages()).isPositive();
            }
        }
    }

    private Process killAndRestart(final Process recorder, final long messages)
            throws IOException, InterruptedException {
        robot.awaitRecorded(StreamCatalog.CONTROL_STATE, messages);
        recorder.destroyForcibly();
        recorder.waitFor();
        return robot.launchRecorder(data);
    }

    private static void flip(final SessionDirectory directory) throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final RecordedFrames frames = new RecordedFrames(directory);
        assertThat(frames.recordings()).isGreaterThanOrEqualTo(STREAMS.size() + 2);
        for (int round = 0; round < FLIPS; round++) {
            final RecordedFrames.Frame frame = frames.any(random);
            final int offset = frame.anyOffset(random);
            final int mask = 1 + random.nextInt(255);
            frames.flip(frame, offset, mask);

            final VerifyReport report = verify(directory);

            assertThat(report.isOk())
                    .as("seed=%d round=%d frame=%s offset=%d mask=%d", seed, round, frame, offset, mask)
                    .isFalse();
            assertThat(report.findings())
                    .as("seed=%d round=%d frame=%s offset=%d mask=%d", seed, round, frame, offset, mask)
                    .anySatisfy(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                        assertThat(finding.place().recordingId())
                                .isEqualTo(frame.recording().recordingId());
                        assertThat(finding.place().fromPosition()).isEqualTo(frame.position());
                        assertThat(finding.place().toPosition()).isEqualTo(frame.nextPosition());
                    });
            frames.flip(frame, offset, mask);
        }
        assertThat(verify(directory).isOk()).isTrue();
    }

    private static VerifyReport verify(final SessionDirectory directory) {
        return SessionVerifier.verify(Session.open(directory));
    }

    /** A writer of each of a few streams, each on a thread of its own, as nodes are. */
    private static final class Writers implements AutoCloseable {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final List<TestWriter> writers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        Writers(final TestRobot robot) {
            for (final StreamDescriptor stream : STREAMS) {
                final TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), stream);
                writers.add(writer);
                // At no more than the stream's own rate, so that a recorder that is slow to start again loses nothing.
                final long periodNs = (long) (1e9 / stream.messagesPerSecond());
                final Thread thread = new Thread(() -> writer.publishUntil(isOver, periodNs), stream.name());
                threads.add(thread);
                thread.start();
            }
        }

        void end() throws InterruptedException {
            isOver.set(true);
            for (final Thread thread : threads) {
                thread.join();
            }
            assertThat(writers).allMatch(writer -> writer.refused() == 0);
        }

        @Override
        public void close() {
            isOver.set(true);
            writers.forEach(TestWriter::close);
        }
    }
}

package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of a recording counts: over several files, in padding, at the ends. */
class ByteFlipTest {
    private static final int FLIPS = 200;

    @TempDir
    private static Path dir = Path.of("unset");

    private static SessionDirectory closed = new SessionDirectory(Path.of("unset"), "unset");
    private static SessionDirectory killed = new SessionDirectory(Path.of("unset"), "unset");

    @BeforeAll
    static void record() throws IOException {
        try (RecordedSession session = new RecordedSession(dir)) {
            session.record(StreamCatalog.CONTROL_STATE, StreamCatalog.CONTROL_EVENT);
            try (ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = session.writer(StreamCatalog.CONTROL_EVENT)) {
                for (int i = 0; i < 700; i++) {
                    session.publish(states, TestMessages.jointState(i));
                    session.publish(
                            events,
                            TestMessages.event(
                                    i, TestMessages.START_NS + i * TestMessages.PERIOD_NS, "x".repeat(i % 40)));
                }
                session.awaitRecorded(states);
                session.awaitRecorded(events);
                killed = session.kill();
            }
            closed = session.stop();
        }
    }

    @Test
    void shouldFindEachFlippedByteOfASessionThatWasEndedInOrder() throws IOException {
        flip(closed);
    }

    @Test
    void shouldFindEachFlippedByteOfASessionWhoseRecorderWasKilled() throws IOException {
        flip(killed);
    }

    @Test
    void shouldFindALengthOfPaddingThatEndsATermUnevenly() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(killed);
        final RecordedBytes.Frame padding = bytes.frames(bytes.recordings().get(0)).stream()
                .filter(frame -> frame.sequence() == -1)
                .findFirst()
                .orElseThrow();
        bytes.flip(padding.recording(), padding.position(), 1);

        assertThat(SessionVerifier.verify(Session.open(killed)).findings()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(FindingKind.Severity.ERROR);
            assertThat(finding.place().fromPosition()).isEqualTo(padding.position());
        });
        bytes.flip(padding.recording(), padding.position(), 1);
    }

    private static void flip(final SessionDirectory directory) throws IOException {
        assertThat(SessionVerifier.verify(Session.open(directory)).isOk()).isTrue();
        final RecordedBytes bytes = new RecordedBytes(directory);
        final List<RecordedBytes.Frame> frames = bytes.recordings().stream()
                .flatMap(recording -> bytes.frames(recording).stream())
                .toList();
        assertThat(frames).anyMatch(frame -> frame.sequence() == -1);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < FLIPS; round++) {
            final RecordedBytes.Frame frame = frames.get(random.nextInt(frames.size()));
            int offset = random.nextInt(frame.writtenLength() - RecordedBytes.RESERVED_LENGTH);
            offset += offset < RecordedBytes.RESERVED_OFFSET ? 0 : RecordedBytes.RESERVED_LENGTH;
            final int mask = 1 + random.nextInt(255);
            bytes.flip(frame.recording(), frame.position() + offset, mask);

            final VerifyReport report = SessionVerifier.verify(Session.open(directory));

            assertThat(report.findings())
                    .as("seed=%d round=%d frame=%s offset=%d mask=%d", seed, round, frame, offset, mask)
                    .filteredOn(finding -> finding.severity() == FindingKind.Severity.ERROR)
                    .isNotEmpty()
                    .allSatisfy(finding -> {
                        assertThat(finding.place().recordingId())
                                .isEqualTo(frame.recording().recordingId());
                        assertThat(finding.place().fromPosition()).isEqualTo(frame.position());
                        assertThat(finding.place().toPosition()).isEqualTo(frame.nextPosition());
                    });
            bytes.flip(frame.recording(), frame.position() + offset, mask);
        }
        assertThat(SessionVerifier.verify(Session.open(directory)).isOk()).isTrue();
    }
}

package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a sound session when something of its files is damaged or gone. */
class SessionVerifierTest {
    private static final int MESSAGES = 700;
    private static final int STATES = StreamCatalog.CONTROL_STATE.streamId();

    @TempDir
    private static Path shared = Path.of("unset");

    private static SessionDirectory soundClosed = new SessionDirectory(Path.of("unset"), "unset");
    private static SessionDirectory soundKilled = new SessionDirectory(Path.of("unset"), "unset");

    @TempDir
    private Path own = Path.of("unset");

    private SessionDirectory closed = soundClosed;
    private SessionDirectory killed = soundKilled;

    @BeforeAll
    static void record() throws IOException {
        try (RecordedSession session = new RecordedSession(shared)) {
            session.record(
                    StreamCatalog.CONTROL_STATE,
                    StreamCatalog.CONTROL_EVENT,
                    StreamCatalog.PERSISTENCE_EVENT,
                    StreamCatalog.PERSISTENCE_PROGRESS);
            try (ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = session.writer(StreamCatalog.CONTROL_EVENT);
                    ExclusivePublication losses = session.writer(StreamCatalog.PERSISTENCE_EVENT);
                    ExclusivePublication progress = session.writer(StreamCatalog.PERSISTENCE_PROGRESS)) {
                final WriterLife life = new WriterLife(STATES, states.sessionId());
                for (int i = 0; i < MESSAGES; i++) {
                    // A message is refused, and so the recorder says.
                    if (i != 3) {
                        session.publish(states, TestMessages.jointState(i));
                    }
                    session.publish(events, TestMessages.event(i));
                }
                session.publish(losses, VerifyMessages.loss(NodeId.CONTROL, 0, life, 3, 3, LossReason.ADMIN_ACTION));
                session.publish(
                        progress,
                        VerifyMessages.progress(
                                0,
                                new RecordedBytes(session.kill())
                                        .recording(STATES)
                                        .recordingId(),
                                life,
                                states.position()));
                for (final ExclusivePublication writer : List.of(states, events, losses, progress)) {
                    session.awaitRecorded(writer);
                }
                soundKilled = session.kill();
            }
            soundClosed = session.stop();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        closed = RecordedSession.copy(soundClosed, own.resolve("closed"));
        killed = RecordedSession.copy(soundKilled, own.resolve("killed"));
    }

    @Test
    void shouldFindNothingWrongWithASoundSession() {
        final VerifyReport report = verify(closed);

        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(FindingKind.EXPLAINED_LOSS, FindingKind.SKEW);
        assertThat(report.isOk()).isTrue();
        assertThat(report.messages()).isEqualTo(2 * MESSAGES - 1 + 1 + 1);
        assertThat(report.missingExplained()).isEqualTo(1);
        assertThat(report.missingUnexplained()).isZero();
    }

    @Test
    void shouldOnlyNoteThatASessionWasInterrupted() {
        final VerifyReport report = verify(killed);

        assertThat(report.isOk()).isTrue();
        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(FindingKind.EXPLAINED_LOSS, FindingKind.INTERRUPTED, FindingKind.SKEW);
    }

    @Test
    void shouldSayWhereAndWhenAFrameIsDamagedAndWhatItHeld() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(closed);
        final RecordedBytes.Frame frame = frame(bytes, 200);
        bytes.flip(frame.recording(), frame.position() + 100, 1);

        final VerifyReport report = verify(closed);

        assertThat(errors(report)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
            assertThat(finding.place())
                    .isEqualTo(new Place(
                            STATES,
                            "control.state",
                            frame.recording().recordingId(),
                            frame.recording().sessionId(),
                            frame.position(),
                            frame.nextPosition()));
            assertThat(finding.missing()).isEqualTo(new SequenceRange(200, 200));
            assertThat(finding.times()).isEqualTo(new TimeSpan(VerifyMessages.timeNs(199), VerifyMessages.timeNs(201)));
            assertThat(finding.text()).isEqualTo("CRC32C mismatch: 1 message (sequence 200) lost");
        });
        assertThat(report.missingUnexplained()).isEqualTo(1);
    }

    @Test
    void shouldFindEachFrameLengthThatIsNotThatOfItsMessage() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(closed);
        final RecordedBytes.Frame frame = frame(bytes, StreamCatalog.CONTROL_EVENT.streamId(), 200);
        assertThat(bytes.lengthMasks(frame)).hasSizeGreaterThan(20);
        for (final int mask : bytes.lengthMasks(frame)) {
            bytes.flip(frame.recording(), frame.position(), mask);

            assertThat(errors(verify(closed)))
                    .as("mask %d", mask)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kind()).isEqualTo(FindingKind.WRONG_LENGTH);
                        assertThat(finding.place().fromPosition()).isEqualTo(frame.position());
                        assertThat(finding.place().toPosition()).isEqualTo(frame.nextPosition());
                    });
            bytes.flip(frame.recording(), frame.position(), mask);
        }
    }

    @Test
    void shouldFindEachBitOfTheHeadersOfMessagesAndPadding() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(closed);
        final List<RecordedBytes.Frame> frames = bytes.frames(bytes.recording(STATES));
        final RecordedBytes.Frame padding = frames.stream()
                .filter(frame -> frame.sequence() == -1)
                .findFirst()
                .orElseThrow();
        for (final RecordedBytes.Frame frame : List.of(frames.get(0), padding, frames.get(frames.size() - 1))) {
            for (int bit = 0; bit < RecordedBytes.RESERVED_OFFSET * Byte.SIZE; bit++) {
                bytes.flip(frame.recording(), frame.position() + bit / Byte.SIZE, 1 << bit % Byte.SIZE);
                assertThat(errors(verify(closed)))
                        .as("%s bit %d", frame, bit)
                        .singleElement()
                        .satisfies(finding ->
                                assertThat(finding.place().fromPosition()).isEqualTo(frame.position()));
                bytes.flip(frame.recording(), frame.position() + bit / Byte.SIZE, 1 << bit % Byte.SIZE);
            }
        }
    }

    @Test
    void shouldFindDamageAtTheEndOfWhatAKilledRecorderHadCounted() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(killed);
        final RecordedBytes.Frame last = frame(bytes, MESSAGES - 1);
        bytes.flip(last.recording(), last.position() + 100, 1);

        assertThat(errors(verify(killed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(MESSAGES - 1, MESSAGES - 1));
        });
    }

    @Test
    void shouldFindDamageAtTheEndOfWhatWasFlushedWhenTheManifestIsGone() throws IOException {
        Files.delete(killed.manifest());
        final RecordedBytes bytes = new RecordedBytes(killed);
        final RecordedBytes.Frame last = frame(bytes, MESSAGES - 1);
        bytes.flip(last.recording(), last.position() + 100, 1);

        assertThat(errors(verify(killed))).extracting(Finding::kind).containsExactly(FindingKind.DAMAGED_FRAME);
    }

    @Test
    void shouldTakeAnIncompleteFrameBehindWhatWasCountedForTheEnd() throws IOException {
        Files.delete(killed.manifest());
        final RecordedBytes bytes = new RecordedBytes(killed);
        final RecordingDescriptor recording = bytes.recording(StreamCatalog.CONTROL_EVENT.streamId());
        final List<RecordedBytes.Frame> frames = bytes.frames(recording);
        final RecordedBytes.Frame last = frames.get(frames.size() - 1);
        bytes.flip(recording, last.position() + 40, 1);

        final VerifyReport report = verify(killed);

        assertThat(report.isOk()).isTrue();
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.TORN_END)
                .singleElement()
                .satisfies(finding -> assertThat(finding.place().fromPosition()).isEqualTo(last.position()));
    }

    @Test
    void shouldFindAHoleBehindWhatWasCountedWhenGoodFramesFollow() throws IOException {
        Files.delete(killed.manifest());
        final RecordedBytes bytes = new RecordedBytes(killed);
        final RecordingDescriptor recording = bytes.recording(StreamCatalog.CONTROL_EVENT.streamId());
        final List<RecordedBytes.Frame> frames = bytes.frames(recording);
        final RecordedBytes.Frame hole = frames.get(frames.size() - 3);
        bytes.write(recording, hole.position(), new byte[hole.writtenLength()]);

        assertThat(errors(verify(killed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
            assertThat(finding.place().fromPosition()).isEqualTo(hole.position());
            assertThat(finding.place().toPosition()).isEqualTo(hole.nextPosition());
        });
    }

    @Test
    void shouldFindAFileThatIsCutOffOrGone() throws IOException {
        final RecordingDescriptor recording = new RecordedBytes(closed).recording(STATES);
        final Path second = recording.segmentFile(closed.archive(), RecordedArchive.LENGTH_BYTES);
        try (FileChannel file = FileChannel.open(second, StandardOpenOption.WRITE)) {
            file.truncate(1000);
        }
        assertThat(errors(verify(closed))).extracting(Finding::kind).containsExactly(FindingKind.DAMAGED_FRAME);

        Files.delete(second);
        assertThat(errors(verify(closed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
            assertThat(finding.place().fromPosition()).isEqualTo(RecordedArchive.LENGTH_BYTES);
            assertThat(finding.place().toPosition()).isEqualTo(2L * RecordedArchive.LENGTH_BYTES);
        });
    }

    @Test
    void shouldFindThatTheArchiveIsGone() throws IOException {
        org.agrona.IoUtil.delete(closed.archive().toFile(), false);

        assertThat(errors(verify(closed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.MISSING_FILES);
            assertThat(finding.text()).contains("are gone: 0 1 2 3");
        });
    }

    @Test
    void shouldFindThatTheManifestCountedMoreThanThereIs() throws IOException {
        final SessionManifest manifest = Session.open(closed).manifest();
        SessionManifestFile.write(
                closed.manifest(),
                manifest.withRecordings(
                        manifest.recordings().stream()
                                .map(entry -> entry.streamId() == STATES
                                        ? entry.counted(
                                                entry.messages() + 2,
                                                entry.missing(),
                                                entry.countedPosition(),
                                                entry.nextSequence() + 2,
                                                entry.stopPosition())
                                        : entry)
                                .toList(),
                        manifest.endedNs()));

        assertThat(errors(verify(closed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNEXPLAINED_LOSS);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(MESSAGES, MESSAGES + 1));
        });
    }

    @Test
    void shouldFindThatManifestAndCatalogDoNotAgree() throws IOException {
        final SessionManifest manifest = Session.open(closed).manifest();
        final RecordingDescriptor recording = new RecordedBytes(closed).recording(STATES);
        SessionManifestFile.write(
                closed.manifest(),
                manifest.withRecordings(
                        manifest.recordings().stream()
                                .map(entry -> entry.streamId() == STATES ? stopped(entry, 64) : entry)
                                .toList(),
                        manifest.endedNs()));

        assertThat(errors(verify(closed)))
                .extracting(finding -> finding.kind() + " " + finding.place().fromPosition())
                .containsExactly(
                        "CATALOG_MISMATCH " + recording.stopPosition(), "DAMAGED_FRAME " + recording.stopPosition());
    }

    @Test
    void shouldFindEachByteOfTheCatalogThatItsChecksumCovers() throws IOException {
        final Path catalog = closed.archive().resolve("archive.catalog");
        final byte[] sound = Files.readAllBytes(catalog);
        final int length = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(32);
        for (int offset = 64; offset < 64 + length; offset++) {
            final byte[] bytes = sound.clone();
            bytes[offset] ^= 1;
            Files.write(catalog, bytes);

            assertThat(verify(closed).findings())
                    .as("byte %d", offset)
                    .anyMatch(finding -> finding.severity() != Severity.NOTE
                            && finding.text().contains("archive.catalog: "));
        }
    }

    @Test
    void shouldWarnOfWhatIsMadeUpFor() throws IOException {
        Files.delete(closed.schema());
        Files.delete(closed.manifest());
        Files.delete(closed.archive().resolve("archive.catalog"));

        final VerifyReport report = verify(closed);

        assertThat(errors(report)).isEmpty();
        assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == Severity.WARNING)
                .extracting(Finding::text)
                .hasSize(3)
                .anyMatch(text -> text.contains("archive.catalog"))
                .anyMatch(text -> text.contains("manifest.properties"))
                .anyMatch(text -> text.contains("tendon-messages.sbeir"));
        assertThat(report.missingExplained()).isEqualTo(1);
    }

    @Test
    void shouldKnowWhereRecordingsEndFromTheManifestWhenTheCatalogIsGone() throws IOException {
        Files.delete(closed.archive().resolve("archive.catalog"));
        assertThat(verify(closed).isOk()).isTrue();
        final RecordedBytes bytes = new RecordedBytes(soundClosed);
        final RecordedBytes.Frame last = frame(bytes, MESSAGES - 1);
        new RecordedBytes(closed).flip(last.recording(), last.position() + 100, 1);

        assertThat(errors(verify(closed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
            assertThat(finding.place().sessionId()).isEqualTo(last.recording().sessionId());
        });
    }

    @Test
    void shouldNotTrustASchemaThatIsNotTheOneItSaysItIs() throws IOException {
        final byte[] schema = Files.readAllBytes(closed.schema());
        final int index = new String(schema, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("missedCycles");
        schema[index] ^= 1;
        Files.write(closed.schema(), schema);

        assertThat(errors(verify(closed))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.SCHEMA_MISMATCH);
            assertThat(finding.text()).contains("JointState");
        });
    }

    @Test
    void shouldReportWhatTheRecorderKnewToBeUnrecorded() throws IOException {
        RecordedSession.unrecorded(closed, new UnrecordedTail(STATES, "control.state", 12, 0));

        final VerifyReport report = verify(closed);

        assertThat(errors(report)).extracting(Finding::kind).containsExactly(FindingKind.UNEXPLAINED_LOSS);
        assertThat(report.missingUnexplained()).isEqualTo(12);
    }

    private static RecordingEntry stopped(final RecordingEntry entry, final long moreBytes) {
        return new RecordingEntry(
                entry.recordingId(),
                entry.streamId(),
                entry.streamName(),
                entry.sessionId(),
                entry.startPosition(),
                entry.stopPosition() + moreBytes,
                true,
                entry.startTimeMs(),
                entry.stopTimeMs(),
                entry.messages(),
                entry.missing(),
                entry.countedPosition(),
                entry.nextSequence());
    }

    private static RecordedBytes.Frame frame(final RecordedBytes bytes, final long sequence) {
        return frame(bytes, STATES, sequence);
    }

    private static RecordedBytes.Frame frame(final RecordedBytes bytes, final int streamId, final long sequence) {
        return bytes.frames(bytes.recording(streamId)).stream()
                .filter(frame -> frame.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    private static VerifyReport verify(final SessionDirectory directory) {
        return SessionVerifier.verify(Session.open(directory));
    }

    private static List<Finding> errors(final VerifyReport report) {
        assertThat(report.isOk()).isEqualTo(report.count(Severity.ERROR) == 0);
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}

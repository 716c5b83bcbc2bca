package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveListingTest {
    @TempDir
    private static Path recorded = Path.of("unset");

    @TempDir
    private Path dir = Path.of("unset");

    /** Recording 0 from the beginning over several segments, 1 of the same writer from the middle, 2 of another. */
    @BeforeAll
    static void record() throws IOException {
        try (RecordedArchive archive = new RecordedArchive(recorded)) {
            final long first = archive.record(1002, "control.event", 1);
            try (ExclusivePublication events = archive.publication(1002);
                    ExclusivePublication states = archive.publication(1001)) {
                publish(archive, events, 0, 1_500);
                archive.awaitRecorded(events, 1);
                archive.stopRecording(first);
                archive.record(1002, "control.event", 2);
                publish(archive, events, 1_500, 3_000);
                archive.awaitRecorded(events, 1);
                archive.record(1001, "control.state", 1);
                for (int i = 0; i < 20; i++) {
                    archive.publish(states, TestMessages.jointState(i));
                }
                archive.awaitRecorded(states, 1);
                archive.copyWhileRunning(recorded.resolve("copy"));
            }
        }
    }

    @Test
    void shouldSayWhatTheCatalogSaysWithoutAWord() throws IOException {
        copy();

        final ArchiveListing listing = ArchiveListing.of(dir);

        assertThat(listing.warnings()).isEmpty();
        assertThat(listing.recordings()).hasSize(3).isEqualTo(ArchiveCatalog.recordings(dir));
    }

    @Test
    void shouldReadTheSameMessagesWithoutACatalogAndSayThatItIsGone() throws IOException {
        copy();
        final List<RecordingDescriptor> known = ArchiveCatalog.recordings(dir);
        final List<String> events = messages(known, 1002);
        final List<String> states = messages(known, 1001);
        Files.delete(dir.resolve(ArchiveCatalog.FILE_NAME));

        final ArchiveListing listing = ArchiveListing.of(dir);

        assertThat(listing.warnings()).singleElement().asString().contains("archive.catalog: is missing", "0 1 2");
        assertThat(listing.recordings())
                .extracting(
                        RecordingDescriptor::recordingId,
                        RecordingDescriptor::streamName,
                        RecordingDescriptor::startPosition,
                        RecordingDescriptor::initialTermId,
                        RecordingDescriptor::termLengthBytes)
                .isEqualTo(known.stream()
                        .map(recording -> org.assertj.core.groups.Tuple.tuple(
                                recording.recordingId(),
                                recording.streamName(),
                                recording.startPosition(),
                                recording.initialTermId(),
                                recording.termLengthBytes()))
                        .toList());
        assertThat(messages(listing.recordings(), 1002)).hasSize(3_000).isEqualTo(events);
        assertThat(messages(listing.recordings(), 1001)).hasSize(20).isEqualTo(states);
    }

    @Test
    void shouldReadTheSameMessagesWithACatalogThatIsCutOff() throws IOException {
        copy();
        final byte[] catalog = Files.readAllBytes(dir.resolve(ArchiveCatalog.FILE_NAME));
        for (final int lengthBytes : new int[] {0, 5, 100, 300}) {
            Files.write(dir.resolve(ArchiveCatalog.FILE_NAME), Arrays.copyOf(catalog, lengthBytes));

            final ArchiveListing listing = ArchiveListing.of(dir);

            assertThat(listing.warnings()).as("%d bytes", lengthBytes).hasSize(1);
            assertThat(messages(listing.recordings(), 1001))
                    .as("%d bytes", lengthBytes)
                    .hasSize(20);
        }
    }

    @Test
    void shouldTakeTheWordOfMostFramesWithoutACatalog() throws IOException {
        copy();
        final List<String> states = messages(ArchiveCatalog.recordings(dir), 1001);
        Files.delete(dir.resolve(ArchiveCatalog.FILE_NAME));
        final Path segment = dir.resolve("2-0.rec");
        final byte[] sound = Files.readAllBytes(segment);
        for (final int offset : new int[] {2, 5, 8, 16, 20}) {
            final byte[] bytes = sound.clone();
            bytes[offset] ^= 1;
            Files.write(segment, bytes);

            final RecordingDescriptor recording = ArchiveListing.of(dir).recordings().stream()
                    .filter(one -> one.recordingId() == 2)
                    .findFirst()
                    .orElseThrow();

            assertThat(recording.streamId()).as("byte %d", offset).isEqualTo(1001);
            assertThat(recording.startPosition()).isZero();
            try (RecordingReader reader = new RecordingReader(dir, recording, DamageListener.IGNORED)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.message().sequence()).as("byte %d", offset).isOne();
            }
        }
        Files.write(segment, sound);
        assertThat(messages(ArchiveListing.of(dir).recordings(), 1001)).isEqualTo(states);
    }

    @Test
    void shouldListNoRecordingWhoseFramesSayAsOftenThisStreamAsThat() throws IOException {
        copy();
        Files.delete(dir.resolve(ArchiveCatalog.FILE_NAME));
        final Path segment = dir.resolve("2-0.rec");
        final byte[] bytes = Files.readAllBytes(segment);
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int secondFrame = BitUtil.align(header.getInt(0), 32);
        header.putInt(16, 1002);
        Arrays.fill(bytes, 2 * secondFrame, bytes.length, (byte) 0);
        Files.write(segment, bytes);

        final ArchiveListing listing = ArchiveListing.of(dir);

        assertThat(listing.recordings())
                .extracting(RecordingDescriptor::recordingId)
                .containsExactly(0L, 1L);
        assertThat(listing.warnings()).anyMatch(line -> line.contains("recording 2") && line.contains("stream 1001"));
    }

    @Test
    void shouldNotTakeWhatARepairHasMadeUpForTheWritersSession() throws IOException {
        copy();
        Files.delete(dir.resolve(ArchiveCatalog.FILE_NAME));
        final RecordingDescriptor recording = ArchiveListing.of(dir).recordings().stream()
                .filter(one -> one.streamId() == 1001)
                .findFirst()
                .orElseThrow();
        assertThat(recording.isSessionKnown()).isFalse();
        assertThat(SegmentEvidence.sessionId(dir, recording)).isEmpty();

        new SegmentWriter(dir, recording, DiskSteps.UNHEARD).pad(0, 640);
        assertThat(SegmentEvidence.sessionId(dir, recording)).isEmpty();

        new SegmentWriter(dir, recording.withSession(77), DiskSteps.UNHEARD).pad(0, 640);
        assertThat(SegmentEvidence.sessionId(dir, recording)).hasValue(77);
    }

    @Test
    void shouldSayThatTheWholeArchiveIsGone() {
        final ArchiveListing listing = ArchiveListing.of(dir.resolve("gone"));

        assertThat(listing.recordings()).isEmpty();
        assertThat(listing.warnings()).singleElement().asString().contains("gone: is missing");
    }

    private static void publish(
            final RecordedArchive archive, final ExclusivePublication publication, final int from, final int to) {
        for (int i = from; i < to; i++) {
            archive.publish(publication, TestMessages.event(i));
        }
    }

    private void copy() throws IOException {
        for (final java.io.File file : java.util.Objects.requireNonNull(
                recorded.resolve("copy").toFile().listFiles())) {
            Files.copy(file.toPath(), dir.resolve(file.getName()));
        }
    }

    private List<String> messages(final List<RecordingDescriptor> recordings, final int streamId) {
        final List<String> messages = new ArrayList<>();
        final List<Damage> damages = new ArrayList<>();
        try (StreamReader reader = new StreamReader(dir, recordings, streamId, TimeRange.ALL, damages::add)) {
            while (reader.next()) {
                messages.add(
                        reader.message().position() + " " + reader.message().sequence());
            }
        }
        assertThat(damages).isEmpty();
        return messages;
    }
}

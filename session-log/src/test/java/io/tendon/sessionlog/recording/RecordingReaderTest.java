package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
    private static final int MESSAGES = 1_500;

    /** As a recorder that was stopped in order leaves it. */
    private static Path closedDir = Path.of("unset");

    /** As a recorder that was killed leaves it. */
    private static Path killedDir = Path.of("unset");

    @TempDir
    private static Path shared = Path.of("unset");

    @TempDir
    private Path own = Path.of("unset");

    private final List<Damage> damages = new ArrayList<>();

    @BeforeAll
    static void record() throws IOException {
        try (RecordedArchive archive = new RecordedArchive(shared)) {
            archive.record(1002, "control.event", 1);
            try (ExclusivePublication publication = archive.publication(1002)) {
                for (int i = 0; i < MESSAGES; i++) {
                    archive.publish(publication, TestMessages.event(i));
                }
                archive.awaitRecorded(publication, 1);
                killedDir = archive.copyWhileRunning(shared.resolve("killed"));
            }
            closedDir = archive.archiveDir();
        }
    }

    @Test
    void shouldReadEveryMessageInOrderOverSeveralSegments() throws IOException {
        assertThat(segments(closedDir)).hasSizeGreaterThan(2);
        assertThat(sequences(closedDir))
                .containsExactlyElementsOf(LongStream.range(0, MESSAGES).boxed().toList());
        assertThat(damages).isEmpty();
    }

    @Test
    void shouldTakeTheEndOfWhatWasWrittenForTheEndWhenTheRecorderWasKilled() {
        assertThat(recording(killedDir).isOpen()).isTrue();
        assertThat(sequences(killedDir))
                .containsExactlyElementsOf(LongStream.range(0, MESSAGES).boxed().toList());
        assertThat(damages).isEmpty();
    }

    @Test
    void shouldNameTheStreamAsItWasRecorded() {
        assertThat(recording(closedDir).streamName()).isEqualTo("control.event");
        assertThat(recording(closedDir).streamId()).isEqualTo(1002);
    }

    @Test
    void shouldEndQuietlyBeforeATornLastFrameOfAKilledRecording() throws IOException {
        final Path dir = copy(killedDir);
        final Frame last = frames(dir).get(MESSAGES - 1);
        overwrite(dir, last.position() + 40, new byte[8]);

        assertThat(sequences(dir)).hasSize(MESSAGES - 1);
        assertThat(damages).isEmpty();
    }

    @Test
    void shouldEndQuietlyWhereTheFileOfAKilledRecordingIsCutOff() throws IOException {
        final Path dir = copy(killedDir);
        final Frame third = frames(dir).get(MESSAGES - 3);
        final RecordingDescriptor recording = recording(dir);
        final long base = recording.segmentBasePosition(third.position());
        try (FileChannel file = FileChannel.open(recording.segmentFile(dir, base), StandardOpenOption.WRITE)) {
            file.truncate(third.position() - base + 20);
        }

        assertThat(sequences(dir)).hasSize(MESSAGES - 3);
        assertThat(damages).isEmpty();
    }

    @Test
    void shouldReportAHoleInTheMiddleAndReadOnBehindIt() throws IOException {
        final Path dir = copy(killedDir);
        final List<Frame> frames = frames(dir);
        final long from = frames.get(100).position();
        final long to = frames.get(110).position();
        overwrite(dir, from, new byte[(int) (to - from)]);

        final List<Long> sequences = sequences(dir);

        assertThat(sequences).hasSize(MESSAGES - 10).doesNotContain(100L, 109L).contains(99L, 110L);
        assertThat(damages).singleElement().satisfies(damage -> {
            assertThat(damage.fromPosition()).isEqualTo(from);
            assertThat(damage.toPosition()).isEqualTo(to);
            assertThat(damage.fault()).isEqualTo(FrameFault.UNWRITTEN);
        });
    }

    @Test
    void shouldReportAMissingSegmentAndReadOnBehindIt() throws IOException {
        final Path dir = copy(closedDir);
        final RecordingDescriptor recording = recording(dir);
        Files.delete(recording.segmentFile(dir, RecordedArchive.LENGTH_BYTES));

        final List<Long> sequences = sequences(dir);

        assertThat(sequences).startsWith(0L).endsWith(MESSAGES - 1L).hasSizeLessThan(MESSAGES);
        assertThat(damages).singleElement().satisfies(damage -> {
            assertThat(damage.fromPosition()).isEqualTo(RecordedArchive.LENGTH_BYTES);
            assertThat(damage.toPosition()).isEqualTo(2L * RecordedArchive.LENGTH_BYTES);
            assertThat(damage.fault()).isEqualTo(FrameFault.CUT_OFF);
        });
    }

    @Test
    void shouldReportFramesOfAnotherPositionThoughTheirChecksumIsRight() throws IOException {
        final Path dir = copy(closedDir);
        final List<Frame> frames = frames(dir);
        final Frame source = frames.get(300);
        final Frame target = frames.get(200);
        assertThat(source.lengthBytes()).isEqualTo(target.lengthBytes());
        overwrite(dir, target.position(), read(dir, source.position(), source.lengthBytes()));

        assertThat(sequences(dir)).hasSize(MESSAGES - 1).doesNotContain(200L);
        assertThat(damages)
                .singleElement()
                .satisfies(damage -> assertThat(damage.fault()).isEqualTo(FrameFault.MISPLACED));
    }

    @Test
    void shouldFindEachFlippedByteOfPayloadsAndCheckedHeaderFields() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Frame> frames = frames(closedDir);
        final Path dir = copy(closedDir);
        for (int round = 0; round < 200; round++) {
            final int index = random.nextInt(frames.size());
            final Frame frame = frames.get(index);
            // Nothing covers the reserved value, bytes 24 to 31, and the length below its alignment to 32 bytes.
            int offset = random.nextInt(frame.lengthBytes() - 8);
            offset = offset < 24 ? offset : offset + 8;
            final int bit = offset == 0 ? 5 + random.nextInt(3) : random.nextInt(8);
            final byte[] original = read(dir, frame.position() + offset, 1);
            overwrite(dir, frame.position() + offset, new byte[] {(byte) (original[0] ^ (1 << bit))});

            damages.clear();
            final List<Long> sequences = sequences(dir);

            assertThat(damages)
                    .as("seed=%d round=%d frame=%d offset=%d", seed, round, index, offset)
                    .isNotEmpty()
                    .allMatch(damage -> damage.fromPosition() == frame.position());
            assertThat(sequences).hasSize(MESSAGES - 1).doesNotContain((long) index);
            overwrite(dir, frame.position() + offset, original);
        }
    }

    @Test
    void shouldNotReadBehindTheRecorder() {
        final Frame frame = frames(killedDir).get(700);
        final List<Long> sequences = new ArrayList<>();
        try (RecordingReader reader = reader(killedDir)) {
            reader.limit(frame.position());
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
            assertThat(sequences).hasSize(700);

            reader.limit(frame.position() + frame.lengthBytes());
            assertThat(reader.next()).isTrue();
            assertThat(reader.message().sequence()).isEqualTo(700);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldBeginInTheRightSegmentWhenSearchingATime() {
        final List<Frame> frames = frames(closedDir);
        for (int wanted = 0; wanted < MESSAGES; wanted += 37) {
            try (RecordingReader reader = reader(closedDir)) {
                reader.seekTime(TestMessages.START_NS + wanted * TestMessages.PERIOD_NS);
                assertThat(reader.next()).isTrue();
                final Frame frame = frames.get(wanted);
                assertThat(reader.message().sequence()).isLessThanOrEqualTo(wanted);
                assertThat(frame.position() - reader.message().position())
                        .isLessThanOrEqualTo(RecordedArchive.LENGTH_BYTES);
            }
        }
    }

    @Test
    void shouldFindTheEndBehindSegmentsThatWereDeletedToMakeRoom() throws IOException {
        final Path dir = copy(killedDir);
        final RecordingEnd before = RecordingEnd.find(dir, recording(dir));
        purge(dir, 0);
        purge(dir, RecordedArchive.LENGTH_BYTES);

        assertThat(RecordingEnd.find(dir, recording(dir))).isEqualTo(before);
        assertThat(before.basePosition()).isGreaterThanOrEqualTo(2L * RecordedArchive.LENGTH_BYTES);
    }

    @Test
    void shouldReadOnBehindASegmentThatIsDeletedToMakeRoomMeanwhile() throws IOException {
        final Path dir = copy(closedDir);
        final List<Long> sequences = new ArrayList<>();
        try (RecordingReader reader = reader(dir)) {
            while (reader.next() && reader.message().position() < RecordedArchive.LENGTH_BYTES / 2) {
                sequences.add(reader.message().sequence());
            }
            purge(dir, RecordedArchive.LENGTH_BYTES);
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        assertThat(damages).isEmpty();
        assertThat(sequences).contains(0L, MESSAGES - 1L).hasSizeLessThan(MESSAGES - 100);
    }

    @Test
    void shouldGiveOutNothingMoreOfADeletedSegmentOnceThatIsKnown() throws IOException {
        final Path dir = copy(closedDir);
        try (RecordingReader reader = reader(dir)) {
            assertThat(reader.next()).isTrue();
            purge(dir, 0);
            reader.update(recording(dir));
            assertThat(reader.next()).isTrue();
            assertThat(reader.message().position()).isEqualTo(RecordedArchive.LENGTH_BYTES);
        }
        assertThat(damages).isEmpty();
    }

    /** As retention deletes a segment. */
    private static void purge(final Path dir, final long base) throws IOException {
        final RecordingDescriptor recording = recording(dir);
        new PurgeLedger(dir)
                .add(new PurgedSegment(
                        recording.recordingId(), base, base + recording.segmentLengthBytes(), 1, 0, 0, 0, 0));
        Files.delete(recording.segmentFile(dir, base));
    }

    private List<Long> sequences(final Path dir) {
        final List<Long> sequences = new ArrayList<>();
        try (RecordingReader reader = reader(dir)) {
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        return sequences;
    }

    private RecordingReader reader(final Path dir) {
        return new RecordingReader(dir, recording(dir), damages::add);
    }

    private List<Frame> frames(final Path dir) {
        final List<Frame> frames = new ArrayList<>();
        try (RecordingReader reader = reader(dir)) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                frames.add(new Frame(message.position(), (int) (message.nextPosition() - message.position())));
            }
        }
        return frames;
    }

    private static RecordingDescriptor recording(final Path dir) {
        return ArchiveCatalog.recordings(dir).get(0);
    }

    private static List<Path> segments(final Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".rec")).toList();
        }
    }

    private Path copy(final Path from) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, own.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return own;
    }

    private static byte[] read(final Path dir, final long position, final int lengthBytes) throws IOException {
        final RecordingDescriptor recording = recording(dir);
        final long base = recording.segmentBasePosition(position);
        final ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
        try (FileChannel file = FileChannel.open(recording.segmentFile(dir, base), StandardOpenOption.READ)) {
            file.read(bytes, position - base);
        }
        return bytes.array();
    }

    private static void overwrite(final Path dir, final long position, final byte[] bytes) throws IOException {
        final RecordingDescriptor recording = recording(dir);
        final long base = recording.segmentBasePosition(position);
        try (FileChannel file = FileChannel.open(recording.segmentFile(dir, base), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position - base);
        }
    }

    /** Where a message's frame stands. */
    private record Frame(long position, int lengthBytes) {}
}

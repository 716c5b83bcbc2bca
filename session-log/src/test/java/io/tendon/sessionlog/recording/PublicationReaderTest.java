package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationReaderTest {
    private static final int MESSAGES = 600;

    @TempDir
    private static Path shared = Path.of("unset");

    private static Path dir = Path.of("unset");

    private final List<Damage> damages = new ArrayList<>();

    /** Two recordings of one publication that overlap, and a second writer on the same stream. */
    @BeforeAll
    static void record() throws IOException {
        try (RecordedArchive archive = new RecordedArchive(shared)) {
            final long first = archive.record(1002, "control.event", 1);
            try (ExclusivePublication publication = archive.publication(1002)) {
                publish(archive, publication, 0, 200);
                archive.awaitRecorded(publication, 1);
                archive.record(1002, "control.event", 2);
                publish(archive, publication, 200, 400);
                archive.awaitRecorded(publication, 2);
                archive.stopRecording(first);
                publish(archive, publication, 400, MESSAGES);
                archive.awaitRecorded(publication, 1);
            }
            try (ExclusivePublication publication = archive.publication(1002)) {
                publish(archive, publication, 0, 50);
                archive.awaitRecorded(publication, 1);
                dir = archive.copyWhileRunning(shared.resolve("copy"));
            }
        }
    }

    @Test
    void shouldGiveEachMessageOnceWhenRecordingsOverlap() {
        final List<RecordingDescriptor> recordings = ArchiveCatalog.recordings(dir);
        assertThat(recordings).hasSize(3);
        assertThat(recordings.get(1).startPosition())
                .isLessThan(recordings.get(0).stopPosition());

        assertThat(firstWriter()).containsExactlyElementsOf(numbers(MESSAGES));
    }

    @Test
    void shouldTakeFromTheOtherRecordingWhatOneHasLost() throws IOException {
        final RecordingDescriptor damaged = ArchiveCatalog.recordings(dir).get(0);
        final long position = ArchiveCatalog.recordings(dir).get(1).startPosition() + 4096;
        final long base = damaged.segmentBasePosition(position);
        final ByteBuffer saved = ByteBuffer.allocate(512);
        try (FileChannel file =
                FileChannel.open(damaged.segmentFile(dir, base), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.read(saved, position - base);
            file.write(ByteBuffer.allocate(512), position - base);

            assertThat(firstWriter()).containsExactlyElementsOf(numbers(MESSAGES));
            assertThat(damages).isNotEmpty();

            file.write(saved.flip(), position - base);
        }
    }

    @Test
    void shouldMergeTheWritersOfAStreamByCaptureTime() {
        final List<Long> times = new ArrayList<>();
        try (StreamReader reader =
                new StreamReader(dir, ArchiveCatalog.recordings(dir), 1002, TimeRange.ALL, damages::add)) {
            while (reader.next()) {
                times.add(reader.message().captureTimeNs());
            }
        }
        assertThat(times).hasSize(MESSAGES + 50).isSorted();
    }

    @Test
    void shouldGiveOutOnlyWhatWasCapturedInTheRange() {
        final TimeRange range = new TimeRange(
                TestMessages.START_NS + 300 * TestMessages.PERIOD_NS,
                TestMessages.START_NS + 310 * TestMessages.PERIOD_NS);
        final List<Long> sequences = new ArrayList<>();
        try (StreamReader reader = new StreamReader(dir, ArchiveCatalog.recordings(dir), 1002, range, damages::add)) {
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        assertThat(sequences)
                .containsExactlyElementsOf(LongStream.range(300, 310).boxed().toList());
    }

    private List<Long> firstWriter() {
        final List<RecordingDescriptor> recordings = ArchiveCatalog.recordings(dir);
        final List<Long> sequences = new ArrayList<>();
        try (PublicationReader reader = new PublicationReader()) {
            recordings.stream()
                    .filter(recording ->
                            recording.sessionId() == recordings.get(0).sessionId())
                    .forEach(recording -> reader.add(new RecordingReader(dir, recording, damages::add)));
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        return sequences;
    }

    private static List<Long> numbers(final int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static void publish(
            final RecordedArchive archive, final ExclusivePublication publication, final int from, final int to) {
        for (int i = from; i < to; i++) {
            archive.publish(publication, TestMessages.event(i));
        }
    }
}

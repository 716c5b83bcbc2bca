package io.tendon.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.PublicationReader;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an index holds of segments that are deleted while it is fed, and of which another recording holds a part. */
class IndexerPurgeTest {
    @TempDir
    private Path dir;

    private final List<String> damages = new ArrayList<>();
    private Path archiveDir = Path.of("unset");

    /** A recording from the start that is stopped in the middle, and one from the middle of a segment on. */
    @BeforeEach
    void record() {
        try (RecordedArchive archive = new RecordedArchive(dir)) {
            final long first = archive.record(1002, "control.event", 1);
            try (ExclusivePublication publication = archive.publication(1002)) {
                publish(archive, publication, 0, 1_000);
                archive.awaitRecorded(publication, 1);
                archive.record(1002, "control.event", 2);
                publish(archive, publication, 1_000, 1_050);
                archive.awaitRecorded(publication, 2);
                archive.stopRecording(first);
                publish(archive, publication, 1_050, 2_500);
                archive.awaitRecorded(publication, 1);
            }
            archiveDir = archive.archiveDir();
        }
    }

    @Test
    void shouldHoldNothingOfASegmentThatIsDeletedWhileItIsRead() throws IOException {
        final KeptPositions index = new KeptPositions();
        try (Indexer indexer = indexer(index)) {
            indexer.poll(100);
            assertThat(index.positions).hasSize(100);
            purge(recordings().get(0), 0);
            recordings().forEach(indexer::update);
            indexer.catchUp(100);
        }
        assertThat(damages).isEmpty();
        assertThat(index.positions).isEqualTo(logged()).doesNotContain(0L).hasSizeLessThan(2_200);
    }

    @Test
    void shouldHoldNothingOfASegmentThatIsMetMissing() throws IOException {
        final KeptPositions index = new KeptPositions();
        try (Indexer indexer = indexer(index)) {
            indexer.poll(100);
            purge(recordings().get(0), RecordedArchive.LENGTH_BYTES);
            indexer.catchUp(100);
            recordings().forEach(indexer::update);
            indexer.catchUp(100);
        }
        assertThat(damages).isEmpty();
        assertThat(index.positions).isEqualTo(logged()).contains(0L);
    }

    @Test
    void shouldKeepWhatAnotherRecordingHoldsOfADeletedSegment() throws IOException {
        final KeptPositions index = new KeptPositions();
        try (Indexer indexer = indexer(index)) {
            indexer.catchUp(100);
            final Set<Long> all = logged();
            assertThat(index.positions).isEqualTo(all);
            final RecordingDescriptor second = recordings().get(1);
            purge(second, second.segmentBasePosition(second.startPosition()));
            recordings().forEach(indexer::update);
            indexer.catchUp(100);
            assertThat(index.positions).isNotEqualTo(all);
        }
        assertThat(index.positions)
                .isEqualTo(logged())
                .contains(recordings().get(1).startPosition());
    }

    private Indexer indexer(final Index index) {
        final Indexer indexer = new Indexer(archiveDir, List.of(index), damage -> damages.add(damage.text()));
        recordings().forEach(indexer::update);
        return indexer;
    }

    private List<RecordingDescriptor> recordings() {
        return ArchiveCatalog.recordings(archiveDir);
    }

    /** Where messages begin that can be read. */
    private Set<Long> logged() {
        final Set<Long> positions = new TreeSet<>();
        try (PublicationReader reader = new PublicationReader()) {
            recordings()
                    .forEach(recording -> reader.add(
                            new RecordingReader(archiveDir, recording, damage -> damages.add(damage.text()))));
            while (reader.next()) {
                positions.add(reader.message().position());
            }
        }
        return positions;
    }

    /** As retention deletes a segment. */
    private void purge(final RecordingDescriptor recording, final long base) throws IOException {
        new PurgeLedger(archiveDir)
                .add(new PurgedSegment(
                        recording.recordingId(),
                        Math.max(base, recording.startPosition()),
                        base + recording.segmentLengthBytes(),
                        1,
                        0,
                        0,
                        0,
                        0));
        Files.delete(recording.segmentFile(archiveDir, base));
    }

    private static void publish(
            final RecordedArchive archive, final ExclusivePublication publication, final int from, final int to) {
        for (int i = from; i < to; i++) {
            archive.publish(publication, TestMessages.event(i));
        }
    }

    /** Keeps where messages begin, each once. */
    private static final class KeptPositions implements Index {
        private final TreeSet<Long> positions = new TreeSet<>();
        private long next;

        @Override
        public String name() {
            return "positions";
        }

        @Override
        public long position(final long publicationKey) {
            return next;
        }

        @Override
        public void onMessage(final RecordedMessage message) {
            assertThat(positions.add(message.position())).isTrue();
            next = message.nextPosition();
        }

        @Override
        public void forget(final RecordingDescriptor recording, final PurgedSegment segment) {
            positions.subSet(segment.fromPosition(), segment.toPosition()).clear();
        }

        @Override
        public void commit() {
            // What is held in memory is stored.
        }

        @Override
        public void complete() {
            // Nothing is open.
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    }
}

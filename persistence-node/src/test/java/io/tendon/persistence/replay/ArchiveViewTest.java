package io.tendon.persistence.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingOpener;
import io.tendon.sessionlog.recording.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveViewTest {
    private static final int MESSAGES = 900;

    @TempDir
    private Path dir;

    @Test
    void shouldShowWhatIsLeftBetweenDeletedSegmentsAsRecordingsByThemselves() throws Exception {
        final Path archiveDir;
        try (RecordedArchive archive = new RecordedArchive(dir)) {
            archiveDir = archive.archiveDir();
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = 0; i < MESSAGES; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.awaitRecorded(states, 1);
        }
        for (final int segment : new int[] {0, 1, 4}) {
            final long from = (long) segment * RecordedArchive.LENGTH_BYTES;
            new PurgeLedger(archiveDir)
                    .add(new PurgedSegment(0, from, from + RecordedArchive.LENGTH_BYTES, 1, segment, segment, 0, 0));
            Files.delete(archiveDir.resolve("0-" + from + ".rec"));
        }
        final List<RecordingDescriptor> recordings =
                ArchiveListing.of(archiveDir).recordings();
        try (ArchiveView view = ArchiveView.create(dir.resolve("view"), archiveDir, recordings)) {
            assertThat(view.recordings())
                    .extracting(RecordingDescriptor::startPosition)
                    .containsExactly(2L * RecordedArchive.LENGTH_BYTES, 5L * RecordedArchive.LENGTH_BYTES);
            assertThat(ArchiveCatalog.recordings(view.directory())).isEqualTo(view.recordings());
            assertThat(sequences(view.recordings(), view.directory()))
                    .isEqualTo(sequences(recordings, archiveDir))
                    .hasSizeBetween(100, MESSAGES - 100)
                    .last()
                    .isEqualTo(MESSAGES - 1L);
        }
    }

    private static List<Long> sequences(final List<RecordingDescriptor> recordings, final Path directory) {
        final List<Long> sequences = new ArrayList<>();
        try (SessionReader reader = new SessionReader(
                recordings,
                stream -> true,
                TimeRange.ALL,
                RecordingOpener.files(directory, damage -> sequences.add(-1L)))) {
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        return sequences;
    }
}

package io.tendon.sessionlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.ArchiveListing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTailTest {
    private static final int EVENTS = 1002;
    private static final int STATES = 1001;
    private static final long FIRST_BYTES = 4_000;

    @TempDir
    private Path data;

    private final List<Long> given = new ArrayList<>();

    @Test
    void shouldBeginALittleBeforeTheEndAndThenGiveEachMessageOnce() {
        final SessionDirectory directory = new SessionDirectory(data, "s");
        try (RecordedArchive archive = new RecordedArchive(directory.root());
                SessionTail tail = new SessionTail(directory, id -> id == EVENTS, FIRST_BYTES)) {
            archive.record(EVENTS, "control.event", 1);
            archive.record(STATES, "control.state", 2);
            try (ExclusivePublication events = archive.publication(EVENTS);
                    ExclusivePublication states = archive.publication(STATES)) {
                publish(archive, events, 0, 1000);
                archive.publish(states, TestMessages.jointState(0));
                archive.awaitRecorded(states, 1);

                poll(tail, entries(directory, events.position()), 1000);
                assertThat(given).hasSizeBetween(10, 100);
                assertThat(given)
                        .containsExactlyElementsOf(LongStream.range(1000 - given.size(), 1000)
                                .boxed()
                                .toList());

                given.clear();
                poll(tail, entries(directory, events.position()), 1000);
                assertThat(given).isEmpty();

                // Over the end of a segment.
                final long known = events.position();
                publish(archive, events, 1000, 1900);
                poll(tail, entries(directory, known), 1000);
                assertThat(given).as("behind what the manifest knows").isEmpty();
                poll(tail, entries(directory, events.position()), 500);
                assertThat(given).hasSize(500);
                poll(tail, entries(directory, events.position()), 500);
                assertThat(given)
                        .containsExactlyElementsOf(
                                LongStream.range(1000, 1900).boxed().toList());
            }
        }
    }

    @Test
    void shouldFollowAWriterThatBeginsLater() {
        final SessionDirectory directory = new SessionDirectory(data, "s");
        try (RecordedArchive archive = new RecordedArchive(directory.root());
                SessionTail tail = new SessionTail(directory, id -> id == EVENTS, FIRST_BYTES)) {
            archive.record(EVENTS, "control.event", 1);
            try (ExclusivePublication first = archive.publication(EVENTS)) {
                publish(archive, first, 0, 3);
                poll(tail, entries(directory, first.position()), 1000);
            }
            try (ExclusivePublication second = archive.publication(EVENTS)) {
                publish(archive, second, 0, 2);
                poll(tail, entries(directory, second.position()), 1000);
            }
        }
        assertThat(given).containsExactly(0L, 1L, 2L, 0L, 1L);
    }

    private void poll(final SessionTail tail, final List<RecordingEntry> entries, final int maxMessages) {
        tail.poll(entries, maxMessages, message -> given.add(message.sequence()));
    }

    /** As a manifest would say; of recordings that grow, that they are known up to there. */
    private static List<RecordingEntry> entries(final SessionDirectory directory, final long knownPosition) {
        return ArchiveListing.of(directory.archive()).recordings().stream()
                .map(recording -> RecordingEntry.uncounted(recording)
                        .counted(0, 0, knownPosition, RecordingEntry.UNKNOWN_SEQUENCE, knownPosition))
                .toList();
    }

    private static void publish(
            final RecordedArchive archive, final ExclusivePublication publication, final int from, final int to) {
        for (int i = from; i < to; i++) {
            archive.publish(publication, TestMessages.event(i));
        }
        archive.awaitRecorded(publication, 1);
    }
}

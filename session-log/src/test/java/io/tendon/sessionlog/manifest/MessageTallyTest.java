package io.tendon.sessionlog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTallyTest implements TallyListener {
    @TempDir
    private Path dir = Path.of("unset");

    private final List<String> gaps = new ArrayList<>();

    private int recorders = 1;

    @SuppressWarnings("NullAway.Init")
    private RecordedArchive archive;

    @SuppressWarnings("NullAway.Init")
    private ExclusivePublication publication;

    @BeforeEach
    void startArchive() {
        archive = new RecordedArchive(dir);
        publication = archive.publication(1002);
    }

    @AfterEach
    void stopArchive() {
        publication.close();
        archive.close();
    }

    @Test
    void shouldFollowARecordingThatGrows() {
        archive.record(1002, "control.event", 1);
        publish(0, 100);
        try (MessageTally tally = tally()) {
            update(tally);
            tally.pollAll();
            assertThat(tally.entries().get(0).messages()).isEqualTo(100);

            publish(100, 700);
            tally.pollAll();

            assertThat(tally.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.messages()).isEqualTo(700);
                assertThat(entry.missing()).isZero();
                assertThat(entry.stopPosition()).isEqualTo(publication.position());
                assertThat(entry.isStopped()).isFalse();
            });
        }
        assertThat(gaps).isEmpty();
    }

    @Test
    void shouldCountWhatTheSequenceNumbersSayIsMissing() {
        archive.record(1002, "control.event", 1);
        publish(3, 10);
        publish(12, 20);
        try (MessageTally tally = tally()) {
            update(tally);
            tally.pollAll();
            assertThat(tally.entries().get(0).messages()).isEqualTo(15);
            assertThat(tally.entries().get(0).missing()).isEqualTo(5);
        }
        assertThat(gaps).containsExactly("0..2", "10..11");
    }

    @Test
    void shouldGoOnFromAnEarlierCountAndSeeTheGapBetween() {
        final long first = archive.record(1002, "control.event", 1);
        publish(0, 100);
        final List<RecordingEntry> checkpoint;
        try (MessageTally tally = tally()) {
            update(tally);
            tally.pollAll();
            checkpoint = tally.entries();
        }
        publish(100, 150);
        archive.stopRecording(first);
        archive.record(1002, "control.event", 2);
        publish(160, 200);

        try (MessageTally tally = tally()) {
            tally.resume(checkpoint);
            update(tally);
            tally.pollAll();
            assertThat(tally.entries()).extracting(RecordingEntry::messages).containsExactly(150L, 40L);
        }
        assertThat(gaps).containsExactly("150..159");
    }

    @Test
    void shouldCountAMessageInOverlappingRecordingsOnce() {
        final long first = archive.record(1002, "control.event", 1);
        publish(0, 100);
        archive.record(1002, "control.event", 2);
        recorders = 2;
        publish(100, 200);
        archive.stopRecording(first);
        recorders = 1;
        publish(200, 250);

        try (MessageTally tally = tally()) {
            update(tally);
            tally.pollAll();
            assertThat(tally.entries().stream()
                            .mapToLong(RecordingEntry::messages)
                            .sum())
                    .isEqualTo(250);
            final List<RecordingEntry> checkpoint = tally.entries();
            try (MessageTally next = tally()) {
                next.resume(checkpoint);
                update(next);
                next.pollAll();
                assertThat(next.entries()).isEqualTo(checkpoint);
            }
        }
        assertThat(gaps).isEmpty();
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        assertThat(message.hasStamp()).isTrue();
    }

    @Override
    public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {
        gaps.add(firstSequence + ".." + lastSequence);
    }

    private MessageTally tally() {
        return new MessageTally(archive.archiveDir(), DamageListener.IGNORED, this);
    }

    private void update(final MessageTally tally) {
        ArchiveCatalog.recordings(archive.archiveDir()).forEach(tally::update);
    }

    private void publish(final int from, final int to) {
        for (int i = from; i < to; i++) {
            archive.publish(publication, TestMessages.event(i));
        }
        archive.awaitRecorded(publication, recorders);
    }
}

package io.tendon.persistence.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.PurgeLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of bytes and of free space, of a session of some 20 MiB: a message and a lot of padding in each segment. */
class RetentionBoundsTest {
    private static final String ID = "20231114-221320-aaaa";
    private static final long KEPT_BYTES = 16L << 20;
    private static final int SEGMENTS = 320;
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int PADDING_BYTES = 8 * 1024 - 64;

    @TempDir
    private Path data;

    private final List<Deletion> deleted = new ArrayList<>();
    private SessionDirectory session = new SessionDirectory(Path.of("unset"), ID);

    @BeforeEach
    void record() throws IOException {
        session = new SessionDirectory(data, ID);
        Files.createDirectories(session.root());
        try (RecordedArchive archive = new RecordedArchive(session.root())) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            archive.record(StreamCatalog.STATE_ENTRY.streamId(), StreamCatalog.STATE_ENTRY.name(), 2);
            fill(archive, StreamCatalog.CONTROL_STATE, SEGMENTS);
            fill(archive, StreamCatalog.STATE_ENTRY, 4);
            archive.copyWhileRunning(data.resolve("growing"));
        }
    }

    @Test
    void shouldDeleteTheOldestUntilNoMoreBytesAreLeftThanAreKept() {
        final long before = bytes();
        assertThat(before).isGreaterThan(KEPT_BYTES + (1 << 20));

        retain(new RetentionConfig(RetentionConfig.UNLIMITED, KEPT_BYTES, 0));

        assertThat(bytes()).isBetween(KEPT_BYTES - RecordedArchive.LENGTH_BYTES, KEPT_BYTES);
        assertThat(deleted)
                .hasSize(new PurgeLedger(session.archive()).segments().size());
        assertThat(deleted.stream().mapToLong(Deletion::bytes).sum()).isEqualTo(before - bytes());
        assertThat(deleted)
                .extracting(Deletion::text)
                .allMatch(text -> text.startsWith("a segment of control.state, 1 messages of session " + ID));
    }

    @Test
    void shouldDeleteAllButTheLastSegmentWhenNothingMakesTheDiskFreeEnough() {
        retain(new RetentionConfig(RetentionConfig.UNLIMITED, RetentionConfig.UNLIMITED, Long.MAX_VALUE));

        final StoredSession left = stored(session);
        assertThat(left.segments())
                .filteredOn(segment -> segment.recording().streamId() == StreamCatalog.CONTROL_STATE.streamId())
                .singleElement()
                .matches(Segment::isLast);
        // What was said of the state outlasts every bound.
        assertThat(left.segments())
                .filteredOn(segment -> segment.recording().streamId() == StreamCatalog.STATE_ENTRY.streamId())
                .hasSizeGreaterThan(2);
    }

    @Test
    void shouldReadAndDeleteNothingWhileNothingIsOverABound() {
        retain(new RetentionConfig(RetentionConfig.UNLIMITED, 1L << 30, 1));
        assertThat(deleted).isEmpty();
    }

    @Test
    void shouldCountOfARecordingThatGrowsOnlyWhatWasWritten() throws IOException {
        final SessionDirectory growing = new SessionDirectory(data, "20231114-221320-bbbb");
        Files.createDirectories(growing.root());
        Files.move(data.resolve("growing"), growing.archive());
        final SessionManifest manifest = Session.open(growing).manifest();
        assertThat(ArchiveListing.of(growing.archive()).recordings()).allMatch(recording -> recording.isOpen());

        final StoredSession stored = stored(growing);

        assertThat(stored.bytes())
                .isEqualTo(manifest.recordings().stream()
                        .mapToLong(entry -> entry.stopPosition() - entry.startPosition())
                        .sum());
        assertThat(stored.segments()).filteredOn(Segment::isLast).allMatch(segment -> segment.bytes() < 60_000);
    }

    @Test
    void shouldNeverDeleteASessionAsAWholeInWhichAValueOfTheStateWasSaid() throws IOException {
        Files.setLastModifiedTime(session.root(), FileTime.from(TestMessages.START_NS, TimeUnit.NANOSECONDS));
        IoUtil.delete(data.resolve("growing").toFile(), false);

        new Retention(
                        data,
                        "another",
                        new RetentionConfig(RetentionConfig.UNLIMITED, RetentionConfig.UNLIMITED, Long.MAX_VALUE),
                        () -> TestMessages.START_NS,
                        deleted::add,
                        failure -> {
                            throw new AssertionError(failure);
                        })
                .run();

        assertThat(deleted).isNotEmpty().extracting(Deletion::text).allMatch(text -> text.startsWith("a segment of "));
        assertThat(session.root()).exists();
    }

    private void retain(final RetentionConfig config) {
        new Retention(data, ID, config, () -> TestMessages.START_NS, deleted::add, failure -> {
                    throw new AssertionError(failure);
                })
                .run();
    }

    private long bytes() {
        return stored(session).bytes();
    }

    private static StoredSession stored(final SessionDirectory directory) {
        final SessionManifest manifest = new ManifestRebuilder(directory)
                .rebuild(ArchiveListing.of(directory.archive()).recordings(), damage -> {});
        return StoredSession.of(directory, manifest, StoredSession.RecordedBy.US);
    }

    private static void fill(final RecordedArchive archive, final StreamDescriptor stream, final int segments) {
        final ExclusivePublication publication = archive.publication(stream.streamId());
        for (int i = 0; i < segments; i++) {
            archive.publish(publication, TestMessages.jointState(i));
            while (publication.position() < (long) (i + 1) * RecordedArchive.LENGTH_BYTES) {
                final long behind = (i + 1L) * RecordedArchive.LENGTH_BYTES - publication.position();
                final int lengthBytes = (int) Math.min(PADDING_BYTES, Math.max(0, behind - 32));
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .until(() -> publication.appendPadding(lengthBytes) > 0);
            }
        }
        archive.publish(publication, TestMessages.jointState(segments));
        archive.awaitRecorded(publication, 1);
    }
}

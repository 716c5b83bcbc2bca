package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.AeronCounters;
import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityAgentTest {
    private static final long ARCHIVE = 77;
    private static final int SEGMENT = RecordedArchive.LENGTH_BYTES;
    private static final int STREAM = StreamCatalog.CONTROL_STATE.streamId();

    @TempDir
    private Path directory = Path.of("unset");

    private final CountersManager counters = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024)));
    private final DurablePositions durable = new DurablePositions();
    private final DurabilityAccount account = new DurabilityAccount();
    private final List<Throwable> errors = new ArrayList<>();
    private final Set<Path> unflushable = new HashSet<>();
    private final Set<Path> unopenable = new HashSet<>();
    private long nowNs = 1;
    private Path archive = Path.of("unset");
    private Path endedArchive = Path.of("unset");
    private long recordingId;
    private long endPosition;

    @BeforeEach
    void record() throws IOException {
        try (RecordedArchive recorded = new RecordedArchive(directory)) {
            recorded.record(STREAM, StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = recorded.publication(STREAM);
            for (int i = 0; states.position() < 5L * SEGMENT + SEGMENT / 2; i++) {
                recorded.publish(states, TestMessages.jointState(i));
            }
            recorded.awaitRecorded(states, 1);
            endPosition = states.position();
            archive = recorded.copyWhileRunning(directory.resolve("copy"));
        }
        endedArchive = directory.resolve("archive");
        final RecordingDescriptor recording = ArchiveCatalog.recordings(archive).get(0);
        recordingId = recording.recordingId();
        assertThat(recording.isOpen()).isTrue();
    }

    @Test
    void shouldFlushBehindSegmentsThatWereDeletedToMakeRoom() throws IOException {
        final int counter = recorder(SEGMENT / 2);
        final DurabilityAgent agent = agent(archive, Durability.DEFAULT);
        assertThat(agent.doWork()).isEqualTo(1);
        purge(0);
        purge(2);

        counters.setCounterValue(counter, endPosition);
        nowNs += Durability.DEFAULT.flushPeriodNs();
        agent.doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(endPosition);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldWaitForTheNewestSegmentWhenItIsNotMadeYet() throws IOException {
        Files.delete(segment(archive, 5));
        recorder(endPosition);

        agent(archive, Durability.DEFAULT).doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldSayThatASegmentIsGoneWhichNobodyDeletedAndFlushTheRest() throws IOException {
        Files.delete(segment(archive, 3));
        recorder(endPosition);

        agent(archive, Durability.DEFAULT).doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(endPosition);
        assertThat(errors).singleElement().asString().contains("-" + 3 * SEGMENT + ".rec");
    }

    @Test
    void shouldFlushARecordingThatHasEndedBetweenTwoRounds() {
        final DurabilityAgent agent = agent(endedArchive, Durability.DEFAULT);
        agent.onStart();

        agent.doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(endPosition);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldTakeForDurableWhatTheArchiveHasFlushedWithEachBlock() {
        recorder(SEGMENT / 2);

        agent(archive, new Durability(DurabilityLevel.EACH_BLOCK, 0)).doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(SEGMENT / 2);
    }

    @Test
    void shouldFlushNothingBeforeTheEndWithoutDurability() {
        recorder(endPosition);
        final DurabilityAgent agent = agent(endedArchive, new Durability(DurabilityLevel.NONE, 0));
        agent.onStart();

        assertThat(agent.doWork()).isZero();
        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);

        assertThat(agent.flushAll()).isTrue();
        assertThat(durable.position(recordingId, -1)).isEqualTo(endPosition);
    }

    @Test
    void shouldFlushARecordingToItsEndOnceItIsNotWrittenAnyMore() throws IOException {
        final int counter = recorder(SEGMENT / 2);
        final DurabilityAgent agent = agent(archive, Durability.DEFAULT);
        agent.onStart();
        agent.doWork();
        assertThat(durable.position(recordingId, -1)).isEqualTo(SEGMENT / 2);

        Files.copy(
                endedArchive.resolve(ArchiveCatalog.FILE_NAME),
                archive.resolve(ArchiveCatalog.FILE_NAME),
                StandardCopyOption.REPLACE_EXISTING);
        counters.free(counter);
        nowNs += Durability.DEFAULT.flushPeriodNs();
        agent.doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(endPosition);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldNeverTakeForDurableAgainWhatCouldOnceNotBeFlushed() throws IOException {
        recorder(SEGMENT / 2);
        final DurabilityAgent agent = agent(archive, Durability.DEFAULT);
        unflushable.add(segment(archive, 0));
        agent.doWork();
        assertThat(errors).singleElement().asString().contains("could not be flushed", "I/O error");

        // The kernel says so once, and forgets it.
        unflushable.clear();
        nowNs += Durability.DEFAULT.flushPeriodNs();
        agent.doWork();
        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);
        assertThat(agent.flushAll()).isFalse();

        // Nor by the agent of the next driver.
        final DurabilityAgent next = agent(endedArchive, Durability.DEFAULT);
        next.onStart();
        next.doWork();
        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);
        assertThat(next.flushAll()).isFalse();
        assertThat(errors).hasSize(1);
    }

    @Test
    void shouldTrustNoNewFileOnceTheDirectoryCouldNotBeFlushed() {
        final DurabilityAgent agent = agent(endedArchive, Durability.DEFAULT);
        unflushable.add(endedArchive);
        agent.onStart();
        agent.doWork();
        unflushable.clear();
        nowNs += Durability.DEFAULT.flushPeriodNs();
        agent.doWork();

        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);
        assertThat(account.isDirectoryFailed()).isTrue();
        assertThat(agent.flushAll()).isFalse();
    }

    @Test
    void shouldTryAgainWhatCouldNotEvenBeOpened() throws IOException {
        recorder(SEGMENT / 2);
        final DurabilityAgent agent = agent(archive, Durability.DEFAULT);
        unopenable.add(segment(archive, 0));
        agent.doWork();
        assertThat(durable.position(recordingId, -1)).isEqualTo(-1);

        unopenable.clear();
        nowNs += Durability.DEFAULT.flushPeriodNs();
        agent.doWork();
        assertThat(durable.position(recordingId, -1)).isEqualTo(SEGMENT / 2);
    }

    private DurabilityAgent agent(final Path archiveDir, final Durability durability) {
        return new DurabilityAgent(
                archiveDir,
                new PositionScan(counters, ARCHIVE),
                durable,
                () -> nowNs,
                durability,
                account,
                errors::add,
                this::flush);
    }

    private void flush(final Path file) throws IOException {
        if (unopenable.contains(file)) {
            throw new IOException("too many open files");
        }
        if (unflushable.contains(file)) {
            throw new FileFlush.FailedException(file, new IOException("I/O error"));
        }
        FileFlush.DEVICE.force(file);
    }

    private void purge(final int index) throws IOException {
        final long fromPosition = (long) index * SEGMENT;
        new PurgeLedger(archive)
                .add(new PurgedSegment(recordingId, fromPosition, fromPosition + SEGMENT, 1, 0, 0, 0, 0));
        Files.delete(segment(archive, index));
    }

    private Path segment(final Path archiveDir, final int index) {
        return archiveDir.resolve(recordingId + "-" + (long) index * SEGMENT + ".rec");
    }

    private int recorder(final long position) {
        final int id = counters.allocate(
                "rec-pos: " + recordingId + " -5 " + STREAM + " aeron:ipc",
                AeronCounters.ARCHIVE_RECORDING_POSITION_TYPE_ID,
                buffer -> {
                    buffer.putLong(0, recordingId);
                    buffer.putInt(8, -5);
                    buffer.putInt(12, 0);
                    buffer.putLong(16, ARCHIVE);
                });
        counters.setCounterValue(id, position);
        return id;
    }
}

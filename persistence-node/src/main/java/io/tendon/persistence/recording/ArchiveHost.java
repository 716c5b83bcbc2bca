package io.tendon.persistence.recording;

import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.RethrowingErrorHandler;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.RecordingSignalConsumer;
import io.tendon.bus.catalog.RecordingRank;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Runs Aeron's archive on the session's driver. The archive has an Aeron client of its own, so that
 * the recorder's reading shares nothing with this node's publishing. Made and closed on the main thread.
 */
public final class ArchiveHost implements AutoCloseable {
    /** Length of a recorded file; at least the largest term. */
    public static final int SEGMENT_LENGTH_BYTES = 64 * 1024 * 1024;

    /**
     * Streams on which archive and client speak, of this process alone: the requests of a client that was killed stand
     * in its log for a while, and would be read again by the next archive on the same stream.
     */
    private static final int REQUEST_STREAM_ID =
            100_000 + 2 * (int) (ProcessHandle.current().pid() & 0xFFFFFF);

    private static final int RESPONSE_STREAM_ID = REQUEST_STREAM_ID + 1;
    private static final long RESOURCE_LINGER_NS = 60_000_000_000L;

    private final Aeron archiveAeron;
    private final Archive archive;
    private final Path archiveDir;
    private final ArchiveMark mark;
    // Found once: looking for the disk reads the list of all mounts.
    private final FileStore disk;
    private final long firstRecordingId;

    private ArchiveHost(
            final Aeron archiveAeron,
            final Archive archive,
            final Path archiveDir,
            final FileStore disk,
            final ArchiveMark mark) {
        this.archiveAeron = archiveAeron;
        this.archive = archive;
        this.archiveDir = archiveDir;
        this.disk = disk;
        this.mark = mark;
        this.firstRecordingId = 1
                + ArchiveCatalog.recordings(archiveDir).stream()
                        .mapToLong(RecordingDescriptor::recordingId)
                        .max()
                        .orElse(-1);
    }

    /**
     * Launches the archive. No other archive of this robot may live: the mark file of a dead one is deleted.
     *
     * @param bus of this node.
     * @param runtime directory of the robot, on tmpfs, for the mark file.
     * @param archiveDir for catalog and recordings.
     * @param durability that is asked for.
     * @param errors of the archive.
     * @return the host.
     */
    public static ArchiveHost launch(
            final BusConnection bus,
            final RuntimeDirectory runtime,
            final Path archiveDir,
            final Durability durability,
            final ErrorHandler errors) {
        return launch(
                bus,
                runtime,
                runtime.archiveMarkDirectory(),
                archiveDir,
                Archive.Configuration.MAX_CONCURRENT_REPLAYS_DEFAULT,
                durability,
                errors);
    }

    /**
     * Launches an archive that records nothing and replays what stands in its directory.
     *
     * @param bus of this node.
     * @param runtime directory of the robot.
     * @param archiveDir with a catalog; nobody else has it.
     * @param maxReplays at once.
     * @param errors of the archive.
     * @return the host.
     */
    public static ArchiveHost launchForReplay(
            final BusConnection bus,
            final RuntimeDirectory runtime,
            final Path archiveDir,
            final int maxReplays,
            final ErrorHandler errors) {
        return launch(bus, runtime, archiveDir.resolve("mark"), archiveDir, maxReplays, Durability.DEFAULT, errors);
    }

    private static ArchiveHost launch(
            final BusConnection bus,
            final RuntimeDirectory runtime,
            final Path markDir,
            final Path archiveDir,
            final int maxReplays,
            final Durability durability,
            final ErrorHandler errors) {
        final ArchiveMark mark = new ArchiveMark(markDir, archiveDir);
        mark.clear();
        final FileStore disk = disk(archiveDir);
        final Aeron archiveAeron = Aeron.connect(archiveClientContext(bus, runtime, errors));
        try {
            final Archive archive = Archive.launch(archiveContext(bus, markDir, archiveDir, archiveAeron, errors)
                    .maxConcurrentReplays(maxReplays)
                    // With less room the archive begins no recording.
                    .lowStorageSpaceThreshold(stages(disk).stopBelowBytes(RecordingRank.ESSENTIAL))
                    // Periodic: recorded data is flushed by a thread of our own.
                    .fileSyncLevel(durability.fileSyncLevel())
                    .catalogFileSyncLevel(durability.catalogSyncLevel()));
            mark.copy();
            return new ArchiveHost(archiveAeron, archive, archiveDir, disk, mark);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(archiveAeron);
            throw e;
        }
    }

    /**
     * A client of the archive.
     *
     * @param bus of this node.
     * @param signals is told what the archive says of recordings, on the thread that polls the client.
     * @param errors is told what the archive could not do.
     * @return the client; its owner closes it.
     */
    public static AeronArchive connect(
            final BusConnection bus, final RecordingSignalConsumer signals, final ErrorHandler errors) {
        return connect(bus.aeron(), signals, errors);
    }

    /**
     * A client of the archive, on an Aeron client of its own.
     *
     * @param aeron on the archive's driver.
     * @param signals is told what the archive says of recordings, on the thread that polls the client.
     * @param errors is told what the archive could not do.
     * @return the client; its owner closes it.
     */
    public static AeronArchive connect(
            final Aeron aeron, final RecordingSignalConsumer signals, final ErrorHandler errors) {
        return AeronArchive.connect(new AeronArchive.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .controlRequestChannel("aeron:ipc")
                .controlRequestStreamId(REQUEST_STREAM_ID)
                .controlResponseChannel("aeron:ipc")
                .controlResponseStreamId(RESPONSE_STREAM_ID)
                .recordingSignalConsumer(signals)
                .errorHandler(errors));
    }

    /** Directory with catalog and recordings. */
    public Path archiveDir() {
        return archiveDir;
    }

    /** Id of the first recording that is made after the launch; those before it were made by others. */
    public long firstRecordingId() {
        return firstRecordingId;
    }

    /**
     * Room on the archive's disk.
     *
     * @return bytes; 0 when the disk does not even say.
     */
    public long freeBytes() {
        try {
            return disk.getUsableSpace();
        } catch (final IOException e) {
            return 0;
        }
    }

    /** At how much room on the archive's disk which streams stop being recorded. */
    DiskStages stages() {
        return stages(disk);
    }

    private static FileStore disk(final Path archiveDir) {
        try {
            return Files.getFileStore(archiveDir);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DiskStages stages(final FileStore disk) {
        try {
            return new DiskStages(disk.getTotalSpace());
        } catch (final IOException e) {
            // A disk that does not even say how large it is: as if it were large.
            return new DiskStages(Long.MAX_VALUE);
        }
    }

    /** Id of this archive, by which its counters are told from those of a dead one. */
    public long archiveId() {
        return archiveAeron.clientId();
    }

    /** Whether the archive cannot record any more, because the driver is gone or left it behind. */
    public boolean isClosed() {
        return archiveAeron.isClosed();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(archive, archiveAeron);
        mark.keep();
    }

    private static Aeron.Context archiveClientContext(
            final BusConnection bus, final RuntimeDirectory runtime, final ErrorHandler errors) {
        return new Aeron.Context()
                .aeronDirectoryName(runtime.aeronDirectory().toString())
                .clientName("tendon-archive")
                .epochClock(bus.clock())
                .errorHandler(errors)
                .driverTimeoutMs(BusConnection.DRIVER_TIMEOUT_MS)
                // The recorder may be left behind while it reads a log: unmapped under it, the JVM dies.
                .resourceLingerDurationNs(RESOURCE_LINGER_NS)
                // The archive's conductor runs its client and wants these.
                .useConductorAgentInvoker(true)
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
                .awaitingIdleStrategy(YieldingIdleStrategy.INSTANCE)
                .clientLock(NoOpLock.INSTANCE);
    }

    private static Archive.Context archiveContext(
            final BusConnection bus,
            final Path markDir,
            final Path archiveDir,
            final Aeron archiveAeron,
            final ErrorHandler errors) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Long.BYTES]);
        key.putLong(0, archiveAeron.clientId());
        final UnsafeBuffer label =
                new UnsafeBuffer("Archive Errors".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new Archive.Context()
                .aeron(archiveAeron)
                .ownsAeronClient(false)
                .errorCounter(archiveAeron.addCounter(
                        AeronCounters.ARCHIVE_ERROR_COUNT_TYPE_ID, key, 0, Long.BYTES, label, 0, label.capacity()))
                .errorHandler(errors)
                .epochClock(bus.clock())
                .archiveDir(archiveDir.toFile())
                // On tmpfs: a full disk at start strands a mark file for ever.
                .markFileDir(markDir.toFile())
                .threadingMode(ArchiveThreadingMode.DEDICATED)
                .segmentFileLength(SEGMENT_LENGTH_BYTES)
                // Each restart of a recorder leaves recordings open until the driver drops the dead client.
                .maxConcurrentRecordings(StreamCatalog.MAX_RECORDINGS)
                // Finds damage, and lets the recorder write from its own buffer instead of a log that may go away.
                .recordChecksum(Checksums.crc32c())
                .replayChecksum(Checksums.crc32c())
                .controlChannelEnabled(false)
                .localControlStreamId(REQUEST_STREAM_ID)
                .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
                .replicationChannel("aeron:udp?endpoint=localhost:0");
    }
}

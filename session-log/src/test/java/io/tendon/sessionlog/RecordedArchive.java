package io.tendon.sessionlog;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.awaitility.Awaitility;

/**
 * A real archive that records into a directory of the test, with small terms and segments so that a few hundred messages
 * roll over several files.
 */
public final class RecordedArchive implements AutoCloseable {
    /** Of a term and of a segment. */
    public static final int LENGTH_BYTES = 64 * 1024;

    private static final Duration POLL = Duration.ofMillis(1);
    private static final String CHANNEL = "aeron:ipc?term-length=64k|mtu=8k";

    private final Path directory;
    private final MediaDriver driver;
    private final Archive archive;
    private final AeronArchive client;

    /** Starts a driver and an archive in a directory of the test. */
    public RecordedArchive(final Path directory) {
        this.directory = directory;
        final String aeronDir = directory.resolve("aeron").toString();
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(aeronDir)
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        archive = Archive.launch(new Archive.Context()
                .aeronDirectoryName(aeronDir)
                .archiveDir(archiveDir().toFile())
                .controlChannelEnabled(false)
                .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .recordChecksum(Checksums.crc32c())
                .segmentFileLength(LENGTH_BYTES)
                .threadingMode(ArchiveThreadingMode.SHARED));
        client = AeronArchive.connect(new AeronArchive.Context()
                .aeronDirectoryName(aeronDir)
                .controlRequestChannel("aeron:ipc")
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .controlResponseChannel("aeron:ipc"));
    }

    /** Directory of the archive. */
    public Path archiveDir() {
        return directory.resolve("archive");
    }

    /** Begins to record a stream; a tag makes a second recording beside the first. */
    public long record(final int streamId, final String name, final int tag) {
        return client.startRecording(
                "aeron:ipc?tags=" + tag + "|alias=rec." + name, streamId, SourceLocation.LOCAL, false);
    }

    /** Ends what {@link #record} began. */
    public void stopRecording(final long subscriptionId) {
        client.stopRecording(subscriptionId);
    }

    /** A new writer. */
    public ExclusivePublication publication(final int streamId) {
        return client.context().aeron().addExclusivePublication(CHANNEL, streamId);
    }

    /** Publishes, waiting for room: tests of readers want no losses. */
    public void publish(final ExclusivePublication publication, final UnsafeBuffer message) {
        if (publication.offer(message) < 0) {
            Awaitility.await().pollInterval(POLL).until(() -> publication.offer(message) > 0);
        }
    }

    /**
     * Waits until as many recordings of a publication as given have come to its end, and the driver has seen it: where it has
     * last seen the recordings, a further one begins. It looks in turns of its own, and tells by the publication's limit, which it
     * moves in steps of an eighth of the window.
     */
    public void awaitRecorded(final ExclusivePublication publication, final int recordings) {
        final Aeron aeron = client.context().aeron();
        final long windowBytes = publication.termBufferLength() / 2;
        Awaitility.await()
                .pollInterval(POLL)
                .until(() -> positions(aeron.countersReader(), publication.sessionId(), publication.position())
                                == recordings
                        && publication.positionLimit() > publication.position() + windowBytes - windowBytes / 8);
    }

    /** The archive's directory as a kill would leave it: recordings without an end. */
    public Path copyWhileRunning(final Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(archiveDir())) {
            for (final Path file : files.toList()) {
                final String name = String.valueOf(file.getFileName());
                if (name.endsWith(".rec") || name.endsWith(".catalog")) {
                    Files.copy(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return target;
    }

    @Override
    public void close() {
        client.close();
        archive.close();
        driver.close();
    }

    private static int positions(final CountersReader counters, final int sessionId, final long position) {
        final int[] reached = new int[1];
        counters.forEach((counterId, typeId, keyBuffer, label) -> {
            if (typeId == RecordingPos.RECORDING_POSITION_TYPE_ID
                    && keyBuffer.getInt(Long.BYTES) == sessionId
                    && counters.getCounterValue(counterId) == position) {
                reached[0]++;
            }
        });
        return reached[0];
    }
}

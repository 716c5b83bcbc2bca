package io.tendon.persistence.recording;

import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Flushes recorded files to the device (fdatasync) every period, apart from the recorder's thread: a device that blocks
 * for 50 ms then delays neither the recording nor its readers. On a thread of its own.
 */
public final class DurabilityAgent implements Agent {
    private final Path archiveDir;
    private final PositionScan scan;
    private final DurablePositions durable;
    private final EpochNanoClock clock;
    private final long periodNs;
    private final ErrorHandler errors;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    private long nextFlushNs;
    private boolean hasFailed;

    /**
     * Flushes nothing before it runs.
     *
     * @param archiveDir that is recorded into.
     * @param scan of its own.
     * @param durable is told how far each recording is flushed.
     * @param clock of the session.
     * @param periodNs between two flushes.
     * @param errors is told of files that cannot be flushed.
     */
    public DurabilityAgent(
            final Path archiveDir,
            final PositionScan scan,
            final DurablePositions durable,
            final EpochNanoClock clock,
            final long periodNs,
            final ErrorHandler errors) {
        this.archiveDir = archiveDir;
        this.scan = scan;
        this.durable = durable;
        this.clock = clock;
        this.periodNs = periodNs;
        this.errors = errors;
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (nowNs < nextFlushNs) {
            return 0;
        }
        nextFlushNs = nowNs + periodNs;
        scan.update();
        int flushed = 0;
        for (final RecorderPosition recorder : scan.recorders()) {
            flushed += flush(recorder.recordingId(), recorder.position());
        }
        return flushed;
    }

    /**
     * Flushes what is left once nothing is recorded any more: files, catalog, and the directory that names them.
     *
     * @return whether the device took all of it.
     */
    public boolean flushAll() {
        hasFailed = false;
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(archiveDir)) {
            recordings.put(recording.recordingId(), recording);
            if (!recording.isOpen()) {
                flush(recording.recordingId(), recording.stopPosition());
            }
        }
        try {
            force(archiveDir.resolve(ArchiveCatalog.FILE_NAME));
            force(archiveDir);
        } catch (final IOException e) {
            errors.onError(e);
            hasFailed = true;
        }
        return !hasFailed;
    }

    @Override
    public String roleName() {
        return "durability";
    }

    private int flush(final long recordingId, final long position) {
        final RecordingDescriptor recording = recording(recordingId);
        if (recording == null) {
            return 0;
        }
        final long flushedPosition = durable.position(recordingId, recording.startPosition());
        if (flushedPosition >= position) {
            return 0;
        }
        long basePosition = recording.segmentBasePosition(flushedPosition);
        try {
            while (basePosition < position) {
                force(recording.segmentFile(archiveDir, basePosition));
                basePosition += recording.segmentLengthBytes();
            }
            durable.set(recordingId, position);
            return 1;
        } catch (final NoSuchFileException e) {
            // Not made yet: the next round knows.
            return 0;
        } catch (final IOException e) {
            errors.onError(e);
            hasFailed = true;
            return 0;
        }
    }

    private @Nullable RecordingDescriptor recording(final long recordingId) {
        final RecordingDescriptor known = recordings.get(recordingId);
        if (known != null) {
            return known;
        }
        ArchiveCatalog.recordings(archiveDir).forEach(recording -> recordings.put(recording.recordingId(), recording));
        return recordings.get(recordingId);
    }

    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(Files.isDirectory(file));
        }
    }
}

package io.tendon.persistence.recording;

import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far each recording has reached the device, and with periodic durability brings it there: it flushes recorded
 * files (fdatasync) every period, apart from the recorder's thread, so that a device that blocks for 50 ms delays neither
 * the recording nor its readers. With each-block the archive flushes before it moves its position, which is only looked at
 * here. With none nothing is flushed before {@link #flushAll}. On a thread of its own.
 */
public final class DurabilityAgent implements Agent {
    private final Path archiveDir;
    private final PositionScan scan;
    private final DurablePositions durable;
    private final EpochNanoClock clock;
    private final Durability durability;
    private final ErrorHandler errors;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    private final Set<Long> active = new HashSet<>();
    // Ended, and not flushed to their end yet; those of a killed recorder among them.
    private final Set<Long> ended = new HashSet<>();
    private long nextFlushNs;
    private boolean hasFailed;

    /**
     * Flushes nothing before it runs.
     *
     * @param archiveDir that is recorded into.
     * @param scan of its own.
     * @param durable is told how far each recording is flushed.
     * @param clock of the session.
     * @param durability that is asked for.
     * @param errors is told of files that cannot be flushed.
     */
    public DurabilityAgent(
            final Path archiveDir,
            final PositionScan scan,
            final DurablePositions durable,
            final EpochNanoClock clock,
            final Durability durability,
            final ErrorHandler errors) {
        this.archiveDir = archiveDir;
        this.scan = scan;
        this.durable = durable;
        this.clock = clock;
        this.durability = durability;
        this.errors = errors;
    }

    @Override
    public void onStart() {
        readCatalog();
        recordings.values().stream()
                .filter(recording -> !recording.isOpen())
                .forEach(recording -> ended.add(recording.recordingId()));
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (durability.level() == DurabilityLevel.NONE || nowNs < nextFlushNs) {
            return 0;
        }
        nextFlushNs = nowNs + durability.flushPeriodNs();
        scan.update();
        int flushed = 0;
        final Set<Long> present = new HashSet<>();
        for (final RecorderPosition recorder : scan.recorders()) {
            present.add(recorder.recordingId());
            flushed += reach(recorder.recordingId(), recorder.position()) ? 1 : 0;
        }
        active.stream().filter(recordingId -> !present.contains(recordingId)).forEach(ended::add);
        active.clear();
        active.addAll(present);
        flushEnded();
        return flushed;
    }

    /**
     * Flushes what is left once nothing is recorded any more: files, catalog, and the directory that names them.
     *
     * @return whether the device took all of it.
     */
    public boolean flushAll() {
        hasFailed = false;
        readCatalog();
        for (final RecordingDescriptor recording : List.copyOf(recordings.values())) {
            if (!recording.isOpen()) {
                flush(recording, recording.stopPosition());
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

    /** Those that end between two rounds would else wait for the end of the session. */
    private void flushEnded() {
        if (ended.isEmpty()) {
            return;
        }
        readCatalog();
        ended.removeIf(recordingId -> {
            final RecordingDescriptor recording = recordings.get(recordingId);
            return recording == null || (!recording.isOpen() && flush(recording, recording.stopPosition()));
        });
    }

    private boolean reach(final long recordingId, final long position) {
        final RecordingDescriptor recording = recording(recordingId);
        if (recording == null || durable.position(recordingId, recording.startPosition()) >= position) {
            return false;
        }
        if (durability.level() == DurabilityLevel.EACH_BLOCK) {
            durable.set(recordingId, position, clock.nanoTime());
            return true;
        }
        return flush(recording, position);
    }

    /** Flushes a recording up to a position; whether all before that is on the device. */
    private boolean flush(final RecordingDescriptor recording, final long position) {
        final long flushedPosition = durable.position(recording.recordingId(), recording.startPosition());
        if (flushedPosition >= position) {
            return true;
        }
        final int lengthBytes = recording.segmentLengthBytes();
        long basePosition = recording.segmentBasePosition(flushedPosition);
        while (basePosition < position) {
            final Path segment = recording.segmentFile(archiveDir, basePosition);
            try {
                force(segment);
                if (flushedPosition <= Math.max(basePosition, recording.startPosition())) {
                    // A new file: its name must be there as well.
                    force(archiveDir);
                }
            } catch (final NoSuchFileException e) {
                if (basePosition + lengthBytes >= position && recording.isOpen()) {
                    // Not made yet: the next round knows.
                    return false;
                }
                if (!isPurged(recording, basePosition)) {
                    // Nobody can flush it, and what comes behind it is to be flushed all the same.
                    errors.onError(e);
                    hasFailed = true;
                }
            } catch (final IOException e) {
                errors.onError(e);
                hasFailed = true;
                return false;
            }
            basePosition += lengthBytes;
        }
        durable.set(recording.recordingId(), position, clock.nanoTime());
        return true;
    }

    /** Whether a segment was deleted to make room: the archive's own files say so before it goes. */
    private boolean isPurged(final RecordingDescriptor recording, final long basePosition) {
        final long position = Math.max(basePosition, recording.startPosition());
        if (recording.behindPurged(position) > position) {
            return true;
        }
        readCatalog();
        return recordings.getOrDefault(recording.recordingId(), recording).behindPurged(position) > position;
    }

    private @Nullable RecordingDescriptor recording(final long recordingId) {
        final RecordingDescriptor known = recordings.get(recordingId);
        if (known != null) {
            return known;
        }
        readCatalog();
        return recordings.get(recordingId);
    }

    private void readCatalog() {
        ArchiveCatalog.recordings(archiveDir).forEach(recording -> recordings.put(recording.recordingId(), recording));
    }

    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(Files.isDirectory(file));
        }
    }
}

package io.tendon.persistence.recording;

import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
 * here. With none nothing is flushed before {@link #flushAll}. What could once not be flushed never counts as durable again.
 * On a thread of its own.
 */
public final class DurabilityAgent implements Agent {
    private static final System.Logger LOG = System.getLogger(DurabilityAgent.class.getName());

    private final Path archiveDir;
    private final PositionScan scan;
    private final DurablePositions durable;
    private final EpochNanoClock clock;
    private final Durability durability;
    private final ErrorHandler errors;
    private final DurabilityAccount account;
    private final FileFlush flush;
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
     * @param account keeps what has failed.
     * @param errors is told of files that cannot be flushed.
     */
    public DurabilityAgent(
            final Path archiveDir,
            final PositionScan scan,
            final DurablePositions durable,
            final EpochNanoClock clock,
            final Durability durability,
            final DurabilityAccount account,
            final ErrorHandler errors) {
        this(archiveDir, scan, durable, clock, durability, account, errors, FileFlush.DEVICE);
    }

    /** With a device of its own. */
    DurabilityAgent(
            final Path archiveDir,
            final PositionScan scan,
            final DurablePositions durable,
            final EpochNanoClock clock,
            final Durability durability,
            final DurabilityAccount account,
            final ErrorHandler errors,
            final FileFlush flush) {
        this.archiveDir = archiveDir;
        this.scan = scan;
        this.durable = durable;
        this.clock = clock;
        this.durability = durability;
        this.account = account;
        this.errors = errors;
        this.flush = flush;
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
     * @return whether the device took all of it, and all that was flushed before.
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
            flush.force(archiveDir.resolve(ArchiveCatalog.FILE_NAME));
            flush.force(archiveDir);
        } catch (final IOException e) {
            errors.onError(e);
            hasFailed = true;
        }
        return !hasFailed && !account.hasAnyFailed();
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
            return recording == null
                    || account.hasFailed(recordingId)
                    || (!recording.isOpen() && flush(recording, recording.stopPosition()));
        });
    }

    private boolean reach(final long recordingId, final long position) {
        final RecordingDescriptor recording = recording(recordingId);
        if (recording == null
                || account.hasFailed(recordingId)
                || durable.position(recordingId, recording.startPosition()) >= position) {
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
        final long recordingId = recording.recordingId();
        final long flushedPosition = durable.position(recordingId, recording.startPosition());
        if (flushedPosition >= position) {
            return true;
        }
        if (account.hasFailed(recordingId)) {
            return false;
        }
        final int lengthBytes = recording.segmentLengthBytes();
        long basePosition = recording.segmentBasePosition(flushedPosition);
        while (basePosition < position) {
            try {
                final boolean isNew = flushedPosition <= Math.max(basePosition, recording.startPosition());
                if (!flushSegment(recording, basePosition, isNew)) {
                    return false;
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
        durable.set(recordingId, position, clock.nanoTime());
        return true;
    }

    /** Whether a segment, and of a new one its name, are on the device; what is not once will never be known to be. */
    private boolean flushSegment(final RecordingDescriptor recording, final long basePosition, final boolean isNew)
            throws IOException {
        try {
            flush.force(recording.segmentFile(archiveDir, basePosition));
        } catch (final FileFlush.FailedException e) {
            fail(recording, e);
            return false;
        }
        if (isNew && account.isDirectoryFailed()) {
            fail(recording, new FileFlush.FailedException(archiveDir, new IOException("as before")));
            return false;
        }
        try {
            if (isNew) {
                flush.force(archiveDir);
            }
        } catch (final FileFlush.FailedException e) {
            account.failDirectory();
            fail(recording, e);
            return false;
        }
        return true;
    }

    private void fail(final RecordingDescriptor recording, final FileFlush.FailedException cause) {
        account.fail(recording.recordingId());
        errors.onError(cause);
        LOG.log(
                System.Logger.Level.ERROR,
                "event=flush-failed recording=" + recording.recordingId() + " stream=" + recording.streamName()
                        + " durablePosition=" + durable.position(recording.recordingId(), recording.startPosition())
                        + " cause=\"" + cause.getMessage() + '"');
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
}

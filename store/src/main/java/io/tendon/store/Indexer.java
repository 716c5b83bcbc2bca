package io.tendon.store;

import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.LogFollower;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Feeds the indices of one session from its recording, each from where it stands on. Follows recordings that grow. It
 * reads files alone: neither the writers nor the recorder know of it. One owner thread.
 */
public final class Indexer implements AutoCloseable {
    private final List<Index> indexes;
    private final LogFollower log;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    private final Set<PurgedSegment> forgotten = new HashSet<>();
    private final Set<PurgedSegment> toForget = new LinkedHashSet<>();
    private long indexedMessages;
    private long latestNs;
    private long committedNs;

    /**
     * Begins with no recordings.
     *
     * @param archiveDir that holds them.
     * @param indexes to feed; closed with this.
     * @param damages is told of damaged ranges, which are passed over.
     */
    public Indexer(final Path archiveDir, final List<? extends Index> indexes, final DamageListener damages) {
        this.indexes = List.copyOf(indexes);
        this.log = new LogFollower(archiveDir, this::startPosition, damages);
    }

    /**
     * Adds a recording, or says anew how a known one stands.
     *
     * @param recording as the archive's catalog describes it now.
     */
    public void update(final RecordingDescriptor recording) {
        log.update(recording);
        recordings.put(recording.recordingId(), recording);
        recording.purged().stream()
                .filter(segment -> !forgotten.contains(segment))
                .forEach(toForget::add);
    }

    /**
     * Says how far the recorder has come, so that everything before is read and nothing behind.
     *
     * @param recordingId of a recording that grows; an unknown one is passed over.
     * @param position of the recorder.
     */
    public void limit(final long recordingId, final long position) {
        log.limit(recordingId, position);
    }

    /**
     * Feeds what is there.
     *
     * @param messageLimit most messages at once.
     * @return how many there were.
     */
    public int poll(final int messageLimit) {
        final int count = log.poll(messageLimit, this::feed);
        indexedMessages += count;
        forgetPurged();
        return count;
    }

    /** Stores what was fed, in each index at once. */
    public void commit() {
        indexes.forEach(Index::commit);
        committedNs = latestNs;
    }

    /** Feeds and stores to the end of what is written, and makes the indices complete for a question. */
    public void catchUp(final int messageLimit) {
        while (poll(messageLimit) > 0) {
            commit();
        }
        commit();
        indexes.forEach(Index::complete);
    }

    /** Messages that were fed since this began. */
    public long indexedMessages() {
        return indexedMessages;
    }

    /** Latest capture time of what is stored, ns since the epoch; 0 before anything is. */
    public long committedNs() {
        return committedNs;
    }

    /** Bytes of the recordings that are known to be written and were not fed yet. */
    public long lagBytes() {
        return log.lagBytes();
    }

    @Override
    public void close() {
        log.close();
        indexes.forEach(Index::close);
    }

    /** What was read of deleted segments goes once nothing more of them can come. */
    private void forgetPurged() {
        for (final Iterator<PurgedSegment> segments = toForget.iterator(); segments.hasNext(); ) {
            final PurgedSegment segment = segments.next();
            final RecordingDescriptor recording = Objects.requireNonNull(recordings.get(segment.recordingId()));
            if (log.isPast(recording.publicationKey(), segment.fromPosition(), segment.toPosition())) {
                // Where recordings of one writer's life overlap, what one has lost another may hold.
                final List<PurgedSegment> lost = recording.lost(segment, recordings.values());
                for (final PurgedSegment range : lost) {
                    indexes.forEach(index -> index.forget(recording, range));
                }
                if (!lost.isEmpty()) {
                    forgotten.add(segment);
                    segments.remove();
                }
            }
        }
    }

    private void feed(final RecordedMessage message) {
        final long publicationKey = message.recording().publicationKey();
        latestNs = Math.max(latestNs, message.captureTimeNs());
        for (final Index index : indexes) {
            if (message.position() >= index.position(publicationKey)) {
                index.onMessage(message);
            }
        }
    }

    private long startPosition(final long publicationKey) {
        return indexes.stream()
                .mapToLong(index -> index.position(publicationKey))
                .min()
                .orElse(0);
    }
}

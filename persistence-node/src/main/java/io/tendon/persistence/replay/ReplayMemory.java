package io.tendon.persistence.replay;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.config.ConfigException;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a replay's logs fit into shared memory. Called once, before the replay begins. */
final class ReplayMemory {
    private static final long OTHER_BYTES = 32L << 20;

    private ReplayMemory() {}

    /**
     * Bytes of shared memory that a replay takes at most: the replay streams, and the logs on which the archive gives the
     * recordings, which take what is written to them up to their three terms.
     *
     * @param streams live streams that are replayed.
     * @param recordings of these streams, none of them open.
     * @return bytes.
     */
    static long requiredBytes(final List<StreamDescriptor> streams, final List<RecordingDescriptor> recordings) {
        long bytes = OTHER_BYTES;
        for (final StreamDescriptor stream : streams) {
            final long longest = recordings.stream()
                    .filter(recording -> recording.streamId() == stream.streamId())
                    .mapToLong(ReplayMemory::logBytes)
                    .max()
                    .orElse(0);
            bytes += StreamSizing.sharedMemoryBytes(StreamCatalog.replayOf(stream)) + stream.writers() * longest;
        }
        return bytes;
    }

    /**
     * Refuses to begin when there is too little room.
     *
     * @param directory in memory, in which the driver's directory is.
     * @param requiredBytes at most.
     * @throws ConfigException saying how to make room.
     */
    static void require(final Path directory, final long requiredBytes) {
        final long usableBytes;
        try {
            usableBytes = Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            throw new ConfigException(
                    directory.toString(), "unreadable", "must be a directory in memory", "mount it", e);
        }
        if (usableBytes < requiredBytes) {
            throw new ConfigException(
                    directory + " free",
                    (usableBytes >> 20) + "MiB",
                    "must be at least " + (requiredBytes >> 20) + "MiB for the logs of this replay",
                    "choose fewer streams with --stream, remove what is left of dead sessions there, or make /dev/shm"
                            + " larger");
        }
    }

    private static long logBytes(final RecordingDescriptor recording) {
        return Math.min(
                (long) StreamSizing.TERMS_PER_LOG * recording.termLengthBytes(),
                recording.stopPosition() - recording.startPosition());
    }
}

package io.tendon.persistence.recording;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far each recording has reached the device. Written by the {@link DurabilityAgent}; any thread may read. */
public final class DurablePositions {
    private final Map<Long, Long> positions = new ConcurrentHashMap<>();

    /** Nothing is durable yet. */
    public DurablePositions() {}

    /**
     * The position up to which a recording survives a power cut.
     *
     * @param recordingId of the archive.
     * @param absent what to return when nothing of it was flushed yet.
     * @return position.
     */
    public long position(final long recordingId, final long absent) {
        return positions.getOrDefault(recordingId, absent);
    }

    void set(final long recordingId, final long position) {
        positions.put(recordingId, position);
    }
}

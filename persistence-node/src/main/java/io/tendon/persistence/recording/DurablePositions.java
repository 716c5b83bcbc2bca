package io.tendon.persistence.recording;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * How far each recording has reached the device, and when. Written by the {@link DurabilityAgent}. A position stays for each
 * recording of the session, so that none is flushed twice when the session ends.
 */
public final class DurablePositions {
    private static final int CAPACITY = 1 << 14;

    private final Map<Long, Long> positions = new ConcurrentHashMap<>();
    private final OneToOneConcurrentArrayQueue<Reached> reached = new OneToOneConcurrentArrayQueue<>(CAPACITY);

    /** Nothing is durable yet. */
    public DurablePositions() {}

    /**
     * The position up to which a recording survives a power cut. Any thread.
     *
     * @param recordingId of the archive.
     * @param absent what to return when nothing of it was flushed yet.
     * @return position.
     */
    public long position(final long recordingId, final long absent) {
        return positions.getOrDefault(recordingId, absent);
    }

    /**
     * Hands over what was reached since the last call. One thread.
     *
     * @param handler is told in the order in which it happened.
     */
    void drain(final Consumer<Reached> handler) {
        reached.drain(handler, CAPACITY);
    }

    /** Nobody may have drained for long: then the next one stands for this one too, and makes the time longer. */
    void set(final long recordingId, final long position, final long timeNs) {
        positions.put(recordingId, position);
        reached.offer(new Reached(recordingId, position, timeNs));
    }

    /**
     * A recording was on the device up to a position.
     *
     * @param recordingId of the archive.
     * @param position behind what was there.
     * @param timeNs when that was known, ns since the epoch.
     */
    record Reached(long recordingId, long position, long timeNs) {}
}

package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The simulated arm while control is dead: a real arm does not vanish with the process that commands it, so the simulated
 * one leaves its state in memory at each step, and the next control finds it there.
 *
 * <pre>
 *   0          8         16          24
 *  +----------+---------+-----------+------------------------+------------------------+
 *  | session  | length  | sequence  | time, values  (slot 0) | time, values  (slot 1) |
 *  +----------+---------+-----------+------------------------+------------------------+
 * </pre>
 *
 * <p>All int64 or double, native order. A step is written to the slot that does not hold the latest one, and then the
 * sequence goes up by one, whose lowest bit names the slot: a process that is killed in between leaves the step before.
 * Belongs to one session; another begins with a new arm. Owner: the control loop's thread.
 */
public final class ArmMemory {
    private static final int SESSION_OFFSET = 0;
    private static final int LENGTH_OFFSET = 8;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int SLOTS_OFFSET = 24;
    private static final int MAX_VALUES = 256;
    private static final int SLOT_LENGTH = (1 + MAX_VALUES) * Double.BYTES;

    private final UnsafeBuffer buffer;
    private final long session;

    private ArmMemory(final UnsafeBuffer buffer, final long session) {
        this.buffer = buffer;
        this.session = session;
    }

    /**
     * Opens the memory; it may hold the arm of this session, of another, or none.
     *
     * @param file in memory; made when it is not there.
     * @param session that tells one session from another.
     * @return the memory, mapped for as long as the process lives.
     * @throws IOException when the file cannot be made.
     */
    public static ArmMemory open(final Path file, final long session) throws IOException {
        final int length = SLOTS_OFFSET + 2 * SLOT_LENGTH;
        if (Files.exists(file) && Files.size(file) != length) {
            Files.delete(file);
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return new ArmMemory(new UnsafeBuffer(mapped), session);
        }
    }

    /** Whether it holds an arm of this session with so many values. */
    boolean holds(final int values) {
        return buffer.getLong(SESSION_OFFSET) == session
                && buffer.getLong(LENGTH_OFFSET) == values
                && buffer.getLongVolatile(SEQUENCE_OFFSET) > 0;
    }

    /**
     * Reads the latest step.
     *
     * @param values receives it.
     * @return its time, ns since the epoch.
     */
    long read(final double[] values) {
        final int slot = slot(buffer.getLongVolatile(SEQUENCE_OFFSET));
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getDouble(slot + (1 + i) * Double.BYTES);
        }
        return buffer.getLong(slot);
    }

    /** Forgets the arm of another session, and holds this one's from the next step on. */
    void begin(final int values) {
        if (values > MAX_VALUES) {
            throw new IllegalArgumentException("values=" + values + ": must be at most " + MAX_VALUES);
        }
        buffer.putLongVolatile(SEQUENCE_OFFSET, 0);
        buffer.putLong(SESSION_OFFSET, session);
        buffer.putLong(LENGTH_OFFSET, values);
    }

    /**
     * Writes a step.
     *
     * @param timeNs ns since the epoch.
     * @param values of the step.
     */
    @RealTime
    void write(final long timeNs, final double[] values) {
        final long next = buffer.getLong(SEQUENCE_OFFSET) + 1;
        final int slot = slot(next);
        buffer.putLong(slot, timeNs);
        for (int i = 0; i < values.length; i++) {
            buffer.putDouble(slot + (1 + i) * Double.BYTES, values[i]);
        }
        buffer.putLongRelease(SEQUENCE_OFFSET, next);
    }

    private static int slot(final long sequence) {
        return SLOTS_OFFSET + (int) (sequence & 1) * SLOT_LENGTH;
    }
}

package io.tendon.bench.store.engine;

import java.sql.SQLException;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Something that keeps joint states. One owner thread. */
interface Engine extends AutoCloseable {
    /** Its name, for people. */
    String label();

    /** What {@link #commit} does for a power cut, for a note. */
    String durability();

    /**
     * Takes a message in, and reads every field of it.
     *
     * @param buffer that holds it at its beginning, valid until this returns.
     * @param lengthBytes of it.
     */
    void append(DirectBuffer buffer, int lengthBytes) throws SQLException;

    /** Puts what was taken in onto the device, to be found after a power cut. */
    void commit() throws SQLException;

    /** What comes before the first question; counts as taking in. */
    void complete() throws SQLException;

    /**
     * Each value of the third joint's position in a range.
     *
     * @param fromNs first capture time, ns since the epoch.
     * @param toNs behind the last.
     * @return how many, and their sum.
     */
    Sum range(long fromNs, long toNs) throws SQLException;

    /**
     * The greatest position of the third joint in each second of a range.
     *
     * @param fromNs beginning of a second, ns since the epoch.
     * @param toNs end of a second.
     * @return by the beginning of the second, ns since the epoch.
     */
    Map<Long, Double> greatest(long fromNs, long toNs) throws SQLException;

    @Override
    void close() throws SQLException;

    /**
     * So many values and their sum. Immutable.
     *
     * @param count of values.
     * @param total of them.
     */
    record Sum(long count, double total) {}
}

package io.tendon.sessionlog.durability;

/**
 * How one stream stood when its recording was cut off.
 *
 * @param streamId of the stream.
 * @param streamName of the stream.
 * @param unflushedBytes of log that are recorded and were not known to be flushed: at most so much a power cut took.
 * @param unflushedMessages in these.
 * @param unflushedNs from the capture of the first of them to that of the last, ns.
 * @param lostBytes of log that are known to have been published and are not recorded: at least so much is lost.
 */
public record StreamCutOff(
        int streamId,
        String streamName,
        long unflushedBytes,
        long unflushedMessages,
        long unflushedNs,
        long lostBytes) {

    /** Whether all of it was on the device, and nothing is known to be lost. */
    boolean isEmpty() {
        return unflushedBytes == 0 && lostBytes == 0;
    }

    /** Together with another writer's recording of the stream. */
    StreamCutOff plus(final StreamCutOff other) {
        return new StreamCutOff(
                streamId,
                streamName,
                unflushedBytes + other.unflushedBytes,
                unflushedMessages + other.unflushedMessages,
                Math.max(unflushedNs, other.unflushedNs),
                lostBytes + other.lostBytes);
    }
}

package io.tendon.sessionlog.verify;

import io.tendon.schemas.NodeId;

/**
 * What was counted of one writer's life.
 *
 * @param life of the writer.
 * @param stream name of the stream.
 * @param source node that wrote; NULL_VAL when it is not known.
 * @param recordings of this life.
 * @param bytes read, overlaps twice.
 * @param messages each counted once.
 * @param missingExplained messages that the log says are missing, and why.
 * @param missingUnexplained messages that are missing and nobody says why, those in damaged frames among them.
 * @param firstNs capture time of the first message, ns since the epoch; {@link TimeSpan#UNKNOWN} when there is none.
 * @param lastNs capture time of the last message, ns since the epoch; {@link TimeSpan#UNKNOWN} when there is none.
 * @param silence longest time between two messages.
 */
record LifeFigures(
        WriterLife life,
        String stream,
        NodeId source,
        int recordings,
        long bytes,
        long messages,
        long missingExplained,
        long missingUnexplained,
        long firstNs,
        long lastNs,
        TimeSpan silence) {

    /** Messages a second from the first to the last; 0 when there are too few to say. */
    double ratePerS() {
        return messages < 2 || lastNs <= firstNs ? 0 : (messages - 1) * 1e9 / (lastNs - firstNs);
    }

    boolean isEmpty() {
        return messages == 0;
    }
}

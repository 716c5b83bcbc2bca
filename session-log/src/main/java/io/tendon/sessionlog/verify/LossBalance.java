package io.tendon.sessionlog.verify;

import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.Locale;

/**
 * The losses of one writer's life as they were said, held against the holes in what is recorded of it.
 *
 * @param streamId of the stream.
 * @param stream name of the stream.
 * @param sessionId Aeron's, of the writer's life.
 * @param writer that it was; {@link NodeId#NULL_VAL} when no message says.
 * @param refused sequence numbers that the writer says were refused to it, up to the last that is known of.
 * @param missing sequence numbers that are not recorded.
 * @param missingRefused of these, those that were refused.
 * @param readers that say they missed some.
 */
public record LossBalance(
        int streamId,
        String stream,
        int sessionId,
        NodeId writer,
        long refused,
        long missing,
        long missingRefused,
        List<ReaderShare> readers) {

    /**
     * What one reader says it missed.
     *
     * @param reader that says so.
     * @param missed sequence numbers.
     * @param refused of these, those that were refused to the writer.
     * @param unrecorded of these, those that are not recorded either, though not refused.
     * @param recorded of these, those that are recorded: the reader lost them itself, left behind.
     */
    public record ReaderShare(NodeId reader, long missed, long refused, long unrecorded, long recorded) {
        String text() {
            return name(reader) + " missed " + missed + " (" + refused + " refused, " + recorded + " left behind"
                    + (unrecorded > 0 ? ", " + unrecorded + " not recorded either" : "") + ")";
        }
    }

    /** Copies the list. */
    public LossBalance {
        readers = List.copyOf(readers);
    }

    /** Refusals that were said of messages that are recorded, so that the two do not agree; 0 when all is well. */
    public long refusedButRecorded() {
        return refused - missingRefused;
    }

    /** Whether nothing was lost, and nobody says so. */
    public boolean isEmpty() {
        return refused == 0 && missing == 0 && readers.isEmpty();
    }

    /** One line for a person. */
    public String text() {
        final StringBuilder line = new StringBuilder(160)
                .append(stream)
                .append(" of ")
                .append(name(writer))
                .append(", session ")
                .append(sessionId)
                .append(": ")
                .append(refused)
                .append(" refused, ")
                .append(missing)
                .append(" missing in the recording");
        if (missing > missingRefused) {
            line.append(" (").append(missingRefused).append(" refused)");
        }
        readers.forEach(reader -> line.append("; ").append(reader.text()));
        return line.toString();
    }

    private static String name(final NodeId node) {
        return node == NodeId.NULL_VAL ? "an unknown writer" : node.name().toLowerCase(Locale.ROOT);
    }
}

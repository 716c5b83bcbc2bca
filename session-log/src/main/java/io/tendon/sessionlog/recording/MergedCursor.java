package io.tendon.sessionlog.recording;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges cursors into one, ordered by capture time, then stream, publication and position. The order within each cursor
 * is kept, even where its capture times go backwards. One owner thread. Readers of more than one log are such a
 * merge of what they read from.
 */
public class MergedCursor implements MessageCursor {
    private static final Comparator<MessageCursor> ORDER = Comparator.<MessageCursor>comparingLong(
                    cursor -> cursor.message().captureTimeNs())
            .thenComparingInt(cursor -> cursor.message().recording().streamId())
            .thenComparingInt(cursor -> cursor.message().recording().sessionId())
            .thenComparingLong(cursor -> cursor.message().position());

    private final List<MessageCursor> cursors;
    private final PriorityQueue<MessageCursor> heads = new PriorityQueue<>(ORDER);
    private @Nullable MessageCursor present;
    private boolean isStarted;

    /**
     * Merges.
     *
     * @param cursors that have not been moved yet; closed with this.
     */
    public MergedCursor(final List<? extends MessageCursor> cursors) {
        this.cursors = List.copyOf(cursors);
    }

    @Override
    public final boolean next() {
        if (!isStarted) {
            isStarted = true;
            cursors.stream().filter(MessageCursor::next).forEach(heads::add);
        } else if (present != null && present.next()) {
            heads.add(present);
        }
        present = heads.poll();
        return present != null;
    }

    @Override
    public final RecordedMessage message() {
        return Objects.requireNonNull(present, "next() has not returned true yet")
                .message();
    }

    @Override
    public final void close() {
        cursors.forEach(MessageCursor::close);
    }
}

package io.tendon.sessionlog.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one publication said, out of all recordings of it, in the order of its positions and each position once.
 * Recordings of one publication overlap where a recorder was restarted, and what one of them has lost another may hold.
 * One owner thread.
 */
public final class PublicationReader implements MessageCursor {
    private final List<Lane> lanes = new ArrayList<>();
    private @Nullable MessageCursor present;
    private long watermark;

    /**
     * Adds a recording of the publication. May be called while reading: messages that another recording has given
     * already are left out.
     *
     * @param reader of the recording, in the order of its positions; closed with this.
     */
    public void add(final MessageCursor reader) {
        lanes.add(new Lane(reader));
    }

    /**
     * Leaves out all messages before a position.
     *
     * @param position in the publication's log.
     */
    public void skipTo(final long position) {
        watermark = Math.max(watermark, position);
    }

    /** Where the next message begins of those that were read from their recordings and not given out; else the largest. */
    long pendingPosition() {
        return lanes.stream()
                .filter(lane -> lane.isLoaded && lane.position() >= watermark)
                .mapToLong(Lane::position)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public boolean next() {
        Lane best = null;
        for (final Lane lane : lanes) {
            if (lane.load(watermark) && (best == null || lane.position() < best.position())) {
                best = lane;
            }
        }
        if (best == null) {
            return false;
        }
        present = best.reader;
        watermark = best.reader.message().nextPosition();
        return true;
    }

    @Override
    public RecordedMessage message() {
        return Objects.requireNonNull(present, "next() has not returned true yet")
                .message();
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.reader.close());
    }

    /** A recording and whether its present message is still to be given out. */
    private static final class Lane {
        private final MessageCursor reader;
        private boolean isLoaded;

        Lane(final MessageCursor reader) {
            this.reader = reader;
        }

        long position() {
            return reader.message().position();
        }

        boolean load(final long watermark) {
            while (!isLoaded || position() < watermark) {
                isLoaded = reader.next();
                if (!isLoaded) {
                    return false;
                }
            }
            return true;
        }
    }
}

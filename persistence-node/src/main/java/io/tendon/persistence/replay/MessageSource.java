package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;

/** Recorded messages in order, from any time on. One owner thread. */
interface MessageSource {
    /**
     * Goes to a time and moves to the first message there.
     *
     * @param range of capture times, ns since the epoch.
     * @return false when there is no message in it.
     */
    boolean seek(TimeRange range);

    /**
     * Moves to the next message.
     *
     * @return false at the end.
     */
    boolean next();

    /** The message that was moved to; valid until the next move. */
    RecordedMessage message();
}

package io.tendon.sessionlog.manifest;

import io.tendon.sessionlog.recording.RecordedMessage;

/** Is told what a {@link MessageTally} counts, on the tally's thread. */
public interface TallyListener {
    /** For tallies that only count. */
    TallyListener NONE = new TallyListener() {
        @Override
        public void onMessage(final RecordedMessage message) {}

        @Override
        public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {}
    };

    /**
     * A message was counted.
     *
     * @param message flyweight, valid during the call.
     */
    void onMessage(RecordedMessage message);

    /**
     * Sequence numbers are missing before a message.
     *
     * @param message the first behind the gap; flyweight, valid during the call.
     * @param firstSequence first missing.
     * @param lastSequence last missing.
     */
    void onGap(RecordedMessage message, long firstSequence, long lastSequence);
}

package io.tendon.store;

import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.List;

/**
 * Holds an index against the recording that it was made from, without changing it. It is fed the messages of each writer's
 * life in the order of their positions, each once. One owner thread.
 */
public interface IndexCheck extends AutoCloseable {
    /**
     * Takes note of a message.
     *
     * @param message holds until this returns.
     */
    void onMessage(RecordedMessage message);

    /** What was found, once all messages were given. */
    List<IndexFinding> finish();

    @Override
    void close();
}

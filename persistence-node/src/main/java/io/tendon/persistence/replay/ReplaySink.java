package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.function.BooleanSupplier;

/** Where replayed messages go. One owner thread. */
interface ReplaySink {
    /**
     * Gives a message out, waiting for readers.
     *
     * @param message as recorded.
     * @param pass raised by each jump of the replay.
     * @param isStopped ends the wait.
     * @return false when it was given up.
     */
    boolean publish(RecordedMessage message, int pass, BooleanSupplier isStopped);

    /** To be called now and then while nothing is published. */
    void doWork();
}

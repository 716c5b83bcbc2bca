package io.tendon.persistence.recording;

import io.tendon.bus.catalog.StreamDescriptor;

/** The recording of a stream, that can be stopped and begun again. One owner thread. */
interface RankedRecording {
    /** What is recorded; its rank says how long. */
    StreamDescriptor stream();

    /** Begins to record it. */
    void start();

    /** Ends the recording. */
    void stop();
}

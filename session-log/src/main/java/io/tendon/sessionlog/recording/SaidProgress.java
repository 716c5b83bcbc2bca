package io.tendon.sessionlog.recording;

import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.RecordingProgressDecoder;
import io.tendon.schemas.RecordingProgressDecoder.RecordingsDecoder;
import java.util.function.Consumer;

/** Reads how far the recorder said that each of its recordings was. One owner thread. */
public final class SaidProgress {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RecordingProgressDecoder progress = new RecordingProgressDecoder();

    /** Reads nothing yet. */
    public SaidProgress() {}

    /**
     * Reads a message.
     *
     * @param message of any stream.
     * @param recordings takes each recording of which it says something, a flyweight that holds until the next one; none
     *     when it is another message.
     */
    public void read(final RecordedMessage message, final Consumer<RecordingsDecoder> recordings) {
        if (message.hasStamp()
                && MessageSchema.templateId(message.buffer(), message.offset())
                        == RecordingProgressDecoder.TEMPLATE_ID) {
            progress.wrapAndApplyHeader(message.buffer(), message.offset(), header);
            // Groups are read in the order of the schema: each begins where the one before was left.
            progress.inputs().forEach(input -> {});
            progress.recordings().forEach(recordings);
        }
    }
}

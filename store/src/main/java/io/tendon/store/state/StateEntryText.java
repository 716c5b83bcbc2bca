package io.tendon.store.state;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.StateEntryDecoder;
import io.tendon.sessionlog.recording.RecordedMessage;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a StateEntry says. Immutable; any thread.
 *
 * @param key that it is about.
 * @param content one JSON value; empty when the key is removed.
 * @param isRemoved whether the key is to be forgotten.
 */
public record StateEntryText(String key, String content, boolean isRemoved) {
    /** Whether a message puts something under a key: a StateEntry, on the stream for them. */
    static boolean isEntry(final RecordedMessage message) {
        return message.recording().streamId() == StreamCatalog.STATE_ENTRY.streamId()
                && MessageSchema.templateId(message.buffer(), message.offset()) == StateEntryDecoder.TEMPLATE_ID;
    }

    /**
     * Decodes a StateEntry.
     *
     * @param buffer holding it.
     * @param offset at which its header begins.
     * @param lengthBytes of it, header included.
     * @return what it says; null when it is none, or ends before its texts do.
     */
    public static @Nullable StateEntryText decode(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (MessageSchema.templateId(buffer, offset) != StateEntryDecoder.TEMPLATE_ID) {
            return null;
        }
        try {
            // A view of its own: what lies behind the message in the log is not read by mistake.
            final StateEntryDecoder decoder = new StateEntryDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(buffer, offset, lengthBytes), 0, new MessageHeaderDecoder());
            final boolean isRemoved = decoder.removed() == BooleanType.TRUE;
            for (final StateEntryDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
                inputs.next();
            }
            return new StateEntryText(decoder.key(), decoder.content(), isRemoved);
        } catch (final IndexOutOfBoundsException e) {
            return null;
        }
    }
}

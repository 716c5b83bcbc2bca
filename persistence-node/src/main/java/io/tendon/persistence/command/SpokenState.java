package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.state.StateEntryText;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateValue;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/** Picks the values of one key out of what is said on a stream. One owner thread. */
final class SpokenState implements MessageHandler {
    private final StateKey key;
    private final StreamDescriptor stream;
    private final String session;
    private final Consumer<StateValue> listener;
    private final Ir ir = MessageIr.decode(MessageSchema.irBytes());

    /**
     * Nothing has been said yet.
     *
     * @param key whose values are wanted.
     * @param stream that is listened to.
     * @param session that runs.
     * @param listener is given each value.
     */
    SpokenState(
            final StateKey key,
            final StreamDescriptor stream,
            final String session,
            final Consumer<StateValue> listener) {
        this.key = key;
        this.stream = stream;
        this.session = session;
        this.listener = listener;
    }

    @Override
    public void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        boolean isRemoved = false;
        if (key.isMessage()) {
            final List<Token> tokens = ir.getMessage(MessageSchema.templateId(buffer, offset));
            if (tokens == null || !tokens.get(0).name().equals(key.message())) {
                return;
            }
        } else {
            final StateEntryText entry = StateEntryText.decode(buffer, offset, lengthBytes);
            if (entry == null || !entry.key().equals(key.text())) {
                return;
            }
            isRemoved = entry.isRemoved();
        }
        final byte[] bytes = new byte[lengthBytes];
        buffer.getBytes(offset, bytes);
        listener.accept(new StateValue(
                key,
                session,
                stream.streamId(),
                sessionId,
                fromPosition,
                MessageSchema.captureTimeNs(buffer, offset),
                isRemoved,
                new UnsafeBuffer(bytes)));
    }
}

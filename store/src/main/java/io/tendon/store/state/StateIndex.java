package io.tendon.store.state;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.store.Index;
import io.tendon.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Keeps the state of a data directory up to what one of its sessions says. Between two commits only the last message of
 * each key is kept, so that a stream of 1 kHz costs one write a commit. The store outlives it, and is closed by who opened
 * it. One owner thread, that of the store.
 */
public final class StateIndex implements Index {
    private static final long MISSING_POSITION = -1;

    private final StateTable table;
    private final String session;
    private final Ir ir;
    private final Consumer<String> notices;
    // By stream and type of message; null for a type that the schema does not know.
    private final Map<Long, @Nullable LastMessage> messages = new HashMap<>();
    // By key; emptied at each commit, so that what it takes is bounded by what is fed between two.
    private final Map<String, LastMessage> entries = new HashMap<>();
    private final Long2LongHashMap positions = new Long2LongHashMap(MISSING_POSITION);
    private long passedOver;
    private boolean isRefusalSaid;

    /**
     * Feeds a store with a session.
     *
     * @param store of the session's data directory, open until this is closed.
     * @param session name of the session.
     * @param ir schema that it was recorded with.
     * @param notices is told, in one line, when a key was refused.
     * @throws StoreException when the session's name is too long for the store.
     */
    public StateIndex(final StateStore store, final String session, final Ir ir, final Consumer<String> notices) {
        this((StateTable) store, session, ir, notices);
    }

    StateIndex(final StateTable table, final String session, final Ir ir, final Consumer<String> notices) {
        if (!isNameKept(session)) {
            throw new StoreException("session " + session + ": its name must have at most "
                    + StateValueDescriptor.MAX_SESSION_BYTES + " bytes for its state to be kept; rename its directory");
        }
        this.table = table;
        this.session = session;
        this.ir = ir;
        this.notices = notices;
    }

    /** Whether a session's name fits beside a value. */
    static boolean isNameKept(final String session) {
        return session.getBytes(StandardCharsets.UTF_8).length <= StateValueDescriptor.MAX_SESSION_BYTES;
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public long position(final long publicationKey) {
        final long fed = positions.get(publicationKey);
        return fed == MISSING_POSITION ? table.position(session, publicationKey) : fed;
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        final LastMessage last = message.hasStamp() ? last(message) : null;
        if (last == null) {
            passedOver++;
        } else {
            last.onMessage(message);
        }
        positions.put(message.recording().publicationKey(), message.nextPosition());
    }

    @Override
    public void commit() {
        for (final LastMessage last : messages.values()) {
            if (last != null) {
                store(last);
            }
        }
        entries.values().forEach(this::store);
        entries.clear();
        positions.forEachLong((publicationKey, position) -> table.position(session, publicationKey, position));
    }

    @Override
    public void complete() {
        // A value has no span of time that could be open.
    }

    /** Messages that are no value: of an unknown type, or an entry without a key. */
    public long passedOver() {
        return passedOver;
    }

    @Override
    public void close() {
        messages.clear();
        entries.clear();
    }

    private void store(final LastMessage last) {
        if (!last.isPending()) {
            return;
        }
        final StateValue value = last.take();
        final PutOutcome outcome = table.put(value);
        if ((outcome == PutOutcome.FULL || outcome == PutOutcome.COLLISION) && !isRefusalSaid) {
            // Once: it goes on for as long as the key is said.
            isRefusalSaid = true;
            notices.accept(refusal(outcome, value.key()));
        }
    }

    private static String refusal(final PutOutcome outcome, final StateKey key) {
        final String fault = outcome == PutOutcome.FULL
                ? "the map holds as many keys as state-entries allows; raise it in config/persistence-node.properties"
                        + " (removed keys count too)"
                : "has the same hash as another key; choose another name";
        return "state: key " + key + " is not kept, it is read from the recordings instead: " + fault;
    }

    private @Nullable LastMessage last(final RecordedMessage message) {
        if (StateEntryText.isEntry(message)) {
            final StateEntryText entry =
                    StateEntryText.decode(message.buffer(), message.offset(), message.lengthBytes());
            return entry == null || !StateKey.isChosen(entry.key())
                    ? null
                    : entries.computeIfAbsent(entry.key(), key -> new LastMessage(new StateKey(key), session));
        }
        final int templateId = MessageSchema.templateId(message.buffer(), message.offset());
        final long key = ((long) message.recording().streamId() << 32) | templateId;
        if (!messages.containsKey(key)) {
            final List<Token> tokens = ir.getMessage(templateId);
            messages.put(
                    key,
                    tokens == null
                            ? null
                            : new LastMessage(
                                    StateKey.ofMessage(
                                            message.recording(), tokens.get(0).name()),
                                    session));
        }
        return messages.get(key);
    }

    /** The last message of a key since the last commit. */
    private static final class LastMessage {
        private final StateKey key;
        private final String session;
        private byte[] bytes = {};
        private int lengthBytes;
        private int streamId;
        private int sessionId;
        private long position;
        private long captureTimeNs;
        private boolean isPending;

        LastMessage(final StateKey key, final String session) {
            this.key = key;
            this.session = session;
        }

        boolean isPending() {
            return isPending;
        }

        void onMessage(final RecordedMessage message) {
            if (isPending && !isLater(message)) {
                return;
            }
            lengthBytes = message.lengthBytes();
            if (bytes.length < lengthBytes) {
                bytes = new byte[lengthBytes];
            }
            message.buffer().getBytes(message.offset(), bytes, 0, lengthBytes);
            streamId = message.recording().streamId();
            sessionId = message.recording().sessionId();
            position = message.position();
            captureTimeNs = message.captureTimeNs();
            isPending = true;
        }

        StateValue take() {
            isPending = false;
            final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOf(bytes, lengthBytes));
            boolean isRemoved = false;
            if (!key.isMessage()) {
                final StateEntryText entry = StateEntryText.decode(message, 0, lengthBytes);
                isRemoved = entry != null && entry.isRemoved();
            }
            return new StateValue(key, session, streamId, sessionId, position, captureTimeNs, isRemoved, message);
        }

        /** As {@link StateValue#ORDER} has it. */
        private boolean isLater(final RecordedMessage message) {
            if (message.captureTimeNs() != captureTimeNs) {
                return message.captureTimeNs() > captureTimeNs;
            }
            if (message.position() != position) {
                return message.position() > position;
            }
            return message.recording().sessionId() > sessionId;
        }
    }
}

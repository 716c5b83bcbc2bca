package io.tendon.store.state;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingOpener;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/**
 * The same answers from the recordings alone: of a moment of the past, while another process has the map open, and of what
 * the map does not hold. Slower, and needs nothing but the files. One owner thread.
 */
public final class LoggedState {
    /** By how much capture times may go beyond what a manifest says of a session's end. */
    private static final long SLACK_NS = 1_000_000_000L;

    /** How far before the end is looked at first, and by how much more each time: most values are recent. */
    private static final long FIRST_SPAN_NS = 2_000_000_000L;

    private static final int SPAN_FACTOR = 16;

    private final Path data;
    private final Consumer<String> notices;

    /**
     * Nothing is read yet.
     *
     * @param data directory of all sessions.
     * @param notices is told, in one line each, what could not be read.
     */
    public LoggedState(final Path data, final Consumer<String> notices) {
        this.data = data;
        this.notices = notices;
    }

    /**
     * Looks for what was known under a key at a moment.
     *
     * @param key to look for.
     * @param untilNs capture time of the last message that counts, ns since the epoch; {@link Long#MAX_VALUE} for now.
     * @return the value, which may be that the key was removed; null when nothing was said until then.
     */
    public @Nullable StateValue get(final StateKey key, final long untilNs) {
        // The session that ended last holds it, most likely; the others are looked at if they could.
        final List<Session> sessions = new SessionCatalog(data)
                .sessions().stream()
                        .sorted(Comparator.comparingLong(
                                        (Session session) -> session.manifest().endedNs())
                                .reversed())
                        .toList();
        StateValue last = null;
        for (final Session session : sessions) {
            if (last == null || last.captureTimeNs() <= endNs(session)) {
                last = later(last, last(session, key, untilNs));
            }
        }
        return last;
    }

    /**
     * Lists what is known now, removed keys included, in the order of the keys. Reads all recordings of all sessions.
     *
     * @param prefix of the keys; empty for all.
     * @return the values.
     */
    public List<StateValue> list(final String prefix) {
        final HeapStateTable table = new HeapStateTable();
        final int slash = prefix.lastIndexOf('/');
        final String streamName = slash == -1 ? "" : prefix.substring(0, slash);
        final boolean isOneStream =
                StreamCatalog.all().stream().anyMatch(stream -> stream.name().equals(streamName));
        // The key of a message names its stream; what else begins like that can only be a chosen one.
        new StateCatchUp(
                        table,
                        data,
                        streamId -> !isOneStream
                                || streamId == StreamCatalog.STATE_ENTRY.streamId()
                                || streamId == StreamCatalog.byName(streamName).streamId(),
                        notices)
                .run(session -> true, () -> false);
        return table.values().values().stream()
                .filter(value -> value.key().text().startsWith(prefix))
                .sorted(Comparator.comparing(value -> value.key().text()))
                .toList();
    }

    /**
     * Fetches the message of a value that the map only knows the place of.
     *
     * @param value as the map has it.
     * @return the value with its message; null when its session is not there any more.
     */
    public @Nullable StateValue withMessage(final StateValue value) {
        if (value.message() != null) {
            return value;
        }
        final SessionDirectory directory = new SessionDirectory(data, value.session());
        final long publicationKey = ((long) value.streamId() << 32) | (value.sessionId() & 0xFFFF_FFFFL);
        for (final RecordingDescriptor recording :
                ArchiveListing.of(directory.archive()).recordings()) {
            if (recording.publicationKey() == publicationKey && recording.startPosition() <= value.position()) {
                try (RecordingReader reader =
                        new RecordingReader(directory.archive(), recording, DamageListener.IGNORED)) {
                    reader.seek(value.position());
                    if (reader.next() && reader.message().position() == value.position()) {
                        return valueOf(value.key(), value.session(), reader.message());
                    }
                }
            }
        }
        return null;
    }

    private @Nullable StateValue last(final Session session, final StateKey key, final long untilNs) {
        final SessionDirectory directory = session.directory();
        final Ir ir = key.isMessage() ? MessageIr.of(directory, notices) : null;
        final long endNs = Math.min(untilNs, endNs(session));
        long spanNs = FIRST_SPAN_NS;
        while (true) {
            final long fromNs = ir == null || spanNs > endNs ? Long.MIN_VALUE : endNs - spanNs;
            final StateValue found = last(directory, key, ir, new TimeRange(fromNs, behind(untilNs)));
            if (found != null || fromNs == Long.MIN_VALUE) {
                return found;
            }
            spanNs = spanNs > Long.MAX_VALUE / SPAN_FACTOR ? Long.MAX_VALUE : spanNs * SPAN_FACTOR;
            if (endNs - spanNs < session.manifest().startedNs() - SLACK_NS) {
                spanNs = Long.MAX_VALUE;
            }
        }
    }

    private static @Nullable StateValue last(
            final SessionDirectory directory, final StateKey key, final @Nullable Ir ir, final TimeRange range) {
        final String streamName = key.isMessage() ? key.stream() : StreamCatalog.STATE_ENTRY.name();
        final List<RecordingDescriptor> recordings = ArchiveListing.of(directory.archive()).recordings().stream()
                .filter(recording -> StateKey.streamName(recording).equals(streamName))
                .toList();
        StateValue last = null;
        try (SessionReader reader = new SessionReader(
                recordings,
                streamId -> true,
                range,
                RecordingOpener.files(directory.archive(), DamageListener.IGNORED))) {
            while (reader.next()) {
                // Before it is copied: of a stream of 1 kHz thousands are looked at.
                final boolean isEarlier = last != null && reader.message().captureTimeNs() < last.captureTimeNs();
                if (!isEarlier && isOf(key, ir, reader.message())) {
                    last = later(last, valueOf(key, directory.sessionId(), reader.message()));
                }
            }
        }
        return last;
    }

    private static boolean isOf(final StateKey key, final @Nullable Ir ir, final RecordedMessage message) {
        if (!message.hasStamp()) {
            return false;
        }
        if (ir != null) {
            final List<Token> tokens = ir.getMessage(MessageSchema.templateId(message.buffer(), message.offset()));
            return tokens != null && tokens.get(0).name().equals(key.message());
        }
        if (!StateEntryText.isEntry(message)) {
            return false;
        }
        final StateEntryText entry = StateEntryText.decode(message.buffer(), message.offset(), message.lengthBytes());
        return entry != null && entry.key().equals(key.text());
    }

    private static StateValue valueOf(final StateKey key, final String session, final RecordedMessage message) {
        final byte[] bytes = new byte[message.lengthBytes()];
        message.buffer().getBytes(message.offset(), bytes);
        final UnsafeBuffer copy = new UnsafeBuffer(bytes);
        final StateEntryText entry = key.isMessage() ? null : StateEntryText.decode(copy, 0, bytes.length);
        return new StateValue(
                key,
                session,
                message.recording().streamId(),
                message.recording().sessionId(),
                message.position(),
                message.captureTimeNs(),
                entry != null && entry.isRemoved(),
                copy);
    }

    private static @Nullable StateValue later(final @Nullable StateValue one, final @Nullable StateValue other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isLaterThan(one) ? other : one;
    }

    private static long endNs(final Session session) {
        return session.manifest().endedNs() + SLACK_NS;
    }

    private static long behind(final long untilNs) {
        return untilNs == Long.MAX_VALUE ? Long.MAX_VALUE : untilNs + 1;
    }
}

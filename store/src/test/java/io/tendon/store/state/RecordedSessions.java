package io.tendon.store.state;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;

/** Sessions that a real archive recorded, and what a scan of all of their messages says is known. */
final class RecordedSessions {
    /** The schema that they are recorded with. */
    static final Ir IR = MessageIr.decode(MessageSchema.irBytes());

    /** What entries are put under. */
    static final List<String> KEYS = List.of("calibration/wrist", "object/mug", "object/box", "task");

    private final Path data;
    private final Random random;

    RecordedSessions(final Path data, final Random random) {
        this.data = data;
        this.random = random;
    }

    /** Two writers a stream, entries of theirs mixed in time, capture times from a number of periods after the start on. */
    void record(final String session, final int firstPeriod, final int count, final UnsafeBuffer... more) {
        try (RecordedArchive archive = new RecordedArchive(new SessionDirectory(data, session).root())) {
            final List<ExclusivePublication> publications = new ArrayList<>();
            for (final StreamDescriptor stream : List.of(
                    StreamCatalog.CONTROL_STATE,
                    StreamCatalog.CONTROL_EVENT,
                    StreamCatalog.FUSION_EMBEDDING,
                    StreamCatalog.STATE_ENTRY,
                    StreamCatalog.STATE_ENTRY)) {
                if (publications.size() < 4) {
                    archive.record(stream.streamId(), stream.name(), 1);
                }
                publications.add(archive.publication(stream.streamId()));
            }
            for (int i = 0; i < count; i++) {
                archive.publish(publications.get(0), TestMessages.jointState(firstPeriod + i));
                archive.publish(publications.get(1), TestMessages.event(firstPeriod + i));
                archive.publish(publications.get(2), StateMessages.embedding(firstPeriod + i, 400));
                final long timeNs = TestMessages.START_NS + (firstPeriod + i) * TestMessages.PERIOD_NS;
                final String key = KEYS.get(random.nextInt(KEYS.size()));
                // Several of one moment too: the position decides then, or the writer.
                archive.publish(
                        publications.get(3 + random.nextInt(2)),
                        random.nextInt(5) == 0
                                ? StateMessages.removal(i, timeNs - timeNs % 5_000_000, key)
                                : StateMessages.entry(i, timeNs - timeNs % 5_000_000, key, "{\"i\":" + i + "}"));
            }
            archive.publish(publications.get(1), TestMessages.sessionDescription(firstPeriod + 10, session));
            archive.publish(publications.get(3), StateMessages.entry(count, TestMessages.START_NS, "No Key", "1"));
            for (final UnsafeBuffer message : more) {
                archive.publish(publications.get(3), message);
            }
            publications.stream()
                    .filter(publication -> publication.position() > 0)
                    .forEach(publication -> archive.awaitRecorded(publication, 1));
        }
    }

    /** Everything there is, message by message, without what is tested. */
    Map<StateKey, StateValue> scan(final long untilNs) {
        final Map<StateKey, StateValue> last = new HashMap<>();
        for (final SessionDirectory session : new SessionCatalog(data).directories()) {
            try (SessionReader reader =
                    new SessionReader(session, streamId -> true, TimeRange.ALL, DamageListener.IGNORED)) {
                while (reader.next()) {
                    final StateValue value = value(session.sessionId(), reader.message());
                    if (value != null && value.captureTimeNs() <= untilNs) {
                        last.merge(value.key(), value, (a, b) -> StateValue.ORDER.compare(b, a) > 0 ? b : a);
                    }
                }
            }
        }
        return last;
    }

    private static @Nullable StateValue value(final String session, final RecordedMessage message) {
        final byte[] bytes = new byte[message.lengthBytes()];
        message.buffer().getBytes(message.offset(), bytes);
        final UnsafeBuffer copy = new UnsafeBuffer(bytes);
        final String name =
                IR.getMessage(MessageSchema.templateId(copy, 0)).get(0).name();
        String key = message.recording().streamName() + "/" + name;
        boolean isRemoved = false;
        if ("StateEntry".equals(name)) {
            final StateEntryText entry = Objects.requireNonNull(StateEntryText.decode(copy, 0, bytes.length));
            key = entry.key();
            isRemoved = entry.isRemoved();
        }
        return "No Key".equals(key)
                ? null
                : new StateValue(
                        new StateKey(key),
                        session,
                        message.recording().streamId(),
                        message.recording().sessionId(),
                        message.position(),
                        message.captureTimeNs(),
                        isRemoved,
                        copy);
    }

    /** Messages of a session. */
    long count(final String session) {
        long count = 0;
        try (SessionReader reader = new SessionReader(
                new SessionDirectory(data, session), streamId -> true, TimeRange.ALL, DamageListener.IGNORED)) {
            while (reader.next()) {
                count++;
            }
        }
        return count;
    }
}

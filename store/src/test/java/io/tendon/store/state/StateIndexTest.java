package io.tendon.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.co.real_logic.sbe.ir.Ir;

/** Feeds the state from what a real archive recorded in two sessions, and holds it against a scan of all of it. */
class StateIndexTest {
    private static final StateLimits LIMITS = new StateLimits(64, 1_280);
    private static final Ir IR = MessageIr.decode(MessageSchema.irBytes());
    private static final List<String> KEYS = List.of("calibration/wrist", "object/mug", "object/box", "task");

    @TempDir
    private Path data;

    private final List<String> notices = new ArrayList<>();
    private final Random random = new Random();

    @BeforeEach
    void seed() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        random.setSeed(seed);
    }

    @Test
    void shouldEqualTheLastMessageOfEachKeyOverWritersAndSessions() {
        record("s1", 0, 300);
        record("s2", 400, 300);

        try (StateStore store = open()) {
            assertThat(new StateCatchUp(store, data, notices::add).run(session -> true, () -> false))
                    .isTrue();
            assertEqualsLog(store);
            assertThat(store.list("object/"))
                    .extracting(value -> value.key().text())
                    .isSubsetOf(KEYS);
        }
        assertThat(notices).allMatch(notice -> notice.contains("sbeir: missing"));
    }

    @Test
    void shouldGoOnWhereItStoodAndBeEqualWhenItIsMadeAgain() throws IOException {
        record("s1", 0, 300);
        final List<StateValue> before;
        try (StateStore store = open()) {
            catchUp(store);
        }
        record("s2", 200, 300);
        try (StateStore store = open()) {
            final StateCatchUp second = new StateCatchUp(store, data, notices::add);
            second.run(session -> true, () -> false);
            assertThat(second.messages()).isEqualTo(count("s2"));
            assertEqualsLog(store);
            before = store.list("");
            final StateCatchUp third = new StateCatchUp(store, data, notices::add);
            third.run(session -> true, () -> false);
            assertThat(third.messages()).isZero();
        }
        Files.delete(new StateDirectory(data).seal());
        try (StateStore store = open()) {
            assertThat(store.isBegunAnew()).isTrue();
            catchUp(store);
            assertThat(store.list("")).isEqualTo(before);
        }
        assertThat(notices).anyMatch(notice -> notice.contains("was not closed in order"));
    }

    @Test
    void shouldNotBringBackWhatWasRemovedWhenTheRemovalIsReadFirst() {
        record("s2", 400, 10, StateMessages.removal(0, TestMessages.START_NS + 5_000 * TestMessages.PERIOD_NS, "task"));
        record(
                "s1",
                0,
                10,
                StateMessages.entry(0, TestMessages.START_NS + 4_000 * TestMessages.PERIOD_NS, "task", "1"));

        try (StateStore store = open()) {
            new StateCatchUp(store, data, notices::add).run("s2"::equals, () -> false);
            new StateCatchUp(store, data, notices::add).run("s1"::equals, () -> false);
            assertThat(known(store.get(new StateKey("task"))).isRemoved()).isTrue();
            assertEqualsLog(store);
        }
    }

    @Test
    void shouldFindInTheRecordingWhatIsTooLongForTheMap() {
        record("s1", 0, 20);
        final StateKey key = new StateKey("fusion.embedding/Embedding");
        final StateValue expected = known(scan(Long.MAX_VALUE).get(key));

        try (StateStore store = open()) {
            catchUp(store);
            final StateValue kept = known(store.get(key));
            assertThat(kept.message()).isNull();
            assertThat(new LoggedState(data, notices::add).withMessage(kept)).isEqualTo(expected);
        }
    }

    @Test
    void shouldGiveTheValueOfAnyMomentAsAScanDoes() {
        record("s1", 0, 300);
        record("s2", 400, 300);
        final LoggedState log = new LoggedState(data, notices::add);

        for (int i = 0; i < 60; i++) {
            final long untilNs = TestMessages.START_NS + random.nextInt(800 * 1_000_000);
            final Map<StateKey, StateValue> expected = scan(untilNs);
            for (final String text : List.of(
                    "control.state/JointState", "control.event/Event", "control.event/SessionDescription", "task")) {
                final StateKey key = new StateKey(text);
                assertThat(log.get(key, untilNs)).as("%s at %d", key, untilNs).isEqualTo(expected.get(key));
            }
        }
        assertThat(byKey(log.list(""))).isEqualTo(scan(Long.MAX_VALUE));
        assertThat(log.list("control.state/")).hasSize(1);
    }

    @Test
    void shouldSayOnceThatAKeyIsNotKeptAndGoOn() {
        record("s1", 0, 300);
        try (StateStore store = StateStore.open(data, new StateLimits(2, 1_280), notices::add)) {
            catchUp(store);
            assertThat(store.size()).isEqualTo(2);
            assertThat(store.refused()).isPositive();
            store.list("")
                    .forEach(value -> assertThat(value)
                            .usingRecursiveComparison()
                            .ignoringFields("message")
                            .isEqualTo(scan(Long.MAX_VALUE).get(value.key())));
        }
        assertThat(notices)
                .filteredOn(notice -> notice.contains("state-entries"))
                .singleElement()
                .asString()
                .contains("is not kept", "raise it in config/persistence-node.properties");
    }

    @Test
    void shouldOpenWhereNobodyWaits() {
        record("s1", 0, 100);
        try (StateOpening opening = StateOpening.begin(data, LIMITS, session -> true, notice -> {})) {
            Awaitility.await().until(() -> opening.poll() != null);
            assertEqualsLog(Objects.requireNonNull(opening.poll()));
        }
        try (StateStore store = open()) {
            assertThat(store.isBegunAnew()).isFalse();
            assertEqualsLog(store);
        }
    }

    @Test
    void shouldSayWhyItCannotBeOpenedAtEachPoll() throws IOException {
        Files.writeString(data.resolve("state"), "in the way");
        try (StateOpening opening = StateOpening.begin(data, LIMITS, session -> true, notice -> {})) {
            Awaitility.await().until(() -> {
                try {
                    return opening.poll() != null;
                } catch (final StoreException e) {
                    assertThat(e).hasMessageContaining("cannot be written");
                    return true;
                }
            });
            assertThatThrownBy(opening::poll).isInstanceOf(StoreException.class);
        }
    }

    private StateStore open() {
        return StateStore.open(data, LIMITS, notices::add);
    }

    private void catchUp(final StateStore store) {
        new StateCatchUp(store, data, notices::add).run(session -> true, () -> false);
    }

    /** Two writers a stream, entries of theirs mixed in time, capture times from a number of periods after the start on. */
    private void record(final String session, final int firstPeriod, final int count, final UnsafeBuffer... more) {
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

    private void assertEqualsLog(final StateStore store) {
        final LoggedState log = new LoggedState(data, notices::add);
        final Map<StateKey, StateValue> kept = new HashMap<>();
        store.list("").forEach(value -> kept.put(value.key(), known(log.withMessage(value))));
        assertThat(kept).isEqualTo(scan(Long.MAX_VALUE));
        kept.forEach((key, value) ->
                assertThat(log.withMessage(known(store.get(key)))).isEqualTo(value));
    }

    /** Everything there is, message by message, without what is tested. */
    private Map<StateKey, StateValue> scan(final long untilNs) {
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

    private long count(final String session) {
        long count = 0;
        try (SessionReader reader = new SessionReader(
                new SessionDirectory(data, session), streamId -> true, TimeRange.ALL, DamageListener.IGNORED)) {
            while (reader.next()) {
                count++;
            }
        }
        return count;
    }

    private static Map<StateKey, StateValue> byKey(final List<StateValue> values) {
        final Map<StateKey, StateValue> byKey = new HashMap<>();
        values.forEach(value -> byKey.put(value.key(), value));
        return byKey;
    }

    private static StateValue known(final @Nullable StateValue value) {
        return Objects.requireNonNull(value, "nothing is known");
    }
}

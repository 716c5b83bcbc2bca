package io.tendon.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds the state from what a real archive recorded in two sessions, and holds it against a scan of all of it. */
class StateIndexTest {
    private static final StateLimits LIMITS = new StateLimits(64, 1_280);

    @TempDir
    private Path data;

    private final List<String> notices = new ArrayList<>();
    private final Random random = new Random();
    private RecordedSessions sessions = new RecordedSessions(Path.of("unset"), random);

    @BeforeEach
    void seed() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        sessions = new RecordedSessions(data, random);
    }

    @Test
    void shouldEqualTheLastMessageOfEachKeyOverWritersAndSessions() {
        sessions.record("s1", 0, 300);
        sessions.record("s2", 400, 300);

        try (StateStore store = open()) {
            assertThat(new StateCatchUp(store, data, notices::add).run(session -> true, () -> false))
                    .isTrue();
            assertEqualsLog(store);
            assertThat(store.list("object/"))
                    .extracting(value -> value.key().text())
                    .isSubsetOf(RecordedSessions.KEYS);
        }
        assertThat(notices).allMatch(notice -> notice.contains("sbeir: missing"));
    }

    @Test
    void shouldGoOnWhereItStoodAndBeEqualWhenItIsMadeAgain() throws IOException {
        sessions.record("s1", 0, 300);
        final List<StateValue> before;
        try (StateStore store = open()) {
            catchUp(store);
        }
        sessions.record("s2", 200, 300);
        try (StateStore store = open()) {
            final StateCatchUp second = new StateCatchUp(store, data, notices::add);
            second.run(session -> true, () -> false);
            assertThat(second.messages()).isEqualTo(sessions.count("s2"));
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
        sessions.record(
                "s2",
                400,
                10,
                StateMessages.removal(0, TestMessages.START_NS + 5_000 * TestMessages.PERIOD_NS, "task"));
        sessions.record(
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
        sessions.record("s1", 0, 20);
        final StateKey key = new StateKey("fusion.embedding/Embedding");
        final StateValue expected = known(sessions.scan(Long.MAX_VALUE).get(key));

        try (StateStore store = open()) {
            catchUp(store);
            final StateValue kept = known(store.get(key));
            assertThat(kept.message()).isNull();
            assertThat(new LoggedState(data, notices::add).withMessage(kept)).isEqualTo(expected);
        }
    }

    @Test
    void shouldGiveTheValueOfAnyMomentAsAScanDoes() {
        sessions.record("s1", 0, 300);
        sessions.record("s2", 400, 300);
        final LoggedState log = new LoggedState(data, notices::add);

        for (int i = 0; i < 60; i++) {
            final long untilNs = TestMessages.START_NS + random.nextInt(800 * 1_000_000);
            final Map<StateKey, StateValue> expected = sessions.scan(untilNs);
            for (final String text : List.of(
                    "control.state/JointState", "control.event/Event", "control.event/SessionDescription", "task")) {
                final StateKey key = new StateKey(text);
                assertThat(log.get(key, untilNs)).as("%s at %d", key, untilNs).isEqualTo(expected.get(key));
            }
        }
        assertThat(byKey(log.list(""))).isEqualTo(sessions.scan(Long.MAX_VALUE));
        assertThat(log.list("control.state/")).hasSize(1);
    }

    @Test
    void shouldSayOnceThatAKeyIsNotKeptAndGoOn() {
        sessions.record("s1", 0, 300);
        try (StateStore store = StateStore.open(data, new StateLimits(2, 1_280), notices::add)) {
            catchUp(store);
            assertThat(store.size()).isEqualTo(2);
            assertThat(store.refused()).isPositive();
            store.list("")
                    .forEach(value -> assertThat(value)
                            .usingRecursiveComparison()
                            .ignoringFields("message")
                            .isEqualTo(sessions.scan(Long.MAX_VALUE).get(value.key())));
        }
        assertThat(notices)
                .filteredOn(notice -> notice.contains("state-entries"))
                .singleElement()
                .asString()
                .contains("is not kept", "raise it in config/persistence-node.properties");
    }

    @Test
    void shouldBeFedBesideAnotherIndexEachFromWhereItStands() {
        sessions.record("s1", 0, 100);
        final SessionDirectory session = new SessionDirectory(data, "s1");
        try (StateStore store = open();
                HistoryIndex history = HistoryIndex.open(
                        data.resolve("index"),
                        RecordedSessions.IR,
                        new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, data.resolve("spill")),
                        notices::add)) {
            // The state stands at the end, the history at the beginning.
            catchUp(store);
            final StateIndex state = new StateIndex(store, "s1", RecordedSessions.IR, notices::add);
            try (Indexer indexer = new Indexer(session.archive(), List.of(history, state), DamageListener.IGNORED)) {
                ArchiveListing.of(session.archive()).recordings().forEach(indexer::update);
                indexer.catchUp(1_000);
                assertThat(indexer.indexedMessages()).isEqualTo(sessions.count("s1"));
            }
            assertThat(state.passedOver()).isZero();
            assertEqualsLog(store);
        }
    }

    @Test
    void shouldForgetWhatWasNotCommitted() {
        sessions.record("s1", 0, 100);
        final SessionDirectory session = new SessionDirectory(data, "s1");
        try (StateStore store = open()) {
            final StateIndex state = new StateIndex(store, "s1", RecordedSessions.IR, notices::add);
            try (Indexer indexer = new Indexer(session.archive(), List.of(state), DamageListener.IGNORED)) {
                ArchiveListing.of(session.archive()).recordings().forEach(indexer::update);
                indexer.poll(50);
            }
            assertThat(store.size()).isZero();
            catchUp(store);
            assertEqualsLog(store);
        }
    }

    @Test
    void shouldOpenWhereNobodyWaits() {
        sessions.record("s1", 0, 100);
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

    private void assertEqualsLog(final StateStore store) {
        final LoggedState log = new LoggedState(data, notices::add);
        final Map<StateKey, StateValue> kept = new HashMap<>();
        store.list("").forEach(value -> kept.put(value.key(), known(log.withMessage(value))));
        assertThat(kept).isEqualTo(sessions.scan(Long.MAX_VALUE));
        kept.forEach((key, value) ->
                assertThat(log.withMessage(known(store.get(key)))).isEqualTo(value));
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

package io.tendon.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.TestMessages;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store itself promises, with values made by hand. */
class StateStoreTest {
    private static final StateLimits LIMITS = new StateLimits(200, 512);

    @TempDir
    private Path data;

    private final List<String> notices = new ArrayList<>();

    @Test
    void shouldKeepTheLastValueInWhateverOrderTheyCome() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Map<StateKey, StateValue> expected = new HashMap<>();
        try (StateStore store = open()) {
            for (int i = 0; i < 5_000; i++) {
                final StateValue value =
                        value("k/" + random.nextInt(100), random.nextInt(20), random.nextInt(20), random.nextInt(300));
                expected.merge(value.key(), value, (a, b) -> b.isLaterThan(a) ? b : a);
                store.put(value);
                store.put(value);
            }
            assertThat(byKey(store)).isEqualTo(expected);
        }
        try (StateStore store = open()) {
            assertThat(byKey(store)).isEqualTo(expected);
            assertThat(store.isBegunAnew()).isFalse();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldRememberHowFarEachLogWasTakenIn() {
        try (StateStore store = open()) {
            store.position("s1", 1001L << 32 | 0xFFFF_FFF9L, 4_096);
            store.position("a session of spaces", 7, 64);
        }
        try (StateStore store = open()) {
            assertThat(store.position("s1", 1001L << 32 | 0xFFFF_FFF9L)).isEqualTo(4_096);
            assertThat(store.position("a session of spaces", 7)).isEqualTo(64);
            assertThat(store.position("s2", 7)).isZero();
        }
    }

    @Test
    void shouldRefuseANewKeyBeforeTheMapIsFullAndGoOnWithTheKnownOnes() {
        try (StateStore store = open()) {
            for (int i = 0; i < LIMITS.entries(); i++) {
                assertThat(store.put(value("k/" + i, 1, 0, 10))).isEqualTo(PutOutcome.STORED);
            }
            assertThat(store.put(value("one-more", 1, 0, 10))).isEqualTo(PutOutcome.FULL);
            assertThat(store.put(value("k/7", 2, 0, 10))).isEqualTo(PutOutcome.STORED);
            assertThat(store.refused()).isEqualTo(1);
        }
        try (StateStore store = open()) {
            assertThat(store.refused()).isEqualTo(1);
            assertThat(store.get(new StateKey("one-more"))).isNull();
        }
    }

    @Test
    void shouldRefuseAKeyThatHasTheHashOfAnother() {
        try (StateStore store = open()) {
            final StateValue first = value("first", 1, 0, 10);
            assertThat(store.put(first)).isEqualTo(PutOutcome.STORED);
            assertThat(store.put(first.key().hash(), value("second", 2, 0, 10))).isEqualTo(PutOutcome.COLLISION);

            assertThat(store.get(first.key())).isEqualTo(first);
            assertThat(store.refused()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepOnlyThePlaceOfAMessageThatIsTooLong() {
        try (StateStore store = open()) {
            store.put(value("k", 1, 0, LIMITS.contentBytes()));
            assertThat(known(store, "k").message()).isNotNull();
            store.put(value("k", 2, 64, LIMITS.contentBytes() + 9));

            assertThat(known(store, "k").message()).isNull();
            assertThat(known(store, "k").position()).isEqualTo(64);
        }
    }

    @Test
    void shouldSetAMapAsideThatWasNotClosedInOrder() throws IOException {
        final Path copy = Files.createDirectories(data.resolve("copy/state"));
        try (StateStore store = open()) {
            store.put(value("k", 1, 0, 10));
            Files.copy(map(data), copy.resolve("state.chm"));
        }
        try (StateStore store = StateStore.open(data.resolve("copy"), LIMITS, notices::add)) {
            assertThat(store.isBegunAnew()).isTrue();
            assertThat(store.size()).isZero();
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("was not closed in order; set aside as state.chm.damaged", "made again from the recordings");
        assertThat(copy.resolve("state.chm.damaged")).exists();
    }

    @Test
    void shouldSetAMapAsideOfWhichAByteIsNotAsItWas() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            try (StateStore store = open()) {
                store.put(value("k", i, 0, 10));
            }
            final byte[] bytes = Files.readAllBytes(map(data));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(map(data), bytes);
            notices.clear();
            try (StateStore store = open()) {
                assertThat(store.size()).isZero();
            }
            assertThat(notices).singleElement().asString().contains("is damaged: its checksum");
        }
    }

    @Test
    void shouldNotTrustADamagedSeal() throws IOException {
        try (StateStore store = open()) {
            store.put(value("k", 1, 0, 10));
        }
        final Path seal = new StateDirectory(data).seal();
        Files.writeString(seal, Files.readString(seal).replace("refused 0", "refused 1"));

        try (StateStore store = open()) {
            assertThat(store.isBegunAnew()).isTrue();
        }
        assertThat(notices).singleElement().asString().contains("was not closed in order");
    }

    @Test
    void shouldBeginAnewWhenTheLimitsAreOthers() {
        try (StateStore store = open()) {
            store.put(value("k", 1, 0, 10));
        }
        try (StateStore store = StateStore.open(data, new StateLimits(300, 512), notices::add)) {
            assertThat(store.isBegunAnew()).isTrue();
            for (int i = 0; i < 300; i++) {
                assertThat(store.put(value("k/" + i, 1, 0, 512))).isEqualTo(PutOutcome.STORED);
            }
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("was made for 200 entries of 512 bytes, wanted are 300 of 512");
    }

    private StateStore open() {
        return StateStore.open(data, LIMITS, notices::add);
    }

    private static Path map(final Path data) {
        return new StateDirectory(data).map();
    }

    private static StateValue known(final StateStore store, final String key) {
        return Objects.requireNonNull(store.get(new StateKey(key)), key);
    }

    private static Map<StateKey, StateValue> byKey(final StateStore store) {
        final Map<StateKey, StateValue> values = new HashMap<>();
        store.list("").forEach(value -> values.put(value.key(), value));
        return values;
    }

    private static StateValue value(final String key, final long timeMs, final long position, final int lengthBytes) {
        final byte[] message = new byte[lengthBytes];
        new Random(timeMs * 31 + position).nextBytes(message);
        return new StateValue(
                new StateKey(key),
                "session-" + timeMs % 3,
                1001,
                -7,
                position,
                TestMessages.START_NS + timeMs,
                timeMs % 5 == 0,
                new UnsafeBuffer(message));
    }
}

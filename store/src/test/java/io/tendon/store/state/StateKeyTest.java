package io.tendon.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"calibration/wrist", "a", "object.mug-2/pose_1", "0", "a/b.c/d"})
    void shouldTakeAKeyThatSomebodyChose(final String text) {
        assertThat(StateKey.chosen(text).isMessage()).isFalse();
        assertThat(StateKey.isChosen(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "a b", "Calibration", "a/B", "ä", "a\n", "a.", "FusedState"})
    void shouldRefuseWhatIsNoChosenKey(final String text) {
        assertThatThrownBy(() -> StateKey.chosen(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("key=" + text + ": must")
                .hasMessageContaining("write it like calibration/wrist");
        assertThat(StateKey.isChosen(text)).isFalse();
    }

    @Test
    void shouldTakeAKeyOf128CharactersAndNoLongerOne() {
        assertThat(new StateKey("k".repeat(128)).text()).hasSize(128);
        assertThatThrownBy(() -> new StateKey("k".repeat(129))).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldTellTheKeyOfAMessageFromAChosenOne() {
        final StateKey key = new StateKey("fusion.state/FusedState");

        assertThat(key.isMessage()).isTrue();
        assertThat(key.stream()).isEqualTo("fusion.state");
        assertThat(key.message()).isEqualTo("FusedState");
        assertThat(new StateKey("fusion.state/fusedstate").isMessage()).isFalse();
    }

    @Test
    void shouldSpreadKeysThatAreAlike() {
        final Set<Long> hashes = new HashSet<>();
        final int[] segments = new int[16];
        for (int i = 0; i < 16_000; i++) {
            final long hash = new StateKey("object/" + i).hash();
            hashes.add(hash);
            segments[(int) (hash & 15)]++;
        }

        assertThat(hashes).hasSize(16_000);
        for (final int keys : segments) {
            assertThat(keys).isBetween(800, 1_200);
        }
    }
}

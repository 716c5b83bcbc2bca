package io.tendon.bench.store.robot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpWatchTest {
    private static final long LAST_MS = 1_000_000;

    private final CatchUpWatch watch = new CatchUpWatch(LAST_MS, 100);

    @Test
    void shouldTakeAnAgeForHowFarTheIndexIsOnlyWhenItFalls() {
        assertThat(watch.isStored(LAST_MS + 900, 700, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 905, 700, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 910, 710, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 915, 20, 0)).isTrue();
    }

    @Test
    void shouldNotPassSomethingStoredBeforeTheLastForThat() {
        assertThat(watch.isStored(LAST_MS + 100, 900, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 110, 110, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 120, 100, 100)).isFalse();
        assertThat(watch.isStored(LAST_MS + 130, 99, 99)).isTrue();
    }

    @Test
    void shouldKnowThatAllIsStoredOfWhatHasNoAge() {
        assertThat(watch.isStored(LAST_MS + 100, 0, 0)).isTrue();
    }

    @Test
    void shouldNotKnowWhatTheRecorderDoesNot() {
        assertThat(watch.isStored(LAST_MS + 100, 900, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 200, RecorderRig.UNKNOWN, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 300, 20, 0)).isFalse();
        assertThat(watch.isStored(LAST_MS + 400, 10, RecorderRig.UNKNOWN)).isFalse();
        assertThat(watch.isStored(LAST_MS + 500, 5, 0)).isTrue();
    }
}

package io.tendon.bus.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusClockTest {
    @Test
    void shouldReadTheSameInTwoProcessesThatShareTheAnchor() {
        final BusClock driver = BusClock.anchoredNow();
        final BusClock node = new BusClock(driver.anchorEpochNs(), driver.anchorSteadyNs());

        final long before = driver.nanoTime();
        final long between = node.nanoTime();
        final long after = driver.nanoTime();

        assertThat(between).isBetween(before, after);
    }

    @Test
    void shouldFollowTheSteadyClockFromTheAnchor() {
        final long steadyNs = System.nanoTime();
        final BusClock clock = new BusClock(1_000_000_000_000L, steadyNs - 5_000_000_000L);

        assertThat(clock.nanoTime()).isGreaterThanOrEqualTo(1_005_000_000_000L);
        assertThat(clock.time()).isEqualTo(clock.nanoTime() / 1_000_000L);
    }

    @Test
    void shouldBeginAtTheWallClock() {
        assertThat(BusClock.anchoredNow().time())
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
    }
}

package io.tendon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuinticTest {
    private final Quintic way = new Quintic();

    @Test
    void shouldMeetBothStates() {
        way.fit(0.1, -0.2, 3, 0.4, 0.5, -6, 0.25);

        assertThat(way.position(0)).isEqualTo(0.1);
        assertThat(way.velocity(0)).isEqualTo(-0.2);
        assertThat(way.acceleration(0)).isEqualTo(3);
        final double justBefore = 0.25 - 1e-12;
        assertThat(way.position(justBefore)).isCloseTo(0.4, within(1e-9));
        assertThat(way.velocity(justBefore)).isCloseTo(0.5, within(1e-9));
        assertThat(way.acceleration(justBefore)).isCloseTo(-6, within(1e-8));
    }

    @Test
    void shouldGoOnWithTheAccelerationOfItsEnd() {
        way.fit(0, 0, 0, 1, 2, 4, 0.5);

        assertThat(way.position(0.6)).isCloseTo(1 + 2 * 0.1 + 4 * 0.01 / 2, within(1e-12));
        assertThat(way.velocity(0.6)).isCloseTo(2.4, within(1e-12));
        assertThat(way.acceleration(0.6)).isEqualTo(4);
    }

    @Test
    void shouldFindAWayThatBreaksALimitInItsMiddle() {
        way.fit(0, 0, 0, 1, 0, 0, 1);

        assertThat(way.isWithin(0, 1, 1.876, 5.78, 60)).isTrue();
        assertThat(way.isWithin(0, 1, 1.8, 5.78, 60)).isFalse();
        assertThat(way.isWithin(0, 1, 1.876, 5.5, 60)).isFalse();
        assertThat(way.isWithin(0, 0.99, 1.876, 5.78, 60)).isFalse();
        assertThat(way.isWithin(0, 1, 1.876, 5.78, 59)).isFalse();
    }
}

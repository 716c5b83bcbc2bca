package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlarmTest {
    private static final double MS = 1e-3;

    private final Alarm alarm = new Alarm();

    @Test
    void shouldNeedThreeSamplesInARow() {
        exceed(2);
        alarm.update(0.9, MS);
        exceed(2);
        assertThat(alarm.isOn()).isFalse();

        exceed(1);
        assertThat(alarm.isOn()).isTrue();
    }

    @Test
    void shouldBeToldOnceUntilItHasBeenCalmForHalfASecond() {
        exceed(3);
        assertThat(alarm.isToBeTold()).isTrue();
        exceed(1);
        assertThat(alarm.isToBeTold()).isTrue();
        alarm.told();

        calm(400);
        exceed(5);
        assertThat(alarm.isToBeTold()).isFalse();
        calm(499);
        assertThat(alarm.isOn()).isTrue();
        calm(2);
        assertThat(alarm.isOn()).isFalse();

        exceed(3);
        assertThat(alarm.isToBeTold()).isTrue();
    }

    private void exceed(final int samples) {
        for (int i = 0; i < samples; i++) {
            alarm.update(1.1, MS);
        }
    }

    private void calm(final int samples) {
        for (int i = 0; i < samples; i++) {
            alarm.update(0.5, MS);
        }
    }
}

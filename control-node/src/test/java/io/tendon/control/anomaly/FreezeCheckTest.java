package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.control.hardware.SensorFrame;
import org.junit.jupiter.api.Test;

class FreezeCheckTest {
    private final SensorFrame frame = new SensorFrame(6);
    private final FreezeCheck check = new FreezeCheck(6);

    @Test
    void shouldCountSamplesThatAreAlikeInEveryBit() {
        check.restart(frame);
        repeat(21);
        assertThat(check.run()).isEqualTo(21).isGreaterThan(check.allowed());

        frame.wristForceN()[2] = 1e-9;
        check.update(frame);
        assertThat(check.run()).isZero();
    }

    @Test
    void shouldLearnHowOftenCoarseSensorsRepeatThemselves() {
        check.restart(frame);
        repeat(15);
        frame.velocities()[1] = 0.1;
        check.update(frame);

        assertThat(check.allowed()).isEqualTo(60);
    }

    @Test
    void shouldNotLearnFromARunThatWasTooLong() {
        check.restart(frame);
        repeat(500);
        frame.velocities()[1] = 0.1;
        check.update(frame);

        assertThat(check.allowed()).isEqualTo(20);
    }

    private void repeat(final int samples) {
        for (int i = 0; i < samples; i++) {
            check.update(frame);
        }
    }
}

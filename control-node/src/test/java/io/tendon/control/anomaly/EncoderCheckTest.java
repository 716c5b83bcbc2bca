package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EncoderCheckTest {
    private static final double DT_S = 1e-3;

    private final EncoderCheck check = new EncoderCheck();
    private double timeS;
    private double drift;

    @Test
    void shouldFindAPositionThatGoesByItself() {
        begin();
        run(1_000, 0);
        assertThat(Math.abs(check.slip())).isLessThan(0.1 * check.allowed());

        run(300, 0.02);
        assertThat(check.slip()).isCloseTo(0.02 * 0.5 * -Math.expm1(-0.3 / 0.5), within(3e-4));
        assertThat(check.slip()).isGreaterThan(check.allowed());
    }

    @Test
    void shouldLeaveOutWhatWasNotSeen() {
        begin();
        run(1_000, 0);
        timeS += 0.047;
        drift += 0.05;
        check.update(0.047, false, position(), velocity());

        assertThat(Math.abs(check.slip())).isLessThan(0.1 * check.allowed());
    }

    private void begin() {
        check.restart(position(), velocity());
    }

    private void run(final int samples, final double driftPerS) {
        for (int i = 0; i < samples; i++) {
            timeS += DT_S;
            drift += driftPerS * DT_S;
            check.update(DT_S, true, position(), velocity());
        }
    }

    private double position() {
        return 0.3 * Math.sin(3 * timeS) + drift;
    }

    private double velocity() {
        return 0.9 * Math.cos(3 * timeS);
    }
}

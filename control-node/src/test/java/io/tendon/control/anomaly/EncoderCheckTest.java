package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderCheckTest {
    private static final double DT_S = 1e-3;

    private final EncoderCheck check = new EncoderCheck(DT_S);
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
        check.update(0.047, position(), velocity());

        assertThat(Math.abs(check.slip())).isLessThan(0.1 * check.allowed());
    }

    @ParameterizedTest
    @CsvSource({"0.0005, 0", "0.001, 0", "0.001, 0.05", "0.001, 0.5", "0.005, 0"})
    void shouldNotTakeCaptureTimesThatAreEarlyAndLateByTurnsForADrift(final double periodS, final double lostShare) {
        final EncoderCheck jittered = new EncoderCheck(periodS);
        final SplittableRandom random = new SplittableRandom(4);
        begin();
        jittered.restart(position(), velocity());
        int exceeded = 0;
        double stampS = timeS;
        for (int i = 0; i < 20_000; i++) {
            timeS += periodS;
            if (random.nextDouble() >= lostShare) {
                final double nowS = timeS + 0.4 * periodS * (2 * random.nextDouble() - 1);
                jittered.update(nowS - stampS, position(), velocity());
                stampS = nowS;
                exceeded = Math.abs(jittered.slip()) > jittered.allowed() ? exceeded + 1 : 0;
                assertThat(exceeded).isLessThan(3);
            }
        }
    }

    @Test
    void shouldAllowForAJointThatBrakesBetweenSamplesThatAreFarApart() {
        final double periodS = 0.01;
        final EncoderCheck coarse = new EncoderCheck(periodS);
        coarse.restart(0, 2);
        coarse.update(periodS, 0.02, 2);
        // 2 rad/s to 0 with 250 rad/s2, from the middle of a period on.
        coarse.update(periodS, 0.02 + 2 * 0.005 + 1.375 * 0.005, 0.75);
        assertThat(coarse.slip()).isBetween(0.003, coarse.allowed());
        coarse.update(periodS, 0.02 + 0.016875 + 0.375 * 0.003, 0);
        assertThat(Math.abs(coarse.slip())).isLessThan(coarse.allowed());

        for (int i = 0; i < 200; i++) {
            coarse.update(periodS, 0.038, 0);
        }
        assertThat(coarse.allowed()).isLessThan(0.0015);
    }

    private void begin() {
        check.restart(position(), velocity());
    }

    private void run(final int samples, final double driftPerS) {
        for (int i = 0; i < samples; i++) {
            timeS += DT_S;
            drift += driftPerS * DT_S;
            check.update(DT_S, position(), velocity());
        }
    }

    private double position() {
        return 0.3 * Math.sin(3 * timeS) + drift;
    }

    private double velocity() {
        return 0.9 * Math.cos(3 * timeS);
    }
}

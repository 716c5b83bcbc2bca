package io.tendon.bus.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.AnomalyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastAnomalyTest {
    @ParameterizedTest
    @EnumSource(
            value = AnomalyKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NULL_VAL", "SBE_UNKNOWN"})
    void shouldReadWhatWasWritten(final AnomalyKind kind) {
        for (final int joint : new int[] {-1, 0, 15}) {
            for (final double times : new double[] {1, 1.001, 47.125, 1e9}) {
                assertThat(LastAnomaly.of(LastAnomaly.code(kind, joint, times)))
                        .contains(new LastAnomaly(kind, joint, times));
            }
        }
    }

    @Test
    void shouldStandForNothingBeforeTheFirstAndStayANumberForAnyTimes() {
        assertThat(LastAnomaly.of(0)).isEmpty();
        for (final double times : new double[] {Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.NaN, -1}) {
            final LastAnomaly read = LastAnomaly.of(LastAnomaly.code(AnomalyKind.MODEL, 3, times))
                    .orElseThrow();
            assertThat(read.kind()).isEqualTo(AnomalyKind.MODEL);
            assertThat(read.joint()).isEqualTo(3);
            assertThat(read.times()).isBetween(0.0, (double) (1L << 37));
        }
    }

    @Test
    void shouldSayItToAPerson() {
        assertThat(new LastAnomaly(AnomalyKind.EXTERNAL_EFFORT, 2, 3.44).words())
                .isEqualTo("external effort of joint 2, 3.4 times allowed");
        assertThat(new LastAnomaly(AnomalyKind.SENSOR_FREEZE, -1, 1).words())
                .isEqualTo("sensor freeze, 1.0 times allowed");
    }
}

package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WristCheckTest {
    private static final double G = 9.80665;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, false",
        "2, 0, 2, 0, false",
        "4, 0, 0, 0, true",
        "0, 0, -4, 0, true",
        "0, 0, -4, 15, false",
        "0, 0, -9, 15, true",
        "0, 6, 0, 15, true",
        "0, 0, 40, 0, true",
        "0, 0, 40, 15, false",
        "0, 0, 70, 15, true",
    })
    void shouldAllowAToolThatHoldsSomethingItsWeightAndATableBelow(
            final double x, final double y, final double z, final double gripN, final boolean isTooMuch) {
        final WristCheck check = new WristCheck(0.25);

        check.update(new double[] {x, y, z}, G, gripN);

        assertThat(check.forceN() > check.allowedN()).isEqualTo(isTooMuch);
    }

    @ParameterizedTest
    @CsvSource({"NaN, true", "Infinity, true", "NaN, false"})
    void shouldTakeAToolWhoseImuSaysNothingForOneThatStands(final double felt, final boolean isHeavy) {
        final WristCheck check = new WristCheck(0.25);

        check.update(new double[] {0, 0, isHeavy ? -9 : -4}, felt, 15);

        assertThat(check.forceN() > check.allowedN()).isEqualTo(isHeavy);
    }
}

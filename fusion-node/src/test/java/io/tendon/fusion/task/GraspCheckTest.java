package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraspCheckTest {
    private static final double BLOCK_M = 0.04;
    private static final double MIN_FORCE_N = 5;

    private final GraspCheck check = new GraspCheck(BLOCK_M, MIN_FORCE_N);

    @ParameterizedTest
    @CsvSource({"0.040, 20, true", "0.043, 6, true", "0.020, 20, false", "0.040, 2, false", "0.060, 20, false"})
    void shouldJudgeByWidthAndForce(final double widthM, final double forceN, final boolean isHeld) {
        feed(widthM, forceN, GraspCheck.WINDOWS);

        assertThat(check.isHeld()).isEqualTo(isHeld);
    }

    @Test
    void shouldNotBelieveASingleWindow() {
        feed(BLOCK_M, 20, GraspCheck.WINDOWS - 1);
        assertThat(check.isHeld()).isFalse();
        feed(BLOCK_M, 0, 1);
        feed(BLOCK_M, 20, GraspCheck.WINDOWS - 1);
        assertThat(check.isHeld()).isFalse();
        feed(BLOCK_M, 20, 1);
        assertThat(check.isHeld()).isTrue();

        feed(BLOCK_M, 0, GraspCheck.WINDOWS - 1);
        assertThat(check.isHeld()).isTrue();
        feed(BLOCK_M, 0, 1);
        assertThat(check.isHeld()).isFalse();
    }

    private void feed(final double widthM, final double forceN, final int windows) {
        for (int i = 0; i < windows; i++) {
            check.update(widthM, forceN);
        }
    }
}

package io.tendon.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.fusion.inference.ScoreThreshold;
import org.junit.jupiter.api.Test;

class ScoreLimitsTest {
    private final ScoreLimits limits = new ScoreLimits(1.5, 2);

    @Test
    void shouldAllowMoreBehindAGapAndNeverLessNearerToIt() {
        limits.add(Integer.MAX_VALUE, 1);
        limits.add(80, 2);
        limits.add(40, 8);
        limits.add(3, 4);
        limits.add(0, 100);

        final ScoreThreshold threshold = limits.threshold(4_000_000);

        assertThat(threshold.usual()).isEqualTo(3);
        assertThat(threshold.of(Integer.MAX_VALUE)).isEqualTo(3);
        assertThat(threshold.of(79)).isEqualTo(4);
        assertThat(threshold.of(41)).isEqualTo(16);
        assertThat(threshold.of(3)).isEqualTo(16);
        assertThat(threshold.of(1)).isEqualTo(200);
        assertThat(threshold.of(0)).isEqualTo(200);
        assertThat(threshold.gapNs()).isEqualTo(4_000_000);
    }
}

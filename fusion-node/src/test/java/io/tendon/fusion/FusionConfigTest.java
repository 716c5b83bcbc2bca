package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.cycle.RtMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusionConfigTest {
    private static final long MS = 1_000_000L;

    @Test
    void shouldCutTimeAsItIsTold() {
        final FusionConfig config = new FusionConfig(10 * MS, MS, MS, 15 * MS, 20, 0.6, 0.03, RtMode.PREFER, -1);

        assertThat(config.windowTiming().slots()).isEqualTo(10);
        assertThat(config.taskSettings().horizonNs()).isEqualTo(15 * MS);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 1, 1, 15, 20, 0.6, 0.03, -1, window=200ms",
        "10, 3, 1, 15, 20, 0.6, 0.03, -1, sample-period=3ms",
        "10, 1, 10, 15, 20, 0.6, 0.03, -1, grace=10ms",
        "10, 1, 1, 1, 20, 0.6, 0.03, -1, horizon=1ms",
        "10, 1, 1, 101, 20, 0.6, 0.03, -1, horizon=101ms",
        "10, 1, 1, 15, 0, 0.6, 0.03, -1, max-catch-up=0",
        "10, 1, 1, 15, 20, 1.2, 0.03, -1, speed=1.2",
        "10, 1, 1, 15, 20, 0.6, NaN, -1, follow-tolerance=NaN",
        "10, 1, 1, 15, 20, 0.6, 0.03, -2, cpu=-2",
    })
    void shouldNameTheOptionThatIsOutOfItsRange(
            final long windowMs,
            final long samplePeriodMs,
            final long graceMs,
            final long horizonMs,
            final int maxCatchUp,
            final double speed,
            final double followTolerance,
            final int cpu,
            final String complaint) {
        assertThatThrownBy(() -> new FusionConfig(
                        windowMs * MS,
                        samplePeriodMs * MS,
                        graceMs * MS,
                        horizonMs * MS,
                        maxCatchUp,
                        speed,
                        followTolerance,
                        RtMode.OFF,
                        cpu))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(complaint + ": must ");
    }
}

package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.control.Robots;
import org.junit.jupiter.api.Test;

class DetectorRehearsalTest {
    @Test
    void shouldGoAlsoWhereAnomaliesAreFound() {
        final DetectorSettings settings = new DetectorSettings(1_000_000, 0.5, 1, true);

        assertThat(new DetectorRehearsal(Robots.shipped(), settings).run()).isPositive();
    }
}

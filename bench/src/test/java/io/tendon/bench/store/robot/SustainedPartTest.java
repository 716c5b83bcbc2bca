package io.tendon.bench.store.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.store.robot.SustainedPart.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

class SustainedPartTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldTellTheRateThatWasReachedSinceSomethingWasSent() {
        assertThat(SustainedPart.sentPerSecond(List.of(
                        new Look(0, -1, 0, 0),
                        new Look(SECOND_NS, 1_000, 0, 0),
                        new Look(2 * SECOND_NS, 3_000, 0, 0),
                        new Look(3 * SECOND_NS, 5_000, 0, 0))))
                .isEqualTo(2_000);
        assertThat(SustainedPart.sentPerSecond(List.of(new Look(0, 0, 0, 0), new Look(SECOND_NS, 7, 0, 0))))
                .isNaN();
    }

    @Test
    void shouldTellTheLargerOfTheAgeAndWhatTheBytesTake() {
        assertThat(SustainedPart.lagNs(List.of(new Look(0, 1, 5, 0), new Look(0, 1, 3, 1)), 1_000))
                .isEqualTo(5e6);
        assertThat(SustainedPart.lagNs(List.of(new Look(0, 1, 5, 1 << 20)), 100))
                .isGreaterThan(5e6);
    }

    @Test
    void shouldNotKnowALagThatTheRecorderDidNotKnowAtOneLook() {
        assertThat(SustainedPart.lagNs(List.of(new Look(0, 1, 5, 0), new Look(0, 1, RecorderRig.UNKNOWN, 0)), 1_000))
                .isNaN();
        assertThat(SustainedPart.lagNs(List.of(new Look(0, 1, 5, RecorderRig.UNKNOWN)), 1_000))
                .isNaN();
        assertThat(SustainedPart.lagNs(List.of(), 1_000)).isNaN();
    }
}

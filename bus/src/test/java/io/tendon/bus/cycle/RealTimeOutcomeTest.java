package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RealTimeOutcomeTest {
    @Test
    void shouldCallNothingRealTimeThatHasButACore() {
        assertThat(new RealTimeOutcome(false, false, 3, Map.of()).code()).isEqualTo(RealTimeOutcome.NOT_ASKED);
        assertThat(new RealTimeOutcome(false, false, -1, Map.of()).code()).isEqualTo(RealTimeOutcome.NOT_ASKED);
        assertThat(new RealTimeOutcome(true, false, -1, Map.of()).code()).isEqualTo(RealTimeOutcome.ALL_GIVEN);
        assertThat(new RealTimeOutcome(false, false, -1, Map.of(RealTimeRight.CORE, "no core")).code())
                .isEqualTo(RealTimeOutcome.LESS_GIVEN);
    }

    @Test
    void shouldNameWhatIsMissingThroughACounter() {
        final RealTimeOutcome outcome = new RealTimeOutcome(
                true, false, -1, Map.of(RealTimeRight.CORE, "no core", RealTimeRight.MEMORY_LOCK, "no lock"));

        assertThat(outcome.code()).isEqualTo(RealTimeOutcome.LESS_GIVEN);
        assertThat(RealTimeRight.of(outcome.missingBits()))
                .containsExactly(RealTimeRight.MEMORY_LOCK, RealTimeRight.CORE);
        assertThat(outcome.shortfall()).isEqualTo("no lock; no core");
        assertThat(outcome)
                .hasToString(
                        "fifo=true memoryLocked=false cpu=-1 missing=MEMORY_LOCK,CORE shortfall=\"no lock; no core\"");
    }
}

package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.counter.DurabilityLevel;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    @Test
    void shouldTakeAPeriodWithPeriodicAlone() {
        assertThat(Durability.of(DurabilityLevel.PERIODIC, null).text()).isEqualTo("periodic 100ms");
        assertThat(Durability.of(DurabilityLevel.PERIODIC, 5_000_000L).text()).isEqualTo("periodic 5ms");
        assertThat(Durability.of(DurabilityLevel.EACH_BLOCK, null).text()).isEqualTo("each-block");
        assertThatThrownBy(() -> Durability.of(DurabilityLevel.NONE, 5_000_000L))
                .isInstanceOf(ConfigException.class)
                .hasMessage("flush-period=5ms: must not be given with durability=none, which has no period; leave it"
                        + " out, or choose durability=periodic");
        assertThatThrownBy(() -> Durability.of(DurabilityLevel.PERIODIC, 1L))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be 1ms to 1min");
    }

    @Test
    void shouldLetTheArchiveFlushEachBlockItself() {
        assertThat(Durability.DEFAULT.fileSyncLevel()).isZero();
        assertThat(Durability.of(DurabilityLevel.EACH_BLOCK, null).fileSyncLevel())
                .isEqualTo(1);
        assertThat(Durability.of(DurabilityLevel.NONE, null).catalogSyncLevel()).isZero();
    }
}

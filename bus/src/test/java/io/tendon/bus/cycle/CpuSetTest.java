package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CpuSetTest {
    @Test
    void shouldReadWhatTheKernelWrites() {
        assertThat(CpuSet.parse("0-2,5\n")).hasToString("{0, 1, 2, 5}");
        assertThat(CpuSet.parse("3").cardinality()).isEqualTo(1);
        assertThat(CpuSet.parse("\n").isEmpty()).isTrue();
        assertThat(CpuSet.parse(" (null)").isEmpty()).isTrue();
        assertThatThrownBy(() -> CpuSet.parse("all")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void shouldCountAtLeastTheCoresThatThisProcessMayUse() {
        assertThat(CpuSet.onlineCount())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }
}

package io.tendon.certify.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import org.junit.jupiter.api.Test;

class HoldPatternTest {
    private static final long MS = 1_000_000L;

    private final HoldPattern stall = HoldPattern.stall(47 * MS, 1_000 * MS);

    @Test
    void shouldHoldAtTheBeginningAndThenOnceAPeriod() {
        assertThat(stall.nextIndex(-1, 0)).isZero();
        assertThat(stall.dueNs(0)).isZero();
        assertThat(stall.nextIndex(0, 47 * MS)).isEqualTo(1);
        assertThat(stall.dueNs(1)).isEqualTo(1_000 * MS);
        assertThat(stall.nextIndex(1, 1_047 * MS)).isEqualTo(2);
        assertThat(stall.dueNs(2)).isEqualTo(2_000 * MS);
    }

    @Test
    void shouldLeaveOutTheHoldsWhoseTimeHasPassedAltogether() {
        assertThat(stall.nextIndex(0, 3_500 * MS)).isEqualTo(3);
        assertThat(stall.dueNs(3)).isLessThan(3_500 * MS);
        assertThat(stall.nextIndex(3, 3_547 * MS)).isEqualTo(4);
    }

    @Test
    void shouldHoldEachWriteWhenTheDiskIsSlow() {
        final HoldPattern slow = HoldPattern.slow(5 * MS);

        assertThat(slow.nextIndex(7, 100 * MS)).isEqualTo(8);
        assertThat(slow.dueNs(8)).isZero();
        assertThat(slow.holdNs()).isEqualTo(5 * MS);
    }

    @Test
    void shouldRefuseAPatternThatLeavesNoTimeToWrite() {
        assertThatThrownBy(() -> HoldPattern.stall(1_000 * MS, 1_000 * MS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("every=1s: must be above the time of one block, 1s");
        assertThatThrownBy(() -> HoldPattern.stall(47 * MS, 0)).hasMessageContaining("disk-slow");
        assertThatThrownBy(() -> HoldPattern.slow(0)).hasMessageContaining("must be above 0");
    }
}

package io.tendon.certify.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final List<Fault> ALL = List.of(
            RecorderHold.diskStall(47_000_000L, 1_000_000_000L),
            RecorderHold.diskSlow(5_000_000L),
            RecorderHold.recorderBlock(),
            new DiskFull(false),
            new ProcessStop(NodeId.PERSISTENCE),
            new ProcessKill(NodeId.PERSISTENCE),
            new ProcessKill(NodeId.FUSION),
            new ProcessKill(NodeId.CONTROL),
            new ProcessKill(NodeId.DRIVER),
            new CpuHog(1),
            new SlowReader(100_000_000L),
            new GcStorm(),
            new ClockStep(60_000_000_000L));

    @Test
    void shouldDoNothingWhenItIsEndedBeforeItBegan() {
        for (final Fault fault : ALL) {
            fault.end();
            assertThat(fault.account()).as(fault.name()).isEmpty();
        }
    }

    @Test
    void shouldAskForControlsMessagesUnderEveryFaultButTheDriversDeath() {
        for (final Fault fault : ALL) {
            assertThat(fault.rules().contains(Rule.CONTROL_REFUSED_NOTHING))
                    .as(fault.name())
                    .isNotEqualTo("driver-kill".equals(fault.name()));
            assertThat(fault.rules()).as(fault.name()).contains(Rule.NOBODY_ELSE_DIED, Rule.RECOVERED);
        }
    }

    @Test
    void shouldNameTheNodeThatItKillsAndNoOther() {
        assertThat(new ProcessKill(NodeId.FUSION).victim()).contains(NodeId.FUSION);
        assertThat(new ProcessStop(NodeId.FUSION).victim()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoFault() {
        assertThatThrownBy(() -> new SlowReader(1_000_000L))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be above 1ms");
        assertThatThrownBy(() -> new CpuHog(0)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldSayWithExitCodeTwoThatNoRobotRuns() {
        assertThatThrownBy(() -> FaultTarget.open(RuntimeDirectory.of("no-such-robot")))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("no session runs");
    }
}

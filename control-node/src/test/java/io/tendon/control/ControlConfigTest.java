package io.tendon.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.RtMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ControlConfigTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldNameTheKeyTheValueAndTheRule() {
        assertThatThrownBy(() -> new ControlConfig(0, 0, 10 * MS, 20 * MS, 20, 0, 0.05, 1, 0.5, RtMode.OFF, 80, -1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("period=0ns: must be 100us to 100ms; see control-node run --help");
        assertThatThrownBy(() -> new ControlConfig(MS, MS, 10 * MS, 20 * MS, 20, 0, 0.05, 1, 0.5, RtMode.OFF, 80, -1))
                .hasMessageStartingWith("spin=1ms: must be 0ns to 999999ns");
        assertThatThrownBy(() -> new ControlConfig(MS, 0, 10 * MS, 5 * MS, 20, 0, 0.05, 1, 0.5, RtMode.OFF, 80, -1))
                .hasMessageStartingWith("stale-after=5ms: must be 10ms to 10s");
        assertThatThrownBy(
                        () -> new ControlConfig(MS, 0, 10 * MS, 20 * MS, 20, 0, Double.NaN, 1, 0.5, RtMode.OFF, 80, -1))
                .hasMessageStartingWith("resume-tolerance=NaN");
    }

    @Test
    void shouldDocumentEveryOptionOfRun() {
        final CommandLine run = requireNonNull(
                new CommandLine(ControlNode.command()).getSubcommands().get("run"));
        final StringWriter help = new StringWriter();
        run.usage(new PrintWriter(help, true));

        assertThat(help.toString())
                .contains("--robot", "--cell", "--hardware", "--seed", "--period", "--spin", "--rt", "--cpu")
                .contains("--stale-after", "--extrapolate-cycles", "--latch-after", "--resume-tolerance");
        assertThat(run.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    }

    @Test
    void shouldEndWithAUsageErrorOnABadValue() {
        assertThat(NodeCommand.execute(ControlNode.command(), "run", "--period", "0ns", "--robot", "none.urdf"))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(NodeCommand.execute(ControlNode.command(), "run", "--robot", "none.urdf"))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(NodeCommand.execute(ControlNode.command(), "jog", "--joint", "0", "--by", "0.1", "--speed", "2"))
                .isEqualTo(NodeCommand.EXIT_USAGE);
    }
}

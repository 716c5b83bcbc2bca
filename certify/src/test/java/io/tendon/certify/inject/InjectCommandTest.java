package io.tendon.certify.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InjectCommandTest {
    private static final String NO_ROBOT = "no-such-robot";

    @Test
    void shouldDescribeEveryFaultInItsHelp() {
        final String[] faults = new CommandLine(new InjectCommand())
                .getCommandSpec()
                .usageMessage()
                .footer();

        assertThat(faults).hasSameSizeAs(FaultKind.values());
        for (final FaultKind kind : FaultKind.values()) {
            assertThat(faults).as(kind.text()).anyMatch(line -> line.startsWith("  " + kind.text() + " "));
        }
    }

    @Test
    void shouldEndWithTwoWhereThereIsNoRobot() {
        assertThat(NodeCommand.execute(new InjectCommand(), "--name", NO_ROBOT, "disk-stall"))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertRefused(CommandFailure.class, "no session runs", "disk-stall");
    }

    @Test
    void shouldRefuseWhatCannotBeInjectedBeforeItLooksForARobot() {
        assertRefused(ConfigException.class, "did you mean disk-stall?", "disk-stal");
        assertRefused(ConfigException.class, "disk-stall has --block, --every", "disk-stall", "--delay", "5ms");
        assertRefused(
                ConfigException.class,
                "must be the same as --block, 15s",
                "recorder-block",
                "--block",
                "15s",
                "--for",
                "10s");
        assertRefused(ConfigException.class, "--for", "disk-stall", "--for", "0s");
    }

    @Test
    void shouldNameTheFaultThatWasMeant() {
        assertThatThrownBy(() -> FaultKind.of("recorder-stopp"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean recorder-stop?");
    }

    @Test
    void shouldRefuseAnOptionThatAnotherFaultHas() {
        assertThatThrownBy(() -> FaultKind.GC_STORM.requireOption("--block", "1s"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gc-storm has none");
        assertThatThrownBy(() -> FaultKind.DISK_STALL.requireOption("--delay", "1s"))
                .hasMessageContaining("disk-stall has --block, --every");
    }

    @Test
    void shouldReadAStepWithItsSign() {
        assertThat(InjectCommand.stepNs("+60s")).isEqualTo(60_000_000_000L);
        assertThat(InjectCommand.stepNs("-1.5s")).isEqualTo(-1_500_000_000L);
        assertThatThrownBy(() -> InjectCommand.stepNs("noon")).isInstanceOf(ConfigException.class);
    }

    private static void assertRefused(
            final Class<? extends Exception> type, final String text, final String... arguments) {
        final InjectCommand command = new InjectCommand();
        final String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[0] = "--name";
        all[1] = NO_ROBOT;
        new CommandLine(command).parseArgs(all);
        assertThatThrownBy(command::call).isInstanceOf(type).hasMessageContaining(text);
    }
}

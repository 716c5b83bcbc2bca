package io.tendon.certify.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void shouldEndWithTwoWhenNothingCanBeInjected() {
        assertThat(run("disk-stall")).isEqualTo(2);
        assertThat(run("disk-stal")).isEqualTo(2);
        assertThat(run("disk-stall", "--delay", "5ms")).isEqualTo(2);
        assertThat(run("recorder-block", "--block", "15s", "--for", "10s")).isEqualTo(2);
        assertThat(run("disk-stall", "--for", "0s")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
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

    private static int run(final String... args) {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 2, args.length);
        all[0] = "--name";
        all[1] = NO_ROBOT;
        return NodeCommand.execute(new InjectCommand(), all);
    }
}

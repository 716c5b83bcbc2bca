package io.tendon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class NodeCommandTest {
    private final java.io.ByteArrayOutputStream captured = new java.io.ByteArrayOutputStream();
    private final PrintStream realErr = System.err;
    private final Sample sample = new Sample();

    @TempDir
    private Path directory;

    @BeforeEach
    void captureErrors() {
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreErrors() {
        System.setErr(realErr);
    }

    @Test
    void shouldTakeAValueFromTheFileAndPreferTheCommandLine() throws IOException {
        final Path file = Files.writeString(directory.resolve("sample.properties"), "period=2ms\nrate=7\n");

        assertThat(NodeCommand.execute(sample, "--config", file.toString(), "--rate", "9"))
                .isEqualTo(NodeCommand.EXIT_OK);

        assertThat(sample.periodNs).isEqualTo(2_000_000L);
        assertThat(sample.rate).isEqualTo(9);
    }

    @Test
    void shouldStopAtAnUnknownKeyAndNameTheNearest() throws IOException {
        final Path file = Files.writeString(directory.resolve("sample.properties"), "perod=2ms\n");

        assertThat(NodeCommand.execute(sample, "--config=" + file)).isEqualTo(NodeCommand.EXIT_USAGE);

        assertThat(captured.toString(StandardCharsets.UTF_8))
                .contains("perod=2ms")
                .contains("did you mean period?")
                .contains(file.toString());
        assertThat(sample.hasRun).isFalse();
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(NodeCommand.execute(
                        sample, "--config", directory.resolve("absent").toString()))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(captured.toString(StandardCharsets.UTF_8)).contains("must be a readable properties file");
    }

    @Test
    void shouldTurnAnUnusableSettingIntoOneLineAndExitCodeTwo() {
        sample.failure = new ConfigException("control.period", "0ns", "must be at least 100us", "see the manual");

        assertThat(NodeCommand.execute(sample)).isEqualTo(NodeCommand.EXIT_USAGE);

        assertThat(captured.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("control.period=0ns: must be at least 100us; see the manual");
    }

    @Test
    void shouldEndWithTheExitCodeOfAFailureAndPrintNoStackTraceForIt() {
        sample.failure = new CommandFailure("stopped for safety; reset it", NodeCommand.EXIT_SAFETY_STOP);

        assertThat(NodeCommand.execute(sample)).isEqualTo(NodeCommand.EXIT_SAFETY_STOP);

        assertThat(captured.toString(StandardCharsets.UTF_8).lines()).containsExactly("stopped for safety; reset it");
    }

    @Test
    void shouldShowTheTraceOfABug() {
        sample.failure = new IllegalStateException("broken");

        assertThat(NodeCommand.execute(sample)).isEqualTo(NodeCommand.EXIT_FAILURE);

        assertThat(captured.toString(StandardCharsets.UTF_8)).contains("broken").contains("NodeCommandTest");
    }

    @Command(name = "sample")
    static final class Sample implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Option(names = "--period", defaultValue = "1ms", converter = Durations.Converter.class)
        private long periodNs;

        @Option(names = "--rate", defaultValue = "1")
        private int rate;

        private boolean hasRun;
        private @org.jspecify.annotations.Nullable RuntimeException failure;

        @Override
        public Integer call() {
            hasRun = true;
            if (failure != null) {
                throw failure;
            }
            assertThat(options.name()).isEqualTo("default");
            return NodeCommand.EXIT_OK;
        }
    }
}

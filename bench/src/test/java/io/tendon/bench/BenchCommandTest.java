package io.tendon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final BenchCommand command = new BenchCommand();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--quick --out /out --data /data store",
                "store --quick --out /out --data /data",
                "--quick store --part ROBOT --data /data --out /out"
            })
    void shouldTakeWhatAllCommandsKnowBeforeAndBehindTheNameOfOne(final String line) {
        new CommandLine(command).parseArgs(line.split(" ", -1));

        assertThat(command.options().isQuick()).isTrue();
        assertThat(command.options().out()).isEqualTo(Path.of("/out"));
        assertThat(command.options().data()).isEqualTo(Path.of("/data"));
    }

    @Test
    void shouldMeasureAtLengthWhereTheResultsAreUnlessToldOtherwise() {
        new CommandLine(command).parseArgs("store");

        assertThat(command.options().isQuick()).isFalse();
        assertThat(command.options().data()).isEqualTo(Path.of("bench-results").toAbsolutePath());
    }

    @Test
    void shouldAskForAnInstallationBeforeAnythingIsMade(@TempDir final Path directory) {
        final Path out = directory.resolve("out");

        assertThat(NodeCommand.execute(command, "store", "--quick", "--part", "RESTART", "--out", out.toString()))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldRefuseADayThatIsSomethingElseBeforeAnythingIsMeasured(@TempDir final Path directory) throws IOException {
        final Path day = Files.createDirectory(directory.resolve("day"));
        final Path other = Files.writeString(day.resolve("history.duckdb"), "of a session");
        final Path out = directory.resolve("out");
        final Path data = directory.resolve("data");
        final String[] line = {
            "store",
            "--quick",
            "--part",
            "RANGES",
            "--day",
            day.toString(),
            "--out",
            out.toString(),
            "--data",
            data.toString()
        };

        assertThat(NodeCommand.execute(command, line)).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(other).hasContent("of a session");
        assertThat(out).doesNotExist();
        assertThat(data).doesNotExist();
        try (Stream<Path> all = Files.list(day)) {
            assertThat(all).containsExactly(other);
        }
    }
}

package io.tendon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}

package io.tendon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code run.sh}, run to its end as a user does.
 *
 * @param exitCode that it ended with.
 * @param output everything that it printed.
 */
public record RunScript(int exitCode, String output) {
    private static final long TIMEOUT_MINUTES = 8;

    /** Runs it; its output goes into a file. */
    public static RunScript run(final Path log, final String... arguments) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of("sh", "run.sh"));
        line.addAll(List.of(arguments));
        final ProcessBuilder command =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        final Process process = command.start();

        final boolean hasEnded = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        process.destroy();

        final String output = Files.readString(log);
        assertThat(hasEnded).as(output).isTrue();
        return new RunScript(process.exitValue(), output);
    }
}

package io.tendon.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Where is measured, and whether at length; said before the name of a command or behind it. Picocli sets it on the main thread.
 */
public final class BenchOptions {
    @Option(
            names = "--out",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "bench-results",
            description = "Directory for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bench-results");

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Directory on the disk that is measured (default: that of the results).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--quick",
            scope = ScopeType.INHERIT,
            description = "Short, to see that it runs; its figures are worth little.")
    private boolean isQuick;

    /** Called by Picocli. */
    public BenchOptions() {}

    /** Directory for the results. */
    public Path out() {
        return out;
    }

    /** Directory on the disk that is measured; absolute. */
    public Path data() {
        return data.orElse(out).toAbsolutePath();
    }

    /** Whether it is only to be seen that everything runs. */
    public boolean isQuick() {
        return isQuick;
    }
}

package io.tendon.bench;

import io.tendon.bench.report.ResultJson;
import io.tendon.bench.report.ResultTable;
import io.tendon.bench.report.Results;
import io.tendon.bench.report.RoundTripChart;
import io.tendon.bench.report.RoundTripLog;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All benchmarks, in rounds, so that what the machine does in between falls on all of them alike. */
@Command(
        name = "bench",
        description = {
            "Measures what Tendon costs beside bare Aeron, the bare disk, JeroMQ, Chronicle Queue and Cyclone DDS.",
            "Prints one table; keeps results.json, round-trip.hlog (HdrHistogram) and round-trip.svg.",
            "Nothing else should run on the machine meanwhile; about ten minutes."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every bar is kept",
            "1:one is not, or something could not be measured",
            "2:the command line cannot be used"
        })
public final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench-results",
            description = "Directory for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bench-results");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory on the disk that is recorded to (default: that of the results).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often everything is measured, 1 to 50 (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--quick", description = "One short round, to see that it runs; its figures are worth little.")
    private boolean isQuick;

    /** Called by {@link #main} and Picocli. */
    public BenchCommand() {}

    /**
     * Measures.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new BenchCommand(), args));
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || rounds > 50) {
            throw new ConfigException("rounds", rounds, "must be 1 to 50", "leave it out for 5");
        }
        Files.createDirectories(out);
        final Results results = measure(isQuick ? 1 : rounds);
        ResultJson.write(results, out.resolve("results.json"));
        RoundTripLog.write(results, out.resolve("round-trip.hlog"));
        Files.writeString(out.resolve("round-trip.svg"), RoundTripChart.draw(results.conversations()));
        System.out.print(ResultTable.render(results));
        System.out.println((results.isGreen() ? "GREEN: " : "RED: ") + out.resolve("results.json"));
        return results.isGreen() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private Results measure(final int roundCount) throws IOException {
        final String name = "bench-" + ProcessHandle.current().pid();
        final Path work = Files.createDirectories(Path.of("/dev/shm", "tendon-" + name + "-work"));
        try {
            final BenchRun run = new BenchRun(
                    isQuick ? BenchLengths.QUICK : BenchLengths.WHOLE,
                    name,
                    work,
                    data.orElse(out).toAbsolutePath().resolve("recording"),
                    BenchCommand::say);
            for (int round = 1; round <= roundCount; round++) {
                say("round " + round + " of " + roundCount);
                run.round();
            }
            return run.results();
        } finally {
            IoUtil.delete(work.toFile(), true);
        }
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

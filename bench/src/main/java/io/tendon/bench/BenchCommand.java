package io.tendon.bench;

import io.tendon.bench.anomaly.AnomalyCommand;
import io.tendon.bench.report.ResultJson;
import io.tendon.bench.report.ResultTable;
import io.tendon.bench.report.Results;
import io.tendon.bench.report.RoundTripChart;
import io.tendon.bench.report.RoundTripLog;
import io.tendon.bench.run.BenchOptions;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.run.StoppableRun;
import io.tendon.bench.store.StoreCommand;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All benchmarks, in rounds, so that what the machine does in between falls on all of them alike. */
@Command(
        name = "bench",
        description = {
            "Measures what Tendon costs beside bare Aeron, the bare disk, JeroMQ, Chronicle Queue and Cyclone DDS.",
            "Prints one table; keeps results.json, round-trip.hlog (HdrHistogram) and round-trip.svg.",
            "Nothing else should run on the machine meanwhile; about ten minutes.",
            "The store is measured by `run.sh store`, the detector of anomalies by `run.sh anomalies`."
        },
        subcommands = {StoreCommand.class, AnomalyCommand.class},
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every bar is kept",
            "1:one is not, something could not be measured, or it was stopped",
            "2:the command line cannot be used"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final long NEEDED_BYTES = 3L << 30;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often everything is measured, 1 to 50 (default: ${DEFAULT-VALUE}; with --quick once).")
    private int rounds;

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

    /** What it was told, and with it each of its subcommands. */
    public BenchOptions options() {
        return options;
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || rounds > 50) {
            throw new ConfigException("rounds", rounds, "must be 1 to 50", "leave it out for 5");
        }
        final Path out = Files.createDirectories(options.out());
        final Results results = measure(options.isQuick() ? 1 : rounds);
        ResultJson.write(results, out.resolve("results.json"));
        RoundTripLog.write(results, out.resolve("round-trip.hlog"));
        Files.writeString(out.resolve("round-trip.svg"), RoundTripChart.draw(results.conversations()));
        System.out.print(ResultTable.render(results));
        System.out.println((results.isGreen() ? "GREEN: " : "RED: ") + out.resolve("results.json"));
        return results.isGreen() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private Results measure(final int roundCount) throws IOException {
        final RunPlace place = RunPlace.of(options);
        // A queue in a file that grows beyond what there is ends its process.
        RunPlace.requireFree(RunPlace.TMPFS, NEEDED_BYTES, "mount -o remount,size=4G " + RunPlace.TMPFS);
        return StoppableRun.run(place, BenchCommand::say, () -> {}, progress -> {
            Files.createDirectories(place.memory());
            final BenchRun run =
                    new BenchRun(options.isQuick() ? BenchLengths.QUICK : BenchLengths.WHOLE, place, progress);
            for (int round = 1; round <= roundCount; round++) {
                progress.accept("round " + round + " of " + roundCount);
                run.round();
            }
            return run.results();
        });
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

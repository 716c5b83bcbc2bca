package io.tendon.bench;

import io.tendon.bench.report.ResultJson;
import io.tendon.bench.report.ResultTable;
import io.tendon.bench.report.Results;
import io.tendon.bench.report.RoundTripChart;
import io.tendon.bench.report.RoundTripLog;
import io.tendon.bench.store.StoreCommand;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
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
            "Nothing else should run on the machine meanwhile; about ten minutes.",
            "The store is measured by `run.sh store`."
        },
        subcommands = StoreCommand.class,
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
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long NEEDED_BYTES = 3L << 30;
    private static final long STOP_GRACE_S = 60;

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
        requireMemory();
        final Path work = Files.createDirectories(MEMORY.resolve("tendon-" + name + "-work"));
        try (StopSignal stop = new StopSignal(STOP_GRACE_S)) {
            stop.interruptOnStop(Thread.currentThread(), () -> say("stopping what runs, no results"));
            final BenchRun run = new BenchRun(
                    isQuick ? BenchLengths.QUICK : BenchLengths.WHOLE,
                    name,
                    work,
                    data.orElse(out).toAbsolutePath().resolve("tendon-" + name),
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

    /** A queue in a file that grows beyond what there is ends its process. */
    private static void requireMemory() throws IOException {
        final long freeBytes = Files.getFileStore(MEMORY).getUsableSpace();
        if (freeBytes < NEEDED_BYTES) {
            throw new CommandFailure(MEMORY + ": has " + (freeBytes >> 20) + " MiB free, must have "
                    + (NEEDED_BYTES >> 20) + " MiB; mount -o remount,size=4G " + MEMORY);
        }
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

package io.tendon.bench.store;

import io.tendon.bench.report.Results.Bar;
import io.tendon.bench.store.figures.Section;
import io.tendon.bench.store.figures.StoreJson;
import io.tendon.bench.store.figures.StoreTable;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
import io.tendon.certify.MachineText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run.sh store}: measures the store, part by part. */
@Command(
        name = "store",
        description = {
            "Measures the store: publishing while it works, indexing at a high rate, questions to a day of history, nearest"
                    + " neighbours, a restart with a long log, memory; beside SQLite, H2's MVStore, Lucene and a bare archive.",
            "Prints one table a part; keeps store.json and pictures. Takes about an hour and 60 GB of disk with all parts,"
                    + " most of it for the day of history, which is kept with --day. Nothing else should run meanwhile."
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
public final class StoreCommand implements Callable<Integer> {
    private static final String HOME_PROPERTY = "tendon.home";
    private static final Path MEMORY = Path.of("/dev/shm");
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
            description = "Directory on the disk that is measured (default: that of the results).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--day",
            paramLabel = "DIR",
            description = "Keeps the day of history there, for the next run; on the disk of --data (default: made and"
                    + " deleted).")
    private Optional<Path> day = Optional.empty();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long the history is, 4 to 1440 (default: 1440, with --quick 15).")
    private Optional<Integer> minutes = Optional.empty();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only ${COMPLETION-CANDIDATES}; may be given several times (default: all).")
    private List<StorePart> parts = new ArrayList<>();

    @Option(names = "--quick", description = "Short, to see that it runs; its figures are worth little.")
    private boolean isQuick;

    /** Called by Picocli. */
    public StoreCommand() {}

    @Override
    public Integer call() throws IOException {
        final StoreLengths whole = isQuick ? StoreLengths.QUICK : StoreLengths.WHOLE;
        final StoreLengths lengths = minutes.map(whole::withMinutes).orElse(whole);
        if (lengths.minutes() < 4 || lengths.minutes() > 1_440) {
            throw new ConfigException("minutes", lengths.minutes(), "must be 4 to 1440", "leave it out for a day");
        }
        Files.createDirectories(out);
        final String machine = String.join("; ", MachineText.describe().values());
        final List<Section> sections = measure(lengths);
        StoreJson.write(sections, lengths.toString(), machine, out.resolve("store.json"));
        for (final Section section : sections) {
            for (final Map.Entry<String, String> picture : section.pictures().entrySet()) {
                Files.writeString(out.resolve(picture.getKey()), picture.getValue());
            }
        }
        System.out.print(StoreTable.render(sections));
        final boolean isGreen =
                sections.stream().flatMap(section -> section.bars().stream()).allMatch(Bar::isKept);
        System.out.println((isGreen ? "GREEN: " : "RED: ") + out.resolve("store.json"));
        return isGreen ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private List<Section> measure(final StoreLengths lengths) throws IOException {
        final String name = "bench-" + ProcessHandle.current().pid();
        final Path disk = Files.createDirectories(data.orElse(out)).toAbsolutePath();
        requireDisk(
                lengths.logBytes() + (day.filter(DayHistory::isMade).isPresent() ? 0 : lengths.historyBytes()), disk);
        final Path directory = disk.resolve("tendon-" + name);
        final Path work = Files.createDirectories(MEMORY.resolve("tendon-" + name + "-work"));
        final StoreRun.Place place = new StoreRun.Place(
                home(), name, directory, day.map(Path::toAbsolutePath).orElse(directory.resolve("day")), work);
        final Set<StorePart> wanted = parts.isEmpty() ? EnumSet.allOf(StorePart.class) : EnumSet.copyOf(parts);
        try (StopSignal stop = new StopSignal(STOP_GRACE_S)) {
            stop.interruptOnStop(Thread.currentThread(), () -> say("stopping what runs, no results"));
            return new StoreRun(lengths, place, StoreCommand::say).measure(wanted);
        } finally {
            IoUtil.delete(directory.toFile(), true);
            IoUtil.delete(work.toFile(), true);
        }
    }

    private static Path home() {
        final String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new ConfigException(
                    HOME_PROPERTY, "", "must be the directory of the installation", "start it with bench/run.sh store");
        }
        return Path.of(home);
    }

    private static void requireDisk(final long neededBytes, final Path directory) throws IOException {
        final long freeBytes = Files.getFileStore(directory).getUsableSpace();
        if (freeBytes < neededBytes) {
            throw new CommandFailure(directory + ": has " + freeBytes / 1_000_000_000L + " GB free, must have "
                    + neededBytes / 1_000_000_000L + " GB; name another disk with --data, or measure with --quick");
        }
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

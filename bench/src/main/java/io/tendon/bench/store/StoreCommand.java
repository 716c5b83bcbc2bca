package io.tendon.bench.store;

import io.tendon.bench.BenchCommand;
import io.tendon.bench.figures.Section;
import io.tendon.bench.figures.SectionReport;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.run.StoppableRun;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.bench.store.robot.RobotPlace;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code bench/run.sh store}: measures the store, part by part. */
@Command(
        name = "store",
        description = {
            "Measures the store: publishing while it works, indexing at a high rate, questions to a day of history, nearest"
                    + " neighbours, a restart with a long log, memory; beside SQLite, H2's MVStore, Lucene and a bare archive.",
            "Prints one table a part; keeps store.json and pictures. Takes about two hours and 60 GB of disk with all parts,"
                    + " most of both for the day of history, which is kept with --day. Nothing else should run meanwhile."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every bar is kept",
            "1:one is not, something could not be measured, or it was stopped",
            "2:the command line cannot be used"
        })
public final class StoreCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand bench = new BenchCommand();

    @Option(
            names = "--day",
            paramLabel = "DIR",
            description =
                    "Keeps the day of history there, for the next run; on the disk of --data; empty or made by a run"
                            + " before (default: made and deleted).")
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

    /** Called by Picocli. */
    public StoreCommand() {}

    @Override
    public Integer call() throws IOException {
        final StoreLengths whole = bench.options().isQuick() ? StoreLengths.QUICK : StoreLengths.WHOLE;
        final StoreLengths lengths = minutes.map(whole::withMinutes).orElse(whole);
        if (lengths.minutes() < 4 || lengths.minutes() > 1_440) {
            throw new ConfigException("minutes", lengths.minutes(), "must be 4 to 1440", "leave it out for a day");
        }
        final Set<StorePart> wanted = parts.isEmpty() ? EnumSet.allOf(StorePart.class) : EnumSet.copyOf(parts);
        final Path home = home(wanted);
        final RunPlace place = RunPlace.of(bench.options());
        final DayHistory history =
                new DayHistory(day.map(Path::toAbsolutePath).orElse(place.disk().resolve("day")), lengths.minutes());
        requireDisk(wanted, lengths, history);
        final List<Section> sections = StoppableRun.run(
                place,
                StoreCommand::say,
                history::dropUnfinished,
                progress -> new StoreRun(lengths, home, place, history, progress).measure(wanted));
        return SectionReport.give(sections, lengths.toString(), bench.options().out(), "store.json");
    }

    /** Where the installation is whose commands are measured. */
    private static Path home(final Set<StorePart> wanted) {
        final Path home = Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, ""));
        final Path recorder = RobotPlace.recorderCommand(home);
        if (wanted.stream().anyMatch(StorePart::needsInstallation) && !Files.isExecutable(recorder)) {
            throw new ConfigException(
                    NodeCommand.HOME_PROPERTY,
                    home,
                    "must be the directory of an installation, with " + recorder,
                    "start it with bench/run.sh store, which makes one");
        }
        return home;
    }

    private void requireDisk(final Set<StorePart> wanted, final StoreLengths lengths, final DayHistory history)
            throws IOException {
        final Path data = bench.options().data();
        long neededBytes = wanted.stream().mapToLong(lengths::neededBytes).max().orElse(0);
        if (wanted.stream().anyMatch(StorePart::needsDay)) {
            history.requireOn(data);
            neededBytes += history.isMade() ? 0 : StoreLengths.historyBytes(lengths.minutes());
        }
        RunPlace.requireFree(
                data, neededBytes, "name another disk with --data, fewer parts with --part, or measure with --quick");
        Files.createDirectories(bench.options().out());
        Files.createDirectories(data);
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

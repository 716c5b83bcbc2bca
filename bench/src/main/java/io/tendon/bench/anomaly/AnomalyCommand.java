package io.tendon.bench.anomaly;

import io.tendon.bench.BenchCommand;
import io.tendon.bench.figures.Section;
import io.tendon.bench.figures.SectionReport;
import io.tendon.bench.run.Progress;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.run.StoppableRun;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.CpuSet;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFault;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.OnnxModel;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.cell.WorkcellException;
import io.tendon.robot.cell.WorkcellFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code bench/run.sh anomalies}: how well control finds what is wrong with the arm. */
@Command(
        name = "anomalies",
        description = {
            "How well control's detector and fusion's model find what is wrong with an arm at pick and place, with all samples, with 5 % of them"
                    + " dropped and with stalls of 47 ms; beside the same detector without an eye for gaps.",
            "Simulated faster than it would happen, by seeds: the same seeds give the same numbers. A few minutes, no robot"
                    + " and no disk. Prints five tables; keeps anomalies.json."
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
public final class AnomalyCommand implements Callable<Integer> {
    private static final double HEAVIER = 1.1;
    private static final int QUICK_MINUTES = 2;
    private static final int QUICK_TRIALS = 4;

    @ParentCommand
    private BenchCommand bench = new BenchCommand();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Simulated time of an arm that is well, for each kind of gap, 1 to 1000 (default: 30, with"
                    + " --quick " + QUICK_MINUTES + ").")
    private Optional<Integer> minutes = Optional.empty();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "How often each fault is tried with each kind of gap, 1 to 1000 (default: 40, with --quick "
                    + QUICK_TRIALS + ").")
    private Optional<Integer> trials = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1000",
            description =
                    "First of the seeds, one a minute and one a trial; those below 1000 were used to choose what is"
                            + " allowed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--share",
            paramLabel = "X",
            defaultValue = "1",
            description = "Of its usual size that a fault has, 0.05 to 10; small ones are not all found"
                    + " (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(names = "--robot", paramLabel = "FILE", description = "URDF of the arm (default: the installation's).")
    private Optional<Path> robotFile = Optional.empty();

    @Option(names = "--cell", paramLabel = "FILE", description = "Its work cell (default: the installation's).")
    private Optional<Path> cellFile = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Manifest of the model that fusion runs, or none (default: the installation's, for its own"
                    + " robot and cell).")
    private Optional<String> modelFile = Optional.empty();

    /** Called by Picocli. */
    public AnomalyCommand() {}

    @Override
    public Integer call() throws IOException {
        final int wantedMinutes =
                within("minutes", minutes.orElse(bench.options().isQuick() ? QUICK_MINUTES : 30));
        final int wantedTrials = within("trials", trials.orElse(bench.options().isQuick() ? QUICK_TRIALS : 40));
        if (!(share >= 0.05 && share <= 10)) {
            throw new ConfigException("share", share, "must be 0.05 to 10", "leave it out for 1");
        }
        final Path config = Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, "."), "config");
        final Path robot = robotFile.orElse(config.resolve("robots/tendon6.urdf"));
        final Work work;
        final WeighedRobot weighed;
        try {
            weighed = WeighedRobot.read(robot);
            work = Work.of(weighed.times(1), WorkcellFile.read(cellFile.orElse(config.resolve("cell.properties"))));
        } catch (final UrdfException | WorkcellException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), NodeCommand.EXIT_USAGE);
        }
        final Optional<ModelFile> model = model(config, work.robot());
        final List<Section> sections =
                StoppableRun.run(RunPlace.of(bench.options()), AnomalyCommand::say, () -> {}, progress -> {
                    final AnomalyRun run = new AnomalyRun(work, weighed.times(HEAVIER), seed, share, progress);
                    final List<Section> made =
                            new ArrayList<>(List.of(run.well(wantedMinutes), run.faults(wantedTrials), run.cost()));
                    if (model.isPresent()) {
                        made.addAll(judged(work, model.get(), wantedMinutes, wantedTrials, progress));
                    }
                    return made;
                });
        return SectionReport.give(
                sections,
                wantedMinutes + " min, " + wantedTrials + " trials, share " + share + ", seeds from " + seed,
                bench.options().out(),
                "anomalies.json");
    }

    /** The model that was named; the installation's is for the installation's robot at its own work alone. */
    private Optional<ModelFile> model(final Path config, final RobotModel robot) {
        if (modelFile.isEmpty() && (robotFile.isPresent() || cellFile.isPresent())) {
            return Optional.empty();
        }
        final String wanted = modelFile.orElse(String.valueOf(config.resolve("models/tendon6-windows.properties")));
        if (wanted.equals("none")) {
            return Optional.empty();
        }
        final ModelFile file = ModelFile.read(Path.of(wanted));
        file.requireFits(robot, WorkingArm.WINDOW_NS, WorkingArm.PERIOD_NS, CpuSet.onlineCount());
        return Optional.of(file);
    }

    private List<Section> judged(
            final Work work,
            final ModelFile file,
            final int wantedMinutes,
            final int wantedTrials,
            final Progress progress)
            throws IOException {
        try (Model opened = OnnxModel.open(
                file, Files.createDirectories(RunPlace.of(bench.options()).memory()))) {
            final ModelRun run = new ModelRun(work, file, opened, seed, share, progress);
            return List.of(run.well(wantedMinutes), run.faults(wantedTrials));
        } catch (final ModelFault e) {
            throw new CommandFailure("the model " + file.name() + " failed: " + e.getMessage());
        }
    }

    private static int within(final String name, final int wanted) {
        if (wanted < 1 || wanted > 1_000) {
            throw new ConfigException(name, wanted, "must be 1 to 1000", "leave it out for the default");
        }
        return wanted;
    }

    private static void say(final String line) {
        System.err.println("bench: " + line);
    }
}

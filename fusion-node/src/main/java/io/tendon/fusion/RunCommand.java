package io.tendon.fusion;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.health.HealthAgent;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.OnnxModel;
import io.tendon.fusion.task.CellPlan;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.fusion.task.PlanException;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.NodeId;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the node until SIGTERM or SIGINT: robot and cell are read and planned, the bus is joined, and the loop runs on a
 * thread of its own while this one waits.
 */
@Command(
        name = "run",
        description = "Runs the fusion node until SIGTERM, then brings the arm to rest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
    private static final long ORPHAN_STOP_MS = 0;
    private static final long CONNECT_TIMEOUT_NS = 10_000_000_000L;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Mixin
    private CellOptions cellOptions = new CellOptions();

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "10ms",
            converter = Durations.Converter.class,
            description = "Length of a window, 1ms to 100ms (default: ${DEFAULT-VALUE}).")
    private long windowNs;

    @Option(
            names = "--sample-period",
            paramLabel = "DURATION",
            defaultValue = "1ms",
            converter = Durations.Converter.class,
            description = "Period of control's samples; fits 1 to 64 times into a window (default: ${DEFAULT-VALUE}).")
    private long samplePeriodNs;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            defaultValue = "1ms",
            converter = Durations.Converter.class,
            description = "How long after its end a window waits for stragglers, 0ms to below the window"
                    + " (default: ${DEFAULT-VALUE}).")
    private long graceNs;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            defaultValue = "15ms",
            converter = Durations.Converter.class,
            description = "From a window's end to the time its set-point is for, above the grace, at most 10 windows"
                    + " (default: ${DEFAULT-VALUE}).")
    private long horizonNs;

    @Option(
            names = "--max-catch-up",
            paramLabel = "WINDOWS",
            defaultValue = "20",
            description = "Windows closed at once after a stall at most, 1 to 1024; older ones are skipped and counted"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxCatchUpWindows;

    @Option(
            names = "--speed",
            paramLabel = "FRACTION",
            defaultValue = "0.6",
            description = "Share of the joints' greatest speed that the task uses, 0.05 to 0.95"
                    + " (default: ${DEFAULT-VALUE}).")
    private double speedFraction;

    @Option(
            names = "--follow-tolerance",
            paramLabel = "RAD_OR_M",
            defaultValue = "0.03",
            description = "Distance of command and set-point from which the task plans anew, 0.001 to 0.5"
                    + " (default: ${DEFAULT-VALUE}).")
    private double followTolerance;

    @Option(
            names = "--rt",
            paramLabel = "MODE",
            defaultValue = "prefer",
            description =
                    "SCHED_FIFO " + FusionConfig.RT_PRIORITY + ", below control: off, prefer (say what is missing)"
                            + " or require (do not start without; default: ${DEFAULT-VALUE}).")
    private RtMode rtMode = RtMode.PREFER;

    @Option(
            names = "--cpu",
            paramLabel = "CORE",
            defaultValue = "-1",
            description = "Core to pin the loop to, from 0; -1 for none (default: ${DEFAULT-VALUE}).")
    private int cpu;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            defaultValue = ModelChoice.AUTO,
            description =
                    "Manifest of a model that judges windows, beside its ONNX file, on a thread of its own, so that it"
                            + " delays nothing; none; or auto: that of the installation's config/models that was"
                            + " trained on this robot in this cell, if there is one (default: ${DEFAULT-VALUE}).")
    private String wantedModel = ModelChoice.AUTO;

    @Option(
            names = "--from-replay",
            description =
                    "Listens to a replay (`persistence-node replay`) instead of the arm, in the replay's time, and"
                            + " says on shadow streams (shadow.fusion.state, ...) what it would have said. Moves nothing.")
    private boolean isFromReplay;

    @Override
    public Integer call() {
        final FusionConfig config = new FusionConfig(
                windowNs,
                samplePeriodNs,
                graceNs,
                horizonNs,
                maxCatchUpWindows,
                speedFraction,
                followTolerance,
                rtMode,
                cpu);
        final RobotModel robot = cellOptions.robot();
        final double windowsPerSecond = 1e9 / config.windowNs();
        StreamSizing.requireSafe(
                StreamCatalog.FUSION_SETPOINT, windowsPerSecond, MessageLengths.jointSetpoint(robot.jointCount(), 1));
        StreamSizing.requireSafe(
                StreamCatalog.FUSION_STATE, windowsPerSecond, MessageLengths.fusedState(robot.jointCount(), 1));
        final ModelFile chosenFile = modelFile(config, robot);
        final CellPlan plan = plan(robot);
        if (isFromReplay) {
            return ShadowRun.run(RuntimeDirectory.of(options.name()), config, robot, plan);
        }
        final int rehearsed = new Rehearsal(config, robot, plan).run();
        LOG.log(System.Logger.Level.DEBUG, "event=rehearsed tasks=" + rehearsed);
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (StopSignal stop = new StopSignal()) {
            SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
            directory.create();
            final boolean isInOrder = run(directory, config, robot, plan, chosen(chosenFile, directory), stop);
            final int exitCode = isInOrder ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
            stop.exitCode(exitCode);
            return exitCode;
        }
    }

    private CellPlan plan(final RobotModel robot) {
        try {
            return new CellPlanner(robot).plan(cellOptions.cell());
        } catch (final PlanException e) {
            throw new ConfigException("cell", "refused", "must be within the robot's reach", e.getMessage() + "", e);
        }
    }

    private @Nullable ModelFile modelFile(final FusionConfig config, final RobotModel robot) {
        if (isFromReplay) {
            if (!wantedModel.equals(ModelChoice.AUTO) && !wantedModel.equals(ModelChoice.NONE)) {
                throw new ConfigException(
                        "model",
                        wantedModel,
                        "must not be given beside --from-replay: a model judges windows as they happen",
                        "leave out one of the two");
            }
            return null;
        }
        final ModelFile file = new ModelChoice(
                        config, robot, cellOptions, System.getProperty(NodeCommand.HOME_PROPERTY))
                .choose(wantedModel);
        if (file == null) {
            return null;
        }
        StreamSizing.requireSafe(
                StreamCatalog.FUSION_INFERENCE,
                1e9 / (config.windowNs() * file.everyWindows()),
                MessageLengths.inference(file.name().length(), 1));
        return file;
    }

    private static ModelAssembly.@Nullable ChosenModel chosen(
            final @Nullable ModelFile file, final RuntimeDirectory directory) {
        if (file == null) {
            return null;
        }
        final OnnxModel model = OnnxModel.open(file, directory.directory());
        LOG.log(
                System.Logger.Level.INFO,
                "event=model-opened model=" + file.name() + " elements=" + file.elements() + " every="
                        + file.everyWindows() + " deadline=" + Durations.format(file.deadlineNs()) + " core="
                        + file.core());
        return new ModelAssembly.ChosenModel(file, model);
    }

    private boolean run(
            final RuntimeDirectory directory,
            final FusionConfig config,
            final RobotModel robot,
            final CellPlan plan,
            final ModelAssembly.@Nullable ChosenModel model,
            final StopSignal stop) {
        final MappedErrorLog errors =
                new MappedErrorLog(directory.errorLogFile("fusion"), "fusion", SystemEpochClock.INSTANCE);
        try (BusConnection bus = BusConnection.connect(directory, NodeId.FUSION, errors, CONNECT_TIMEOUT_NS);
                FusionAssembly assembly = new FusionAssembly(bus, config, robot, plan, model, errors);
                HealthAgent health = new HealthAgent(bus, assembly.statistics(), errors)) {
            final LoopThread thread = new LoopThread(config, assembly, bus, errors, stop);
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=fusion-started session=" + bus.sessionName() + " robot=" + robot.name() + " window="
                            + Durations.format(config.windowNs()) + " toolAngleErrorRad=" + plan.angleErrorRad());
            final AtomicCounter ready = bus.counters().node(BusCounter.READY);
            health.start();
            bus.followDriver(BusConnection.DRIVER_PATIENCE_NS);
            ready.setRelease(1);
            assembly.startModel();
            final boolean isInOrder = thread.runToTheEnd();
            ready.setRelease(2);
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=fusion-stopped completed=" + assembly.task().completed() + " failed="
                            + assembly.task().failed() + " skippedWindows="
                            + assembly.aligner().skippedWindows() + " foreignStates="
                            + assembly.adapter().foreign() + " inOrder=" + isInOrder);
            return isInOrder;
        }
    }
}

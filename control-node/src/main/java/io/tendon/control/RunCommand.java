package io.tendon.control;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.health.HealthAgent;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.link.SessionDescriber;
import io.tendon.control.loop.ControlLoop;
import io.tendon.control.loop.ControlRunner;
import io.tendon.robot.Joint;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellException;
import io.tendon.robot.cell.WorkcellFile;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs control until it is told to stop. The wiring:
 *
 * <pre>
 *   URDF -> robot   bus -> clock, session   hardware (sim)          main thread
 *                     |
 *   ControlLoop(bus, robot, hardware, config)                       wired on the main thread
 *   ControlRunner   -> thread control-loop: power up, cycle, stop   SCHED_FIFO where allowed
 *   HealthAgent     -> thread health-control: 10 Hz
 * </pre>
 */
@Command(
        name = "run",
        description = "Runs the control loop until SIGTERM, then slows the arm down to a held stop.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
    private static final long ORPHAN_STOP_MS = 300;
    private static final long SESSION_TIMEOUT_NS = 10_000_000_000L;

    /** What moves the arm. */
    enum Hardware {
        /** A simulated arm in this process. */
        SIM
    }

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Mixin
    private RobotOptions robotOptions = new RobotOptions();

    @Option(
            names = "--cell",
            paramLabel = "FILE",
            description = "The work cell: table and block, for the simulated arm"
                    + " (default: the installation's for its own robot, none for another).")
    private @Nullable Path cellFile;

    @Option(
            names = "--hardware",
            paramLabel = "KIND",
            defaultValue = "sim",
            description = "What moves the arm: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Hardware hardware = Hardware.SIM;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Seed of the simulated sensors' noise, any whole number (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--period",
            paramLabel = "TIME",
            defaultValue = "1ms",
            converter = Durations.Converter.class,
            description = "Period of the loop, 100us to 100ms (default: ${DEFAULT-VALUE}).")
    private long periodNs;

    @Option(
            names = "--spin",
            paramLabel = "TIME",
            defaultValue = "200us",
            converter = Durations.Converter.class,
            description = "How long before a tick the loop wakes up and spins, 0ns to below the period"
                    + " (default: ${DEFAULT-VALUE}).")
    private long spinNs;

    @Option(
            names = "--rt",
            paramLabel = "MODE",
            defaultValue = "prefer",
            description = "Real-time scheduling: off, prefer (say what could not be had) or require (do not start"
                    + " without) (default: ${DEFAULT-VALUE}).")
    private RtMode rt = RtMode.PREFER;

    @Option(
            names = "--rt-priority",
            paramLabel = "NUMBER",
            defaultValue = "80",
            description = "Priority under SCHED_FIFO, 1 to 99 (default: ${DEFAULT-VALUE}).")
    private int rtPriority;

    @Option(
            names = "--cpu",
            paramLabel = "NUMBER",
            defaultValue = "-1",
            description = "Core for the loop, from 0; -1 for any (default: ${DEFAULT-VALUE}).")
    private int cpu;

    @Option(
            names = "--setpoint-period",
            paramLabel = "TIME",
            defaultValue = "10ms",
            converter = Durations.Converter.class,
            description = "Time between two set-points, the loop's period to 1s (default: ${DEFAULT-VALUE}).")
    private long setpointPeriodNs;

    @Option(
            names = "--stale-after",
            paramLabel = "TIME",
            defaultValue = "20ms",
            converter = Durations.Converter.class,
            description = "Age from which a set-point is stale and extrapolated, the set-points' period to 10s"
                    + " (default: ${DEFAULT-VALUE}).")
    private long staleAfterNs;

    @Option(
            names = "--extrapolate-cycles",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "For how many ticks a stale set-point is extrapolated before the arm slows down, 0 to 1000"
                    + " (default: ${DEFAULT-VALUE}).")
    private int extrapolateCycles;

    @Option(
            names = "--latch-after",
            paramLabel = "TIME",
            defaultValue = "500ms",
            converter = Durations.Converter.class,
            description = "Age of the newest set-point from which an arm that has come to a stand is latched STOPPED"
                    + " until a reset, 0ns to 1h (default: ${DEFAULT-VALUE}).")
    private long latchAfterNs;

    @Option(
            names = "--resume-tolerance",
            paramLabel = "RAD",
            defaultValue = "0.05",
            description = "How far from the waiting arm the first set-point may be, rad or m per joint, above 0,"
                    + " at most 1 (default: ${DEFAULT-VALUE}).")
    private double resumeTolerance;

    @Override
    public Integer call() {
        final ControlConfig config = new ControlConfig(
                periodNs,
                spinNs,
                setpointPeriodNs,
                staleAfterNs,
                extrapolateCycles,
                latchAfterNs,
                resumeTolerance,
                rt,
                rtPriority,
                cpu);
        final RobotModel robot = robotOptions.robot();
        StreamSizing.requireSafe(
                StreamCatalog.CONTROL_STATE, 1e9 / config.periodNs(), MessageLengths.jointState(robot.jointCount(), 1));
        final @Nullable Workcell cell = cell();
        for (final String assumption : robot.assumptions()) {
            LOG.log(System.Logger.Level.INFO, "event=assumption robot=" + robot.name() + " text=" + assumption);
        }
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (StopSignal stop = new StopSignal()) {
            SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
            final int exitCode = run(config, robot, cell, directory, stop);
            stop.exitCode(exitCode);
            return exitCode;
        }
    }

    private int run(
            final ControlConfig config,
            final RobotModel robot,
            final @Nullable Workcell cell,
            final RuntimeDirectory directory,
            final StopSignal stop) {
        directory.create();
        final MappedErrorLog errors =
                new MappedErrorLog(directory.errorLogFile("control"), "control", SystemEpochClock.INSTANCE);
        try (BusConnection bus = BusConnection.connect(directory, NodeId.CONTROL, errors, SESSION_TIMEOUT_NS)) {
            final HardwareDriver driver = driver(cell, bus.clock());
            driver.configure(robot);
            final CycleStatistics statistics = new CycleStatistics(bus.counters(), config.periodNs());
            final AtomicCounter ready = bus.counters().node(BusCounter.READY);
            final AtomicCounter realTime = bus.counters().node(BusCounter.REAL_TIME);
            try (ControlLoop loop = new ControlLoop(bus, robot, driver, config, statistics, bus.clock());
                    HealthAgent health = new HealthAgent(bus, statistics, errors)) {
                final ControlRunner runner = new ControlRunner(
                        loop,
                        config,
                        bus.clock(),
                        stop::isStopped,
                        errors,
                        outcome -> started(bus, realTime, ready, outcome));
                describe(bus, loop, robot, config, driver.name());
                new JointNames(robot.joints().stream().map(Joint::name).toList()).write(directory);
                health.start();
                stop.runToTheEnd(runner, "control-loop");
                ready.setRelease(2);
                LOG.log(System.Logger.Level.INFO, "event=control-stopped state=" + loop.safetyState());
                return runner.exitCode();
            }
        }
    }

    private static void started(
            final BusConnection bus,
            final AtomicCounter realTime,
            final AtomicCounter ready,
            final RealTimeScheduling.Outcome outcome) {
        realTime.setRelease(realTime(outcome));
        ready.setRelease(1);
        LOG.log(
                System.Logger.Level.INFO,
                "event=control-started session=" + bus.sessionName() + " realTime=" + outcome.isRealTime() + " cpu="
                        + outcome.cpu() + (outcome.isComplete() ? "" : " shortfall=" + outcome.shortfall()));
    }

    private static long realTime(final RealTimeScheduling.Outcome outcome) {
        if (!outcome.isComplete()) {
            return 2;
        }
        return outcome.isRealTime() ? 1 : 0;
    }

    private static void describe(
            final BusConnection bus,
            final ControlLoop loop,
            final RobotModel robot,
            final ControlConfig config,
            final String hardware) {
        final String build = NodeCommand.buildVersion();
        loop.link().events().nodeStarted(build);
        SessionDescriber.publish(
                loop.link().eventPublisher(),
                bus.clock(),
                robot,
                bus.sessionName(),
                config.periodNs(),
                build,
                hardware);
    }

    private HardwareDriver driver(final @Nullable Workcell cell, final EpochNanoClock clock) {
        return switch (hardware) {
            case SIM -> new SimulatedArm(SimulationSettings.typical(seed), cell, clock);
        };
    }

    private @Nullable Workcell cell() {
        final Path file =
                cellFile == null && robotOptions.isShipped() ? RobotOptions.installed("cell.properties") : cellFile;
        if (file == null) {
            return null;
        }
        try {
            return WorkcellFile.read(file);
        } catch (final WorkcellException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), NodeCommand.EXIT_USAGE);
        }
    }
}

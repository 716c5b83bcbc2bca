package io.tendon.control;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellException;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs control until it is told to stop: the options. {@link ControlProcess} is the wiring diagram. */
@Command(
        name = "run",
        description = "Runs the control loop until SIGTERM, then slows the arm down to a held stop.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
    private static final long ORPHAN_STOP_MS = 300;
    private static final double USUAL_PAYLOAD_KG = 0.5;

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
    private HardwareKind hardware = HardwareKind.SIM;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Seed of the simulated sensors' noise, any whole number (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--sim-fault",
            paramLabel = "FAULT",
            split = ";",
            converter = SimulatedFaultConverter.class,
            description = {
                "Something that goes wrong with the simulated arm, KIND@ONSET[+DURATION][,joint=N][,amount=X], the onset"
                        + " since the arm is powered; several with ; between them (default: none).",
                "collision (amount: stiffness, N/m), payload (kg), friction (share of the greatest effort), encoder-drift"
                        + " (rad/s or m/s), stuck-joint, sensor-freeze, force-bias (N). Example: collision@12s+500ms"
            })
    private List<SimulatedFault> faults = List.of();

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
            description = "Real-time scheduling and locked memory: off, prefer (say what could not be had) or require"
                    + " (do not start without) (default: ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--max-payload",
            paramLabel = "KG",
            description =
                    "Most that the gripper carries when nothing is wrong, 0 to 1000; a tool that carries more is an"
                            + " anomaly (default: the block of the work cell, 0.5 without one).")
    private @Nullable Double maxPayloadKg;

    @Option(
            names = "--anomaly-margin",
            paramLabel = "TIMES",
            defaultValue = "1",
            description =
                    "Multiplies what is allowed before something is an anomaly, 0.1 to 100; above 1 for an arm that"
                            + " its URDF describes badly (default: ${DEFAULT-VALUE}).")
    private double anomalyMargin;

    @Option(
            names = "--tick-log",
            paramLabel = "FILE",
            description = "For measurements: note the lateness of every tick in this file, for half an hour. It must be"
                    + " in memory, in /dev/shm (default: none).")
    private @Nullable Path tickLogFile;

    @Override
    public Integer call() {
        final RobotModel robot = robotOptions.robot();
        final @Nullable Workcell cell = cell();
        final ControlConfig config = new ControlConfig(
                periodNs,
                spinNs,
                setpointPeriodNs,
                staleAfterNs,
                extrapolateCycles,
                latchAfterNs,
                resumeTolerance,
                anomalyMargin,
                maxPayload(cell),
                rt,
                rtPriority,
                cpu);
        StreamSizing.requireSafe(
                StreamCatalog.CONTROL_STATE, 1e9 / config.periodNs(), MessageLengths.jointState(robot.jointCount(), 1));
        for (final String assumption : robot.assumptions()) {
            LOG.log(System.Logger.Level.INFO, "event=assumption robot=" + robot.name() + " text=" + assumption);
        }
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (StopSignal stop = new StopSignal()) {
            SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
            final int exitCode =
                    new ControlProcess(config, robot, cell, hardware, seed, faults, tickLogFile).run(directory, stop);
            stop.exitCode(exitCode);
            return exitCode;
        }
    }

    /** Reads {@code --sim-fault}. */
    static final class SimulatedFaultConverter implements ITypeConverter<SimulatedFault> {
        /** Called by Picocli. */
        SimulatedFaultConverter() {}

        @Override
        public SimulatedFault convert(final String text) {
            try {
                return SimulatedFault.parse(text);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private double maxPayload(final @Nullable Workcell cell) {
        if (maxPayloadKg != null) {
            return maxPayloadKg;
        }
        return cell == null ? USUAL_PAYLOAD_KG : cell.blockMassKg();
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

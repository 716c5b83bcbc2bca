package io.tendon.control;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.TickLog;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.health.HealthAgent;
import io.tendon.bus.signal.StopSignal;
import io.tendon.control.anomaly.DetectorRehearsal;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.sim.ArmMemory;
import io.tendon.control.hardware.sim.FaultListener;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.link.SessionDescriber;
import io.tendon.control.loop.ControlLoop;
import io.tendon.control.loop.ControlRunner;
import io.tendon.control.loop.InjectedFaults;
import io.tendon.robot.Joint;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * One life of control. The wiring:
 *
 * <pre>
 *   URDF -> robot   bus -> clock, session   hardware (sim)          main thread
 *   DetectorRehearsal                                               main thread, before the arm is powered
 *                     |
 *   ControlLoop(bus, robot, hardware, config)                       wired on the main thread
 *   ControlRunner   -> thread control-loop: power up, cycle, stop   SCHED_FIFO where allowed
 *   HealthAgent     -> thread health-control: 10 Hz
 *   BusConnection   -> thread driver-follower: another media driver when the present one dies
 * </pre>
 *
 * <p>In its first life of a session the arm goes where set-points lead it; in a later one it stands until an operator
 * resumes it.
 */
final class ControlProcess {
    private static final System.Logger LOG = System.getLogger(ControlProcess.class.getName());
    private static final long SESSION_TIMEOUT_NS = 10_000_000_000L;
    private static final long TICK_LOG_NS = 1_800_000_000_000L;

    private final ControlConfig config;
    private final RobotModel robot;
    private final @Nullable Workcell cell;
    private final HardwareKind hardware;
    private final long seed;
    private final List<SimulatedFault> faults;
    private final @Nullable Path tickLogFile;

    ControlProcess(
            final ControlConfig config,
            final RobotModel robot,
            final @Nullable Workcell cell,
            final HardwareKind hardware,
            final long seed,
            final List<SimulatedFault> faults,
            final @Nullable Path tickLogFile) {
        this.config = config;
        this.robot = robot;
        this.cell = cell;
        this.hardware = hardware;
        this.seed = seed;
        this.faults = faults;
        this.tickLogFile = tickLogFile;
    }

    /**
     * Runs until it is told to stop, or cannot go on.
     *
     * @param directory of the robot.
     * @param stop that is waited for.
     * @return the exit code.
     */
    int run(final RuntimeDirectory directory, final StopSignal stop) {
        directory.create();
        final MappedErrorLog errors =
                new MappedErrorLog(directory.errorLogFile("control"), "control", SystemEpochClock.INSTANCE);
        try (BusConnection bus = BusConnection.connect(directory, NodeId.CONTROL, errors, SESSION_TIMEOUT_NS)) {
            new DetectorRehearsal(robot, config.detectorSettings()).run();
            final InjectedFaults injectedFaults = new InjectedFaults();
            final HardwareDriver driver = driver(bus, injectedFaults);
            driver.configure(robot);
            final CycleStatistics statistics = new CycleStatistics(bus.counters(), config.periodNs());
            final AtomicCounter ready = bus.counters().node(BusCounter.READY);
            try (ControlLoop loop = new ControlLoop(bus, robot, driver, config, statistics, bus.clock());
                    HealthAgent health = new HealthAgent(bus, statistics, errors)) {
                if (bus.lives() > 1) {
                    loop.beginHeld("control was started again: the arm holds until it is told to resume");
                }
                final ControlRunner runner = new ControlRunner(
                        loop,
                        config,
                        bus.clock(),
                        stop::isStopped,
                        errors,
                        outcome -> started(bus, ready, outcome),
                        tickLog(bus));
                describe(bus, loop, driver.name());
                injectedFaults.sayOn(loop.link());
                new JointNames(robot.joints().stream().map(Joint::name).toList()).write(directory);
                health.start();
                bus.followDriver(BusConnection.DRIVER_PATIENCE_NS);
                stop.runToTheEnd(runner, "control-loop");
                ready.setRelease(2);
                LOG.log(System.Logger.Level.INFO, "event=control-stopped state=" + loop.safetyState());
                return runner.exitCode();
            }
        }
    }

    /** Mapped for as long as the process lives. */
    private @Nullable TickLog tickLog(final BusConnection bus) {
        return tickLogFile == null
                ? null
                : TickLog.open(tickLogFile, config.periodNs(), bus.clock().nanoTime(), (int)
                        (TICK_LOG_NS / config.periodNs()));
    }

    private static void started(final BusConnection bus, final AtomicCounter ready, final RealTimeOutcome outcome) {
        outcome.publish(bus.counters());
        ready.setRelease(1);
        LOG.log(
                System.Logger.Level.INFO,
                "event=control-started session=" + bus.sessionName() + " life=" + bus.lives() + ' ' + outcome);
    }

    private void describe(final BusConnection bus, final ControlLoop loop, final String hardwareName) {
        final String build = NodeCommand.buildVersion();
        loop.link().events().nodeStarted(build);
        SessionDescriber.publish(
                loop.link().eventPublisher(),
                bus.clock(),
                robot,
                bus.sessionName(),
                config.periodNs(),
                build,
                hardwareName);
    }

    private HardwareDriver driver(final BusConnection bus, final FaultListener injectedFaults) {
        return switch (hardware) {
            case SIM ->
                new SimulatedArm(
                        SimulationSettings.typical(seed), cell, bus.clock(), memory(bus), faults, injectedFaults);
        };
    }

    private static ArmMemory memory(final BusConnection bus) {
        try {
            return ArmMemory.open(
                    bus.directory().simulatedArmFile(), bus.session().anchorEpochNs());
        } catch (final IOException e) {
            throw new ConfigException(
                    "runtime directory",
                    bus.directory().directory(),
                    "must be writable (" + e + ")",
                    "check the rights of the directory",
                    e);
        }
    }
}

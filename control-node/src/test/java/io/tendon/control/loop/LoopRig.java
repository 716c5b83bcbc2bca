package io.tendon.control.loop;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.control.ControlConfig;
import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.CommandKind;
import io.tendon.schemas.JointSetpointEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.OperatorCommandEncoder;
import java.nio.file.Path;
import org.agrona.ErrorHandler;

/** A control loop on a bus of its own, with fusion's and an operator's side of it, in one thread and on a manual clock. */
final class LoopRig implements AutoCloseable {
    static final long PERIOD_NS = 1_000_000;
    static final ControlConfig CONFIG = new ControlConfig(
            PERIOD_NS, 0, 10 * PERIOD_NS, 20 * PERIOD_NS, 20, 100 * PERIOD_NS, 0.05, 1, 0.5, RtMode.OFF, 80, -1);
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    final ManualClock clock;
    final RobotModel robot = Robots.shipped();
    final ControlLoop loop;
    final ControlReader reader;
    final BusConnection control;
    MessagePublisher setpoints;
    private final EmbeddedDriver driver;
    private final BusConnection fusion;
    private final MessagePublisher commands;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointSetpointEncoder encoder = new JointSetpointEncoder();
    private final OperatorCommandEncoder commandEncoder = new OperatorCommandEncoder();
    private long tick;

    LoopRig(final Path directory, final ManualClock clock, final HardwareDriver hardware) {
        this.clock = clock;
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        driver = EmbeddedDriver.launch(runtime, RETHROW);
        control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
        fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0);
        hardware.configure(robot);
        loop = new ControlLoop(
                control, robot, hardware, CONFIG, new CycleStatistics(control.counters(), PERIOD_NS), clock);
        setpoints = fusion.addPublisher(StreamCatalog.FUSION_SETPOINT);
        commands = fusion.addPublisher(StreamCatalog.OPERATOR_COMMAND);
        reader = new ControlReader(fusion);
        loop.start();
    }

    /** Runs a cycle one period later; returns the tick's number. */
    long cycle() {
        return cycleAfter(1, 0);
    }

    /** Runs a cycle that is due so many periods later, and late by so much. */
    long cycleAfter(final int periods, final long lateNs) {
        clock.advance(periods * PERIOD_NS);
        final long dueNs = clock.nanoTime();
        tick += periods;
        clock.advance(lateNs);
        loop.cycle(tick, dueNs, clock.nanoTime(), periods - 1);
        clock.advance(-lateNs);
        return tick;
    }

    void cycles(final int count) {
        for (int i = 0; i < count; i++) {
            cycle();
        }
    }

    /** Sends a set-point that all joints should reach 12 ms from now; returns its sequence. */
    long setpoint(final double[] positions, final double velocity) {
        return setpoint(positions, velocity, clock.nanoTime());
    }

    long setpoint(final double[] positions, final double velocity, final long captureTimeNs) {
        if (setpoints.claim(MessageLengths.jointSetpoint(positions.length, 0)).isAccepted()) {
            encoder.wrapAndApplyHeader(setpoints.buffer(), setpoints.offset(), header);
            encoder.stamp()
                    .sequence(setpoints.sequence())
                    .captureTimeNs(captureTimeNs)
                    .source(NodeId.FUSION);
            encoder.targetTimeNs(captureTimeNs + 12 * PERIOD_NS)
                    .gripperWidthM(0.05)
                    .gripperMaxForceN(20);
            encoder.inputsCount(0);
            final JointSetpointEncoder.JointsEncoder joints = encoder.jointsCount(positions.length);
            for (final double position : positions) {
                joints.next().position(position).velocity(velocity).acceleration(0);
            }
            setpoints.commit();
        }
        setpoints.doWork();
        return setpoints.sequence();
    }

    /** Lets another life of fusion send the next set-points. */
    void restartFusion() {
        setpoints.close();
        setpoints = fusion.addPublisher(StreamCatalog.FUSION_SETPOINT);
    }

    /** Sends an operator's command. */
    void command(final CommandKind kind, final long commandId, final int joint, final double amount) {
        command(kind, commandId, joint, amount, clock.nanoTime());
    }

    void command(
            final CommandKind kind,
            final long commandId,
            final int joint,
            final double amount,
            final long captureTimeNs) {
        if (commands.claim(MessageLengths.operatorCommand()).isAccepted()) {
            commandEncoder.wrapAndApplyHeader(commands.buffer(), commands.offset(), header);
            commandEncoder
                    .stamp()
                    .sequence(commands.sequence())
                    .captureTimeNs(captureTimeNs)
                    .source(NodeId.OPERATOR);
            commandEncoder
                    .commandId(commandId)
                    .kind(kind)
                    .joint(joint)
                    .amount(amount)
                    .speedFraction(0.2);
            commandEncoder.inputsCount(0);
            commands.commit();
        }
        commands.doWork();
    }

    @Override
    public void close() {
        loop.close();
        control.close();
        fusion.close();
        driver.close();
    }
}

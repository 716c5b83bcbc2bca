package io.tendon.certify.measure;

import com.sun.management.ThreadMXBean;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.control.ControlConfig;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.loop.ControlLoop;
import io.tendon.control.safety.SafetyState;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfReader;
import io.tendon.schemas.JointSetpointEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.concurrent.EpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs control's loop, with real publications on a driver of its own, set-points that move the simulated arm and a missed
 * tick now and then, on a clock of its own and as fast as it goes, and prints {@link LoopAllocation}. A process of its
 * own.
 */
@Command(name = "loop-allocation", description = "What control's loop allocates.")
public final class LoopAllocationNode implements Callable<Integer> {
    private static final long PERIOD_NS = 1_000_000L;
    private static final int WARM_UP_CYCLES = 60_000;
    private static final int CYCLES = 10_000;
    private static final int MOST_ROUNDS = 30;
    private static final int SETPOINT_CYCLES = 10;

    @Option(names = "--name", required = true, description = "Of the session.")
    private String name = "";

    @Option(names = "--robot", required = true, description = "URDF.")
    private Path robotFile = Path.of("");

    private final SteppedClock clock = new SteppedClock();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointSetpointEncoder encoder = new JointSetpointEncoder();
    private long tick;

    /** Called by {@link #main} and Picocli. */
    public LoopAllocationNode() {}

    /**
     * Measures.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new LoopAllocationNode(), args));
    }

    @Override
    public Integer call() {
        final RobotModel robot = UrdfReader.read(robotFile);
        final RuntimeDirectory directory = RuntimeDirectory.of(name);
        final SimulatedArm arm = new SimulatedArm(SimulationSettings.typical(1), null, clock);
        arm.configure(robot);
        final ControlConfig config = new ControlConfig(
                PERIOD_NS,
                0,
                SETPOINT_CYCLES * PERIOD_NS,
                20 * PERIOD_NS,
                20,
                500 * PERIOD_NS,
                0.05,
                1,
                0.5,
                RtMode.OFF,
                80,
                -1);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(directory, Throwable::printStackTrace);
                BusConnection control =
                        BusConnection.connect(directory, NodeId.CONTROL, Throwable::printStackTrace, 0);
                BusConnection fusion = BusConnection.connect(directory, NodeId.FUSION, Throwable::printStackTrace, 0);
                ControlLoop loop = new ControlLoop(
                        control, robot, arm, config, new CycleStatistics(control.counters(), PERIOD_NS), clock)) {
            final MessagePublisher setpoints = fusion.addPublisher(StreamCatalog.FUSION_SETPOINT);
            loop.start();
            final double[] target = robot.homePositions();
            run(loop, setpoints, target, WARM_UP_CYCLES);
            final LoopAllocation allocation = measure(loop, setpoints, target);
            if (loop.safetyState() != SafetyState.RUNNING) {
                throw new IllegalStateException(driver.session().sessionName() + ": the loop was " + loop.safetyState()
                        + ", must be RUNNING; one that does nothing allocates nothing");
            }
            System.out.println("allocation " + allocation.cycles() + ' ' + allocation.loopBytes() + ' '
                    + allocation.emptyBytes() + ' ' + allocation.rounds());
        }
        return NodeCommand.EXIT_OK;
    }

    private LoopAllocation measure(final ControlLoop loop, final MessagePublisher setpoints, final double[] target) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        int round = 0;
        while (true) {
            round++;
            final long beforeEmpty = threads.getThreadAllocatedBytes(thread);
            final long before = threads.getThreadAllocatedBytes(thread);
            run(loop, setpoints, target, CYCLES);
            final long after = threads.getThreadAllocatedBytes(thread);
            final LoopAllocation result = new LoopAllocation(CYCLES, after - before, before - beforeEmpty, round);
            if (result.isEqual() || round == MOST_ROUNDS) {
                return result;
            }
        }
    }

    private void run(
            final ControlLoop loop, final MessagePublisher setpoints, final double[] target, final int cycles) {
        for (int i = 0; i < cycles; i++) {
            if (i % SETPOINT_CYCLES == 0) {
                target[0] += i / 1000 % 2 == 0 ? 0.002 : -0.002;
                send(setpoints, target);
            }
            final int missed = i % 500 == 499 ? 2 : 0;
            clock.timeNs += (1 + missed) * PERIOD_NS;
            tick += 1 + missed;
            loop.cycle(tick, clock.timeNs, clock.timeNs + 10_000, missed);
        }
    }

    private void send(final MessagePublisher setpoints, final double[] target) {
        if (setpoints.claim(MessageLengths.jointSetpoint(target.length, 0)).isAccepted()) {
            encoder.wrapAndApplyHeader(setpoints.buffer(), setpoints.offset(), header);
            encoder.stamp()
                    .sequence(setpoints.sequence())
                    .captureTimeNs(clock.timeNs)
                    .source(NodeId.FUSION);
            encoder.targetTimeNs(clock.timeNs + 12 * PERIOD_NS)
                    .gripperWidthM(0.05)
                    .gripperMaxForceN(20);
            encoder.inputsCount(0);
            final JointSetpointEncoder.JointsEncoder joints = encoder.jointsCount(target.length);
            for (final double position : target) {
                joints.next().position(position).velocity(0).acceleration(0);
            }
            setpoints.commit();
        }
        setpoints.doWork();
    }

    /** Stands still until it is moved. */
    private static final class SteppedClock implements EpochNanoClock {
        private long timeNs = 1_700_000_000_000_000_000L;

        @Override
        public long nanoTime() {
            return timeNs;
        }
    }
}

package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The simulated arm behind the driver's interface. Each read goes on by the time that has passed on the injected clock, in
 * steps of at most 1 ms, so a late cycle finds the arm where it would have got to; of a stretch of more than {@value
 * #LONGEST_STRETCH_NS} ns only that much is simulated. Starts at the robot's home, open, with the block where it is
 * picked first; or, with a memory, where the control that died has left it: from its last command on the drives carry on,
 * brake and hold by themselves, and the gripper holds what it held. Owner: the control loop's thread.
 */
public final class SimulatedArm implements HardwareDriver {
    /** Longest time that one read simulates, ns. */
    static final long LONGEST_STRETCH_NS = 200_000_000;

    private static final long LONGEST_REST_NS = 2_000_000_000;
    private static final long STEP_NS = 1_000_000;
    private static final double NANO = 1e-9;

    private final SimulationSettings settings;
    private final @Nullable Workcell cell;
    private final EpochNanoClock clock;
    private final @Nullable ArmMemory memory;
    private final List<SimulatedFault> faults;
    private final FaultListener faultListener;
    private @Nullable ArmSimulation simulation;
    private ArmFaults present = new ArmFaults(List.of(), 0, FaultListener.NONE);
    private StateVector state = new StateVector(0);
    private boolean isActive;
    private long simulatedNs;
    private boolean wasActive;
    private boolean hasMeasured;
    private long poweredNs;

    /**
     * An arm without a robot yet.
     *
     * @param settings of its sensors.
     * @param cell with the block, or null for an empty room.
     * @param clock that drives it.
     */
    public SimulatedArm(final SimulationSettings settings, final @Nullable Workcell cell, final EpochNanoClock clock) {
        this(settings, cell, clock, null, List.of(), FaultListener.NONE);
    }

    /**
     * An arm without a robot yet, that outlives the process.
     *
     * @param settings of its sensors.
     * @param cell with the block, or null for an empty room.
     * @param clock that drives it.
     * @param memory in which it stays, or null for an arm that goes with the process.
     * @param faults what goes wrong with it, in time since this process powers it first.
     * @param faultListener is told of each that begins, by the control loop's thread.
     */
    public SimulatedArm(
            final SimulationSettings settings,
            final @Nullable Workcell cell,
            final EpochNanoClock clock,
            final @Nullable ArmMemory memory,
            final List<SimulatedFault> faults,
            final FaultListener faultListener) {
        this.memory = memory;
        this.faults = List.copyOf(faults);
        this.faultListener = faultListener;
        this.settings = settings;
        this.cell = cell;
        this.clock = clock;
    }

    @Override
    public void configure(final RobotModel robot) {
        present = new ArmFaults(faults, robot.jointCount(), faultListener);
        final ArmSimulation made = new ArmSimulation(robot, settings, cell, present);
        state = new StateVector(made.stateLength());
        if (memory != null) {
            if (memory.holds(made.stateLength())) {
                comeToRest(made, clock.nanoTime() - memory.read(state.values()));
            } else {
                memory.begin(made.stateLength());
            }
        }
        simulation = made;
    }

    /** What the arm did by itself since its last command: longer than it takes to stand need not be simulated. */
    private void comeToRest(final ArmSimulation left, final long aloneNs) {
        left.restore(state);
        for (long ns = 0; ns < Math.min(aloneNs, LONGEST_REST_NS); ns += STEP_NS) {
            left.step(STEP_NS * NANO);
        }
    }

    @Override
    public void activate() {
        if (simulation == null) {
            throw new IllegalStateException("simulated arm: activate before configure; configure it first");
        }
        simulation.activate();
        simulatedNs = clock.nanoTime();
        if (!wasActive) {
            wasActive = true;
            poweredNs = simulatedNs;
        }
        isActive = true;
    }

    @Override
    @RealTime
    public void read(final SensorFrame frame) {
        final ArmSimulation active = active("read");
        final long nowNs = clock.nanoTime();
        long leftNs = Math.min(nowNs - simulatedNs, LONGEST_STRETCH_NS);
        while (leftNs > 0) {
            final long stepNs = Math.min(leftNs, STEP_NS);
            present.update(nowNs - leftNs - poweredNs);
            active.step(stepNs * NANO);
            leftNs -= stepNs;
        }
        simulatedNs = Math.max(nowNs, simulatedNs);
        if (memory != null) {
            active.save(state);
            memory.write(nowNs, state.values());
        }
        present.update(nowNs - poweredNs);
        if (!present.isFrozen() || !hasMeasured) {
            active.measure(frame);
            hasMeasured = true;
        }
        frame.captureTimeNs(nowNs);
    }

    @Override
    @RealTime
    public void write(final JointCommand command) {
        active("write").command(command);
    }

    @Override
    public void deactivate() {
        if (isActive && simulation != null) {
            simulation.brake();
        }
        isActive = false;
    }

    @Override
    public String name() {
        return "sim";
    }

    /** Centre of the block in the base frame, m; null in an empty room. For tests and simulated cameras. */
    double @Nullable [] blockCentreM() {
        return simulation == null ? null : simulation.blockCentreM();
    }

    /** Whether the fingers hold the block. */
    boolean isBlockHeld() {
        return simulation != null && simulation.isBlockHeld();
    }

    private ArmSimulation active(final String call) {
        if (!isActive || simulation == null) {
            throw new IllegalStateException("simulated arm: " + call + " while inactive; activate it first");
        }
        return simulation;
    }
}

package io.tendon.bench.anomaly;

import io.tendon.control.controller.CommandGenerator;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.control.hardware.sim.FaultListener;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.safety.CommandLimiter;
import io.tendon.control.safety.MotionLimits;
import io.tendon.control.safety.SafetyPolicy;
import io.tendon.control.safety.SafetyState;
import io.tendon.control.safety.SafetyStateMachine;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.task.ArmSetpoint;
import io.tendon.fusion.task.CellPlan;
import io.tendon.fusion.task.PickAndPlace;
import io.tendon.fusion.task.TaskListener;
import io.tendon.fusion.task.TaskSettings;
import io.tendon.fusion.task.TaskStep;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The simulated arm at pick and place, as control and fusion drive it: their own classes in the order of their loops, in one
 * thread, by a clock of its own instead of the machine's, so that an hour takes a minute and the same seed gives the same numbers.
 */
final class WorkingArm {
    static final long PERIOD_NS = 1_000_000L;
    static final long BEGIN_NS = 1_700_000_000_000_000_000L;

    static final long WINDOW_NS = 10_000_000L;

    private static final long LONGEST_GAP_NS = 20_000_000L;
    private static final double SPEED_FRACTION = 0.6;

    private final SensorFrame frame;
    private final JointCommand command;
    private final SimulatedArm arm;
    private final SafetyStateMachine safety;
    private final CommandGenerator generator;
    private final WindowAligner aligner;
    private final PickAndPlace task;
    private final ArmSetpoint decided;
    private final Setpoint setpoint;
    private final ArmSample sample;
    private final Gaps.Course gaps;
    private final int[] done = new int[2];
    private long nowNs = BEGIN_NS;
    private long lastTickNs = BEGIN_NS;
    private long setpoints;
    private boolean isMeasured;

    WorkingArm(
            final RobotModel robot,
            final Workcell cell,
            final CellPlan plan,
            final long seed,
            final Gaps gaps,
            final List<SimulatedFault> faults) {
        final int joints = robot.jointCount();
        frame = new SensorFrame(joints);
        command = new JointCommand(joints);
        arm = new SimulatedArm(SimulationSettings.typical(seed), cell, () -> nowNs, null, faults, FaultListener.NONE);
        arm.configure(robot);
        arm.activate();
        arm.read(frame);
        final MotionLimits limits = MotionLimits.of(robot);
        final CommandLimiter limiter = new CommandLimiter(limits, PERIOD_NS);
        safety = new SafetyStateMachine(new SafetyPolicy(PERIOD_NS, 20_000_000L, 20, 500_000_000L, 0.05));
        generator = new CommandGenerator(limits, limiter, PERIOD_NS, WINDOW_NS / 2);
        generator.restart(frame.positions(), nowNs);
        command.gripper(frame.gripperWidthM(), 0);
        aligner = new WindowAligner(new WindowTiming(WINDOW_NS, PERIOD_NS, PERIOD_NS, 20), joints, nowNs);
        task = new PickAndPlace(
                plan,
                io.tendon.fusion.task.MotionLimits.of(robot, SPEED_FRACTION),
                new TaskSettings(WINDOW_NS, 15_000_000L, 0.03, 10),
                new Counting());
        decided = new ArmSetpoint(joints);
        setpoint = new Setpoint(joints);
        sample = new ArmSample(joints);
        this.gaps = new Gaps.Course(gaps, new SplittableRandom(seed ^ 0x676170L));
    }

    /** Goes on by 1 ms. */
    void step() {
        nowNs += PERIOD_NS;
        gaps.step();
        isMeasured = !gaps.isStalled();
        if (isMeasured) {
            arm.read(frame);
        }
    }

    /** Whether there is a new sample, that is judged before {@link #drive} makes the next command. */
    boolean isMeasured() {
        return isMeasured;
    }

    /** Whether that sample gets lost on its way to a detector. */
    boolean isDropped() {
        return gaps.isDropped();
    }

    /** The rest of the step: control's next command, and fusion's next set-point. */
    void drive() {
        if (isMeasured) {
            control();
            admit();
        }
        while (aligner.isDue(nowNs)) {
            decide(aligner.close());
        }
    }

    private void control() {
        final int ticks = (int) ((nowNs - lastTickNs) / PERIOD_NS);
        lastTickNs = nowNs;
        final boolean isTimeLost = (ticks - 1) * PERIOD_NS > LONGEST_GAP_NS;
        if (isTimeLost && safety.loseTime(ticks - 1)) {
            generator.restart(frame.positions(), nowNs);
        }
        final long ageNs = generator.setpoint().isPresent()
                ? Math.max(0, nowNs - generator.setpoint().captureTimeNs())
                : SafetyStateMachine.NO_SETPOINT_AGE_NS;
        final int taken = isTimeLost ? 1 : ticks;
        final SafetyState state = safety.judge(
                ageNs,
                generator.distance(generator.farthestJoint()),
                taken,
                generator.isStanding(),
                generator.isJogDone());
        generator.generate(state.motion(), nowNs, taken);
        System.arraycopy(generator.command().positions(), 0, command.positions(), 0, command.positions().length);
        System.arraycopy(generator.command().velocities(), 0, command.velocities(), 0, command.velocities().length);
        if (state == SafetyState.RUNNING) {
            command.gripper(
                    generator.setpoint().gripperWidthM(), generator.setpoint().gripperMaxForceN());
        }
        sample.followsSetpoints =
                state == SafetyState.RUNNING || state == SafetyState.EXTRAPOLATING || state == SafetyState.RAMPING;
        arm.write(command);
    }

    private void admit() {
        sample.sequence++;
        sample.captureTimeNs = frame.captureTimeNs();
        sample.gripperWidthM = frame.gripperWidthM();
        sample.gripperForceN = frame.gripperForceN();
        sample.gripperCommandWidthM = command.gripperWidthM();
        final int joints = sample.positions.length;
        System.arraycopy(frame.positions(), 0, sample.positions, 0, joints);
        System.arraycopy(frame.velocities(), 0, sample.velocities, 0, joints);
        System.arraycopy(frame.efforts(), 0, sample.efforts, 0, joints);
        System.arraycopy(command.positions(), 0, sample.commandPositions, 0, joints);
        System.arraycopy(command.velocities(), 0, sample.commandVelocities, 0, joints);
        System.arraycopy(frame.wristForceN(), 0, sample.wristForceN, 0, 3);
        aligner.admit(sample);
    }

    private void decide(final Window window) {
        if (task.onWindow(window.endNs(), window.receivedSamples() == 0 ? null : window.newest(), decided)) {
            for (int i = 0; i < decided.positions.length; i++) {
                setpoint.joint(i, decided.positions[i], decided.velocities[i], decided.accelerations[i]);
            }
            setpoint.gripper(decided.gripperWidthM, decided.gripperMaxForceN);
            setpoint.timing(setpoints++, nowNs, decided.targetTimeNs);
            generator.setpoint(setpoint);
        }
    }

    /** What is measured; live. */
    SensorFrame frame() {
        return frame;
    }

    /** What the arm was told last; live. */
    JointCommand command() {
        return command;
    }

    /** What control has said of the last cycle, behind {@link #drive}; live. */
    ArmSample sample() {
        return sample;
    }

    /** Time, ns since the epoch. */
    long nowNs() {
        return nowNs;
    }

    /** Time since the arm was powered, ns. */
    long elapsedNs() {
        return nowNs - BEGIN_NS;
    }

    /** Picks and places so far. */
    int completed() {
        return done[0];
    }

    /** Those that failed. */
    int failed() {
        return done[1];
    }

    private final class Counting implements TaskListener {
        @Override
        public void onStepChanged(final TaskStep from, final TaskStep to) {}

        @Override
        public void onCompleted(final int completed, final double durationS) {
            done[0] = completed;
        }

        @Override
        public void onFailed(final int failed, final String reason) {
            done[1] = failed;
        }
    }
}

package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.ChainDynamics;
import io.tendon.robot.JointType;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The simulated joints, tool, gripper and block of one robot, step by step. Owner: the control loop's thread. */
@RealTime
final class ArmSimulation {
    private static final int SUB_STEPS = 2;

    private final int jointCount;
    private final SimulationSettings settings;
    private final SensorNoise noise;
    private final JointDrive[] drives;
    private final double[] encoderSteps;
    private final double[] maxEfforts;
    private final ArmFaults faults;
    private final ChainDynamics dynamics;
    private final ToolMotion tool;
    private final SimulatedGripper gripper;
    private final @Nullable SimulatedBlock block;
    private final double[] positions;
    private final double[] velocities;
    private final double[] loadEfforts;
    // Both in the base frame: of what the tool ran into, and with what is below the block.
    private final double[] collisionN = new double[3];
    private final double[] contactN = new double[3];

    /** At rest at the robot's home, the gripper open. */
    ArmSimulation(
            final RobotModel robot,
            final SimulationSettings settings,
            final @Nullable Workcell cell,
            final ArmFaults faults) {
        jointCount = robot.jointCount();
        this.faults = faults;
        this.settings = settings;
        noise = new SensorNoise(settings.seed());
        positions = robot.homePositions();
        velocities = new double[jointCount];
        loadEfforts = new double[jointCount];
        drives = new JointDrive[jointCount];
        encoderSteps = new double[jointCount];
        maxEfforts = new double[jointCount];
        for (int i = 0; i < jointCount; i++) {
            final boolean isSliding = robot.joint(i).type() == JointType.PRISMATIC;
            encoderSteps[i] = isSliding ? settings.encoderStepM() : settings.encoderStepRad();
            maxEfforts[i] = robot.joint(i).limits().maxEffort();
            drives[i] = new JointDrive(robot.joint(i), positions[i], encoderSteps[i]);
        }
        dynamics = new ChainDynamics(robot.chain());
        tool = new ToolMotion(robot.chain());
        gripper = new SimulatedGripper(robot.gripper());
        block = cell == null ? null : new SimulatedBlock(cell);
        tool.update(positions, velocities, 1);
    }

    /** Opens the brakes. */
    void activate() {
        updateLoad();
        for (int i = 0; i < jointCount; i++) {
            drives[i].activate(loadEfforts[i]);
        }
    }

    /** Closes the brakes. */
    void brake() {
        for (final JointDrive drive : drives) {
            drive.brake();
        }
    }

    /** Takes a command. */
    void command(final JointCommand command) {
        for (int i = 0; i < jointCount; i++) {
            final double position = command.positions()[i];
            final double velocity = command.velocities()[i];
            if (!Double.isFinite(position) || !Double.isFinite(velocity)) {
                throw new HardwareException("simulated arm: command of joint " + i + " is position " + position
                        + ", velocity " + velocity + ": must be finite; reset control");
            }
            drives[i].command(position, velocity);
        }
        gripper.command(command.gripperWidthM(), command.gripperMaxForceN());
    }

    /** Goes on by a step of at most 0.001 s. */
    void step(final double stepS) {
        updateLoad();
        for (int i = 0; i < jointCount; i++) {
            for (int k = 0; k < SUB_STEPS; k++) {
                drives[i].step(
                        stepS / SUB_STEPS,
                        dynamics.diagonalInertia()[i],
                        loadEfforts[i],
                        faults.frictionShare(i),
                        faults.isStuck(i));
            }
            positions[i] = drives[i].position();
            velocities[i] = drives[i].velocity();
        }
        tool.update(positions, velocities, stepS);
        gripper.step(stepS, block == null ? 0 : block.widthBetweenFingersM(tool.tip()));
        if (block != null) {
            block.step(stepS, tool.tip(), gripper.widthM(), gripper.forceN());
        }
    }

    /** How many numbers {@link #save} gives. */
    int stateLength() {
        return jointCount * JointDrive.STATE_LENGTH
                + SimulatedGripper.STATE_LENGTH
                + (block == null ? 0 : SimulatedBlock.STATE_LENGTH);
    }

    /** Gives joints, gripper and block as numbers; the noise and the tool's filters are not part of it. */
    void save(final StateVector state) {
        state.rewind();
        for (final JointDrive drive : drives) {
            drive.save(state);
        }
        gripper.save(state);
        if (block != null) {
            block.save(state);
        }
    }

    /** Becomes what {@link #save} gave. */
    void restore(final StateVector state) {
        state.rewind();
        for (int i = 0; i < jointCount; i++) {
            drives[i].restore(state);
            positions[i] = drives[i].position();
            velocities[i] = drives[i].velocity();
        }
        gripper.restore(state);
        if (block != null) {
            block.restore(state);
        }
        tool.update(positions, velocities, 1);
    }

    /** What the sensors say now, noise and all. */
    void measure(final SensorFrame frame) {
        for (int i = 0; i < jointCount; i++) {
            final double step = encoderSteps[i];
            final double seen =
                    positions[i] + faults.encoderOffset(i) + settings.encoderNoiseSteps() * step * noise.bell();
            frame.positions()[i] = Math.rint(seen / step) * step;
            frame.velocities()[i] = velocities[i] + settings.velocityNoise() * noise.bell();
            frame.efforts()[i] = drives[i].effort() + settings.effortNoiseShare() * maxEfforts[i] * noise.bell();
            frame.temperaturesCelsius()[i] = drives[i].temperatureCelsius();
        }
        if (block != null && block.isHeld()) {
            tool.load(
                    block.carriedKg(),
                    block.centreM(),
                    block.contactForceN(),
                    frame.wristForceN(),
                    frame.wristTorqueNm());
        } else {
            Arrays.fill(frame.wristForceN(), 0);
            Arrays.fill(frame.wristTorqueNm(), 0);
        }
        tool.addForce(collisionN, frame.wristForceN());
        tool.addWeight(faults.payloadKg(), frame.wristForceN());
        frame.wristForceN()[2] += faults.biasN();
        tool.angularVelocity(frame.angularVelocityRadPerS());
        tool.specificForce(frame.specificForceMPerS2());
        for (int k = 0; k < 3; k++) {
            frame.wristForceN()[k] += settings.forceNoiseN() * noise.bell();
            frame.wristTorqueNm()[k] += settings.torqueNoiseNm() * noise.bell();
            frame.angularVelocityRadPerS()[k] += settings.angularVelocityNoiseRadPerS() * noise.bell();
            frame.specificForceMPerS2()[k] += settings.accelerationNoiseMPerS2() * noise.bell();
        }
        frame.gripper(gripper.widthM(), Math.max(0, gripper.forceN() + settings.forceNoiseN() * noise.bell()));
    }

    private void updateLoad() {
        final double payloadKg = faults.payloadKg() + (block == null ? 0 : block.carriedKg());
        dynamics.update(positions, payloadKg);
        System.arraycopy(dynamics.gravityEfforts(), 0, loadEfforts, 0, jointCount);
        System.arraycopy(faults.push(tool), 0, collisionN, 0, collisionN.length);
        System.arraycopy(collisionN, 0, contactN, 0, contactN.length);
        contactN[2] += block == null ? 0 : block.contactForceN();
        for (int i = 0; i < jointCount; i++) {
            loadEfforts[i] += tool.effortAgainst(i, contactN);
        }
    }

    /** Centre of the block in the base frame, m; null in an empty room. */
    double @Nullable [] blockCentreM() {
        return block == null ? null : block.centreM();
    }

    /** Whether the fingers hold the block. */
    boolean isBlockHeld() {
        return block != null && block.isHeld();
    }
}

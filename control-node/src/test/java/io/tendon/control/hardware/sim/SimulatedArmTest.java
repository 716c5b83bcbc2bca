package io.tendon.control.hardware.sim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.HardwareDriverContract;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import org.junit.jupiter.api.Test;

class SimulatedArmTest extends HardwareDriverContract {
    private static final RobotModel ROBOT = Robots.shipped();
    private static final long PERIOD_NS = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final SensorFrame frame = new SensorFrame(6);
    private final JointCommand command = new JointCommand(6);

    @Override
    protected HardwareDriver newDriver() {
        return newArm(1);
    }

    @Override
    protected RobotModel robot() {
        return ROBOT;
    }

    @Override
    protected void advance(final long ns) {
        clock.advance(ns);
    }

    @Override
    protected long nowNs() {
        return clock.nanoTime();
    }

    @Test
    void shouldSettleOnACommandUnderGravity() {
        final SimulatedArm arm = activeArm(1);
        final double[] target = ROBOT.homePositions();
        for (int i = 0; i < 6; i++) {
            target[i] += i % 2 == 0 ? 0.3 : -0.2;
        }
        moveTo(arm, target, 1_500);

        assertThat(frame.positions()).containsExactly(target, within(5e-4));
        assertThat(Math.abs(frame.efforts()[1]) + Math.abs(frame.efforts()[2])).isGreaterThan(5);
    }

    @Test
    void shouldGiveTheSameNumbersForTheSameSeedAndOthersForAnother() {
        final double[] first = trace(7);

        assertThat(trace(7)).containsExactly(first);
        assertThat(trace(8)).isNotEqualTo(first);
    }

    @Test
    void shouldQuantiseTheEncoder() {
        final SimulatedArm arm = activeArm(3);
        final double step = SimulationSettings.typical(3).encoderStepRad();
        for (int cycle = 0; cycle < 50; cycle++) {
            clock.advance(PERIOD_NS);
            arm.read(frame);
            for (final double position : frame.positions()) {
                assertThat(position / step).isCloseTo(Math.rint(position / step), within(1e-6));
            }
        }
    }

    @Test
    void shouldNotExceedTheMotorsEffortHoweverFarTheCommandIs() {
        final SimulatedArm arm = activeArm(1);
        System.arraycopy(ROBOT.homePositions(), 0, command.positions(), 0, 6);
        command.positions()[0] += 3;
        double greatest = 0;
        for (int cycle = 0; cycle < 200; cycle++) {
            cycle(arm);
            greatest = Math.max(greatest, Math.abs(frame.efforts()[0]));
        }

        final double limit = ROBOT.joint(0).limits().maxEffort();
        assertThat(greatest).isBetween(0.95 * limit, 1.01 * limit);
        assertThat(Math.abs(frame.velocities()[0]))
                .isLessThan(1.3 * ROBOT.joint(0).limits().maxVelocity());
    }

    @Test
    void shouldGoOnInShortStepsThroughAStretchWithoutACycle() {
        final SimulatedArm every = activeArm(1);
        final ManualClock otherClock = new ManualClock();
        final SimulatedArm late = new SimulatedArm(SimulationSettings.typical(1), Robots.cell(), otherClock);
        late.configure(ROBOT);
        late.activate();
        System.arraycopy(ROBOT.homePositions(), 0, command.positions(), 0, 6);
        command.positions()[1] += 0.01;
        every.write(command);
        late.write(command);
        for (int cycle = 0; cycle < 50; cycle++) {
            clock.advance(PERIOD_NS);
            every.read(frame);
        }
        final SensorFrame lateFrame = new SensorFrame(6);
        otherClock.advance(50 * PERIOD_NS);
        late.read(lateFrame);

        assertThat(lateFrame.positions()).containsExactly(frame.positions(), within(5e-5));
        assertThat(frame.positions()[1]).isNotCloseTo(ROBOT.homePositions()[1], within(1e-3));
    }

    @Test
    void shouldSimulateOnlySoMuchOfAVeryLongStretch() {
        final SimulatedArm arm = activeArm(1);
        clock.advance(3_600_000_000_000L);
        arm.read(frame);

        assertThat(frame.captureTimeNs()).isEqualTo(clock.nanoTime());
        assertThat(frame.positions()).containsExactly(ROBOT.homePositions(), within(1e-3));
    }

    @Test
    void shouldFeelGravityInTheImuAtRest() {
        final SimulatedArm arm = activeArm(1);
        final double[] sum = new double[3];
        for (int cycle = 0; cycle < 200; cycle++) {
            clock.advance(PERIOD_NS);
            arm.read(frame);
            for (int k = 0; k < 3; k++) {
                sum[k] += frame.specificForceMPerS2()[k] / 200;
            }
        }

        assertThat(Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]))
                .isCloseTo(9.80665, within(0.05));
        // The tool points down.
        assertThat(sum[2]).isLessThan(-9);
    }

    @Test
    void shouldWarmUpAMotorUnderLoad() {
        final SimulatedArm arm = activeArm(1);
        clock.advance(PERIOD_NS);
        arm.read(frame);
        final double before = frame.temperaturesCelsius()[1];
        for (int cycle = 0; cycle < 100; cycle++) {
            clock.advance(100 * PERIOD_NS);
            arm.read(frame);
        }

        assertThat(frame.temperaturesCelsius()[1]).isGreaterThan(before);
    }

    @Test
    void shouldRefuseACommandThatIsNotANumber() {
        final SimulatedArm arm = activeArm(1);
        command.positions()[2] = Double.NaN;

        assertThatThrownBy(() -> arm.write(command))
                .isInstanceOf(HardwareException.class)
                .hasMessageContaining("joint 2")
                .hasMessageContaining("must be finite");
    }

    @Test
    void shouldGraspABlockCarryItAndSettleUnderItsWeight() {
        final ForwardKinematics kinematics = new ForwardKinematics(ROBOT.chain());
        kinematics.update(ROBOT.homePositions());
        final double[] tip = kinematics.tip().positionM();
        final double sizeM = 0.04;
        final double massKg = 1.5;
        final Workcell atHome = Workcell.onTable(
                tip[2] - sizeM / 2, sizeM, massKg, new double[] {tip[0], tip[1]}, new double[] {0, 0.5}, 0.1, 0);
        final SimulatedArm arm = new SimulatedArm(SimulationSettings.typical(1), atHome, clock);
        arm.configure(ROBOT);
        arm.activate();
        System.arraycopy(ROBOT.homePositions(), 0, command.positions(), 0, 6);
        command.gripper(0, 40);
        for (int cycle = 0; cycle < 800; cycle++) {
            cycle(arm);
        }
        assertThat(arm.isBlockHeld()).isTrue();
        assertThat(frame.gripperWidthM()).isEqualTo(sizeM);
        assertThat(frame.gripperForceN()).isCloseTo(40, within(1.0));

        for (int cycle = 0; cycle < 1_500; cycle++) {
            command.positions()[1] = ROBOT.homePositions()[1] - 0.3 * Math.min(1, cycle / 700.0);
            command.velocities()[1] = cycle < 700 ? -0.3 / 0.7 : 0;
            cycle(arm);
        }
        assertThat(frame.positions()).containsExactly(command.positions(), within(5e-4));
        final double[] centre = requireNonNull(arm.blockCentreM());
        assertThat(centre[2]).isGreaterThan(tip[2] + 0.05);
        final double[] f = frame.wristForceN();
        assertThat(Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2])).isCloseTo(massKg * 9.80665, within(1.0));

        command.gripper(0.08, 40);
        for (int cycle = 0; cycle < 800; cycle++) {
            cycle(arm);
        }
        assertThat(arm.isBlockHeld()).isFalse();
        assertThat(centre[2]).isCloseTo(tip[2], within(1e-9));
    }

    private double[] trace(final long seed) {
        final SimulatedArm arm = activeArm(seed);
        final double[] target = ROBOT.homePositions();
        target[2] += 0.2;
        moveTo(arm, target, 300);
        final double[] all = new double[15];
        System.arraycopy(frame.positions(), 0, all, 0, 6);
        System.arraycopy(frame.efforts(), 0, all, 6, 6);
        System.arraycopy(frame.wristForceN(), 0, all, 12, 3);
        return all;
    }

    private void moveTo(final SimulatedArm arm, final double[] target, final int cycles) {
        final double[] start = ROBOT.homePositions();
        command.gripper(ROBOT.gripper().maxWidthM(), 20);
        for (int cycle = 0; cycle < cycles; cycle++) {
            final double share = Math.min(1, 2.0 * cycle / cycles);
            for (int i = 0; i < 6; i++) {
                command.positions()[i] = start[i] + share * (target[i] - start[i]);
                command.velocities()[i] = share < 1 ? (target[i] - start[i]) / (cycles * 0.5e-3) : 0;
            }
            cycle(arm);
        }
    }

    private void cycle(final SimulatedArm arm) {
        clock.advance(PERIOD_NS);
        arm.read(frame);
        arm.write(command);
    }

    private SimulatedArm activeArm(final long seed) {
        final SimulatedArm arm = newArm(seed);
        arm.configure(ROBOT);
        arm.activate();
        return arm;
    }

    private SimulatedArm newArm(final long seed) {
        return new SimulatedArm(SimulationSettings.typical(seed), Robots.cell(), clock);
    }
}

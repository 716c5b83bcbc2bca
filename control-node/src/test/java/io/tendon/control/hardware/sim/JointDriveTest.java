package io.tendon.control.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.robot.Joint;
import io.tendon.robot.JointLimits;
import io.tendon.robot.JointType;
import org.junit.jupiter.api.Test;

class JointDriveTest {
    private static final double STEP_S = 0.0005;
    private static final double INERTIA = 0.8;
    private static final JointLimits LIMITS = new JointLimits(-2, 2, 3, 10, 200, 40);

    @Test
    void shouldSettleOnACommandUnderLoad() {
        final JointDrive drive = drive(0.5, 2);
        drive.activate(0);
        drive.command(0.01, 0);
        run(drive, 4_000, 15);

        assertThat(drive.position()).isCloseTo(0.01, within(1e-4));
        assertThat(drive.velocity()).isCloseTo(0, within(1e-3));
        assertThat(drive.effort()).isCloseTo(15, within(2.1));
    }

    @Test
    void shouldStayWhereItIsWhenActivatedUnderLoad() {
        final JointDrive drive = drive(0, 0);
        drive.activate(20);
        run(drive, 2_000, 20);

        assertThat(drive.position()).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldSaturateAtTheMotorsEffort() {
        final JointDrive drive = drive(0.5, 2);
        drive.activate(0);
        drive.command(1, 0);
        run(drive, 1, 0);

        assertThat(drive.effort()).isEqualTo(40);
    }

    @Test
    void shouldSinkUnderALoadThatTheMotorCannotHold() {
        final JointDrive drive = drive(0.5, 2);
        drive.activate(0);
        run(drive, 500, 60);

        assertThat(drive.position()).isLessThan(-0.1);
    }

    @Test
    void shouldBeHeldByFrictionAgainstALoadBelowIt() {
        final JointDrive unpowered = new JointDrive(
                new Joint("j", JointType.REVOLUTE, new JointLimits(-2, 2, 3, 10, 200, 1e-9), 0.5, 5), 0, 1e-5);
        unpowered.activate(0);
        run(unpowered, 1_000, 4.9);

        assertThat(unpowered.position()).isZero();
    }

    @Test
    void shouldBeStoppedByFrictionWhenNothingDrivesIt() {
        final JointDrive sliding = drive(0.5, 5);
        sliding.activate(0);
        sliding.command(0, 1);
        run(sliding, 40, 0);
        final double velocity = sliding.velocity();
        assertThat(velocity).isGreaterThan(0.3);
        final JointDrive unpowered = new JointDrive(
                new Joint("j", JointType.REVOLUTE, new JointLimits(-9, 9, 3, 10, 200, 1e-9), 0, 4), 0, 1e-5);
        unpowered.activate(0);
        // A push of 40 N m for 50 ms, then 4 N m of friction alone.
        run(unpowered, 100, -40);
        assertThat(unpowered.velocity()).isCloseTo(36 / INERTIA * 0.05, within(1e-6));
        run(unpowered, 2_000, 0);

        assertThat(unpowered.velocity()).isZero();
    }

    @Test
    void shouldStopAtTheHardStop() {
        final JointDrive drive = drive(0, 0);
        drive.activate(0);
        run(drive, 4_000, -100);

        assertThat(drive.position()).isEqualTo(2.02);
    }

    @Test
    void shouldCarryOnWithTheLastVelocityForAWhileAndThenBrake() {
        final JointDrive drive = drive(0.5, 2);
        drive.activate(0);
        for (int i = 0; i < 500; i++) {
            drive.command(i * 2 * STEP_S, 1);
            run(drive, 2, 0);
        }
        run(drive, 30, 0);
        assertThat(drive.velocity()).isCloseTo(1, within(0.05));
        run(drive, 400, 0);

        assertThat(drive.velocity()).isCloseTo(0, within(0.02));
        assertThat(drive.position()).isCloseTo(499 * 2 * STEP_S + JointDrive.HOLD_OVER_S, within(2e-3));
    }

    private static JointDrive drive(final double damping, final double friction) {
        return new JointDrive(new Joint("j", JointType.REVOLUTE, LIMITS, damping, friction), 0, 1e-5);
    }

    private static void run(final JointDrive drive, final int steps, final double loadEffort) {
        for (int i = 0; i < steps; i++) {
            drive.step(STEP_S, INERTIA, loadEffort);
        }
    }
}

package io.tendon.control.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arm while control is dead: a second SimulatedArm on the same file stands for the next control. */
class ArmMemoryTest {
    private static final int SEQUENCE_OFFSET = 16;
    private static final RobotModel ROBOT = Robots.shipped();
    private static final long PERIOD_NS = 1_000_000;
    private static final double VELOCITY_RAD_PER_S = 0.4;

    private final ManualClock clock = new ManualClock();
    private final SensorFrame frame = new SensorFrame(6);
    private final JointCommand command = new JointCommand(6);

    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void shouldBeFoundHeldNearWhereItsLastCommandLeftIt() throws IOException {
        final SimulatedArm killed = arm(1);
        final double lastCommand = turnJoint(killed, 500);

        clock.advance(3_000_000_000L);
        final SimulatedArm next = arm(1);

        clock.advance(PERIOD_NS);
        next.read(frame);
        // Carried on for 20 ms at the last velocity, then braked.
        assertThat(frame.positions()[0]).isCloseTo(lastCommand + 0.02 * VELOCITY_RAD_PER_S, within(2e-3));
        assertThat(frame.positions()[0]).isGreaterThan(ROBOT.homePositions()[0] + 0.15);
        assertThat(frame.velocities()[0]).isCloseTo(0, within(5e-3));
    }

    @Test
    void shouldStillBeMovingWhenControlIsBackAtOnce() throws IOException {
        final SimulatedArm killed = arm(1);
        final double lastCommand = turnJoint(killed, 500);

        clock.advance(5 * PERIOD_NS);
        final SimulatedArm next = arm(1);

        next.read(frame);
        assertThat(frame.positions()[0]).isCloseTo(lastCommand, within(5e-3));
    }

    @Test
    void shouldBeginAtHomeInAnotherSession() throws IOException {
        turnJoint(arm(1), 500);

        final SimulatedArm other = arm(2);

        other.read(frame);
        assertThat(frame.positions()).containsExactly(ROBOT.homePositions(), within(1e-3));
    }

    @Test
    void shouldBeMadeAnewWhenTheFileIsOfAnotherLength() throws IOException {
        Files.write(directory.resolve("arm"), new byte[7]);

        arm(1).read(frame);

        assertThat(frame.positions()).containsExactly(ROBOT.homePositions(), within(1e-3));
    }

    @Test
    void shouldHoldTheStepBeforeWhileAStepIsWritten() throws IOException {
        final ArmMemory memory = ArmMemory.open(directory.resolve("memory"), 7);
        final double[] values = {1, 2, 3};
        memory.begin(3);
        assertThat(memory.holds(3)).isFalse();

        memory.write(10, values);
        memory.write(20, new double[] {4, 5, 6});

        final ArmMemory later = ArmMemory.open(directory.resolve("memory"), 7);
        assertThat(later.holds(3)).isTrue();
        assertThat(later.holds(4)).isFalse();
        final double[] read = new double[3];
        assertThat(later.read(read)).isEqualTo(20);
        assertThat(read).containsExactly(4, 5, 6);

        // As if killed before the second step's sequence was written.
        try (FileChannel file = FileChannel.open(directory.resolve("memory"), StandardOpenOption.WRITE)) {
            file.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(0, 1),
                    SEQUENCE_OFFSET);
        }
        assertThat(later.read(read)).isEqualTo(10);
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(ArmMemory.open(directory.resolve("memory"), 8).holds(3)).isFalse();
    }

    @Test
    void shouldCountTheTimeOfItsFaultsFromWhereTheNextControlPowersIt() throws IOException {
        final List<SimulatedFault> faults = List.of(SimulatedFault.parse("force-bias@300ms+100ms,amount=50"));
        turnJoint(arm(1, faults), 500);
        assertThat(told).containsExactly("force-bias@300ms+100ms,amount=50.0");

        clock.advance(3_000_000_000L);
        final SimulatedArm next = arm(1, faults);
        read(next, 299);
        assertThat(frame.positions()[0]).as("the same arm").isGreaterThan(ROBOT.homePositions()[0] + 0.15);
        final double unbiasedN = frame.wristForceN()[2];
        assertThat(told).hasSize(1);
        read(next, 1);
        assertThat(told).hasSize(2);
        assertThat(frame.wristForceN()[2]).isCloseTo(unbiasedN + 50, within(2.0));
        read(next, 1_000);
        assertThat(told).hasSize(2);
        assertThat(frame.wristForceN()[2]).isCloseTo(unbiasedN, within(2.0));
    }

    private void read(final SimulatedArm arm, final int cycles) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            clock.advance(PERIOD_NS);
            arm.read(frame);
        }
    }

    /** Turns the first joint; returns where it was commanded last. */
    private double turnJoint(final SimulatedArm arm, final int cycles) {
        System.arraycopy(ROBOT.homePositions(), 0, command.positions(), 0, 6);
        for (int cycle = 0; cycle < cycles; cycle++) {
            command.positions()[0] += VELOCITY_RAD_PER_S * 1e-3;
            command.velocities()[0] = VELOCITY_RAD_PER_S;
            clock.advance(PERIOD_NS);
            arm.read(frame);
            arm.write(command);
        }
        clock.advance(PERIOD_NS);
        arm.read(frame);
        return command.positions()[0];
    }

    private SimulatedArm arm(final long session) throws IOException {
        return arm(session, List.of());
    }

    private SimulatedArm arm(final long session, final List<SimulatedFault> faults) throws IOException {
        final SimulatedArm arm = new SimulatedArm(
                SimulationSettings.typical(3),
                Robots.cell(),
                clock,
                ArmMemory.open(directory.resolve("arm"), session),
                faults,
                (joint, amount, fault) -> told.add(fault));
        arm.configure(ROBOT);
        arm.activate();
        return arm;
    }
}

package io.tendon.control.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.bus.config.ConfigException;
import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.ChainDynamics;
import io.tendon.robot.RobotModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two arms do the same, and something goes wrong with one of them: what its sensors say then. */
class ArmFaultsTest {
    private static final RobotModel ROBOT = Robots.shipped();
    private static final long PERIOD_NS = 1_000_000;
    private static final int JOINTS = 6;
    private static final double SPEED_RAD_PER_S = 0.5;
    private static final int ONSET_MS = 300;

    private final ManualClock clock = new ManualClock();
    private final SensorFrame well = new SensorFrame(JOINTS);
    private final SensorFrame faulty = new SensorFrame(JOINTS);
    private final JointCommand command = new JointCommand(JOINTS);
    private final List<String> told = new ArrayList<>();
    private boolean isDeaf;
    private final SimulatedArm wellArm = arm(List.of());
    private SimulatedArm faultyArm = wellArm;

    @Test
    void shouldPushAgainstAToolThatRunsIntoSomethingUntilThatIsGone() {
        begin("collision@300ms+200ms");
        move(ONSET_MS);
        assertThat(forceN(faulty)).isLessThan(1);
        move(50);
        assertThat(forceN(faulty)).isGreaterThan(20);
        assertThat(Math.abs(faulty.positions()[0] - well.positions()[0])).isGreaterThan(1e-3);
        assertThat(Math.abs(faulty.efforts()[0])).isGreaterThan(Math.abs(well.efforts()[0]) + 5);
        move(400);
        assertThat(forceN(faulty)).isLessThan(1);
        stand(1_000);
        assertThat(faulty.positions()).containsExactly(well.positions(), within(1e-3));
    }

    @Test
    void shouldCarryAPayload() {
        begin("payload@300ms,amount=2");
        stand(ONSET_MS + 1_000);
        final ChainDynamics dynamics = new ChainDynamics(ROBOT.chain());
        dynamics.update(ROBOT.homePositions(), 2);
        final double load = dynamics.gravityEfforts()[1];
        dynamics.update(ROBOT.homePositions(), 0);
        final double empty = dynamics.gravityEfforts()[1];
        // Either stands anywhere within its friction.
        assertThat(faulty.efforts()[1] - well.efforts()[1])
                .isCloseTo(load - empty, within(1.1 * ROBOT.joint(1).frictionEffort()));
        assertThat(forceN(faulty)).isCloseTo(2 * ChainDynamics.GRAVITY_M_PER_S2, within(1.0));
    }

    @Test
    void shouldTakeMoreEffortAgainstFriction() {
        begin("friction@300ms,joint=0,amount=0.1");
        move(ONSET_MS + 300);
        assertThat(Math.abs(faulty.efforts()[0]) - Math.abs(well.efforts()[0]))
                .isCloseTo(0.1 * ROBOT.joint(0).limits().maxEffort(), within(2.0));
    }

    @Test
    void shouldLoseTheZeroOfAnEncoderAlone() {
        begin("encoder-drift@300ms+400ms,joint=2,amount=0.05");
        move(ONSET_MS + 400);
        assertThat(faulty.positions()[2] - well.positions()[2]).isCloseTo(0.4 * 0.05, within(2e-4));
        move(100);
        assertThat(faulty.positions()[2] - well.positions()[2])
                .as("where it drifted to it stays")
                .isCloseTo(0.4 * 0.05, within(2e-4));
        assertThat(faulty.efforts()).containsExactly(well.efforts(), within(1.0));
    }

    @Test
    void shouldNotMoveAJointThatIsStuck() {
        begin("stuck-joint@300ms,joint=0");
        move(ONSET_MS);
        final double where = faulty.positions()[0];
        move(300);
        assertThat(faulty.positions()[0]).isCloseTo(where, within(1e-3));
        assertThat(Math.abs(faulty.efforts()[0]))
                .isGreaterThan(0.9 * ROBOT.joint(0).limits().maxEffort());
    }

    @Test
    void shouldSayNothingNewWhileTheSensorsAreFrozen() {
        begin("sensor-freeze@300ms+47ms");
        move(ONSET_MS);
        final double[] before = faulty.positions().clone();
        move(40);
        assertThat(faulty.positions()).containsExactly(before);
        assertThat(faulty.captureTimeNs()).isEqualTo(clock.nanoTime());
        move(20);
        assertThat(faulty.positions()).containsExactly(well.positions(), within(1e-3));
    }

    @Test
    void shouldSayWhereItIsBeforeTheSensorsFreeze() {
        begin("sensor-freeze@0ns");
        stand(10);
        assertThat(faulty.positions()).containsExactly(ROBOT.homePositions(), within(1e-3));
    }

    @Test
    void shouldFeelAForceThatIsNotThere() {
        begin("force-bias@300ms,amount=5");
        stand(ONSET_MS + 10);
        assertThat(faulty.wristForceN()[2] - well.wristForceN()[2]).isCloseTo(5, within(1.0));
        assertThat(faulty.positions()).containsExactly(well.positions(), within(1e-4));
    }

    @Test
    void shouldRefuseAFaultOfAJointThatTheArmDoesNotHave() {
        assertThatThrownBy(() -> new ArmFaults(
                        List.of(SimulatedFault.parse("stuck-joint@1s,joint=6")), JOINTS, FaultListener.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("joint must be 0 to 5");
    }

    @Test
    void shouldTellOfEachFaultOnceWhenItBegins() {
        begin("payload@300ms+20ms,amount=2", "stuck-joint@305ms,joint=3");
        stand(ONSET_MS - 1);
        assertThat(told).isEmpty();
        stand(1);
        assertThat(told).containsExactly("-1 2.0 payload@300ms+20ms,amount=2.0");
        stand(100);
        assertThat(told).containsExactly("-1 2.0 payload@300ms+20ms,amount=2.0", "3 NaN stuck-joint@305ms,joint=3");
        told.forEach(
                line -> assertThat(SimulatedFault.parse(line.split(" ", 3)[2])).hasToString(line.split(" ", 3)[2]));
    }

    @Test
    void shouldTellOfAFaultThatComesAndGoesWithinOneLateRead() {
        begin("force-bias@300ms+20ms");
        stand(ONSET_MS - 10);
        clock.advance(50 * PERIOD_NS);
        stand(1);
        assertThat(told).containsExactly("-1 5.0 force-bias@300ms+20ms,amount=5.0");
    }

    @Test
    void shouldTellAgainOfWhatWasNotTakenForAsLongAsItIsThere() {
        isDeaf = true;
        begin("payload@10ms+20ms", "friction@10ms,joint=1");
        stand(35);
        assertThat(told).isEmpty();
        isDeaf = false;
        stand(10);
        assertThat(told).containsExactly("1 0.1 friction@10ms,joint=1,amount=0.1");
    }

    private void begin(final String... some) {
        faultyArm = arm(Stream.of(some).map(SimulatedFault::parse).toList());
        System.arraycopy(ROBOT.homePositions(), 0, command.positions(), 0, JOINTS);
        command.gripper(ROBOT.gripper().maxWidthM(), 20);
    }

    private SimulatedArm arm(final List<SimulatedFault> faults) {
        final SimulatedArm arm =
                new SimulatedArm(SimulationSettings.typical(1), Robots.cell(), clock, null, faults, this::onBegun);
        arm.configure(ROBOT);
        arm.activate();
        return arm;
    }

    private boolean onBegun(final int joint, final double amount, final String fault) {
        if (!isDeaf) {
            told.add(joint + " " + amount + " " + fault);
        }
        return !isDeaf;
    }

    /** Turns the whole arm about its base. */
    private void move(final int forCycles) {
        command.velocities()[0] = SPEED_RAD_PER_S;
        for (int i = 0; i < forCycles; i++) {
            command.positions()[0] += SPEED_RAD_PER_S * 1e-3;
            cycle();
        }
    }

    private void stand(final int forCycles) {
        command.velocities()[0] = 0;
        for (int i = 0; i < forCycles; i++) {
            cycle();
        }
    }

    private void cycle() {
        clock.advance(PERIOD_NS);
        wellArm.read(well);
        wellArm.write(command);
        faultyArm.read(faulty);
        faultyArm.write(command);
    }

    private static double forceN(final SensorFrame frame) {
        final double[] f = frame.wristForceN();
        return Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]);
    }
}

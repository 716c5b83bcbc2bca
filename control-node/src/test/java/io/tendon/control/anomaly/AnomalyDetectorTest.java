package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.control.hardware.sim.FaultListener;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.robot.RobotModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated arm, each joint of which swings, and what a detector makes of it. */
class AnomalyDetectorTest {
    private static final RobotModel ROBOT = Robots.shipped();
    private static final long PERIOD_NS = 1_000_000;
    private static final int ONSET_MS = 2_500;

    private final ManualClock clock = new ManualClock();
    private final SensorFrame frame = new SensorFrame(ROBOT.jointCount());
    private final JointCommand command = new JointCommand(ROBOT.jointCount());
    private final SplittableRandom random = new SplittableRandom(6);
    private final List<String> found = new ArrayList<>();
    private long ms;
    private long firstFoundMs = -1;

    @Test
    void shouldFindNothingWrongWithAnArmThatIsWell() {
        run("", 10_000, 0, 0, true);

        assertThat(found).isEmpty();
    }

    @Test
    void shouldNotTakeLostSamplesForAFault() {
        run("", 10_000, 0.2, 0, true);

        assertThat(found).isEmpty();
    }

    @Test
    void shouldNotTakeStallsForAFaultThatADetectorBlindToThemFinds() {
        run("", 10_000, 0, 700, true);
        assertThat(found).isEmpty();

        ms = 0;
        run("", 10_000, 0, 700, false);
        assertThat(found).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'payload@2500ms', 0, 'WRIST_FORCE', 10",
        "'force-bias@2500ms', 0, 'WRIST_FORCE', 10",
        "'collision@2500ms', 0, 'WRIST_FORCE', 50",
        "'friction@2500ms,joint=1', 0, 'EXTERNAL_EFFORT/1', 100",
        "'stuck-joint@2500ms,joint=2', 0, 'EXTERNAL_EFFORT/2', 100",
        "'encoder-drift@2500ms,joint=5', 0, 'ENCODER/5', 500",
        "'sensor-freeze@2500ms', 0, '', 50",
        "'payload@2500ms', 700, 'WRIST_FORCE', 57",
        "'collision@2500ms', 700, 'WRIST_FORCE', 97",
        "'friction@2500ms,joint=1', 700, 'EXTERNAL_EFFORT/1', 147",
        "'stuck-joint@2500ms,joint=2', 700, 'EXTERNAL_EFFORT/2', 147",
        "'encoder-drift@2500ms,joint=5', 700, 'ENCODER/5', 547",
        "'sensor-freeze@2500ms', 700, '', 97",
    })
    void shouldFindAFaultAlsoBetweenStalls(
            final String fault, final int stallEveryMs, final String what, final int withinMs) {
        run(fault, ONSET_MS + 2_000, 0, stallEveryMs, true);

        assertThat(firstFoundMs).isBetween((long) ONSET_MS, (long) ONSET_MS + withinMs);
        assertThat(found.get(0)).startsWith(what);
    }

    @Test
    void shouldTellOnceOfWhatLasts() {
        run("payload@2500ms", 10_000, 0, 0, true);

        assertThat(found.stream().filter(what -> what.startsWith("WRIST_FORCE")))
                .hasSize(1);
    }

    @Test
    void shouldTellAgainOfWhatWasNotTaken() {
        final int[] told = new int[1];
        final AnomalyDetector detector = detector(true, (kind, joint, residual, allowed) -> ++told[0] == 3);
        drive(detector, arm("payload@2500ms"), ONSET_MS + 100, 0, 0);

        assertThat(told[0]).isEqualTo(3);
    }

    @Test
    void shouldScoreNothingBeforeTheSecondSampleAndAfterARestart() {
        final AnomalyDetector detector = detector(true, (kind, joint, residual, allowed) -> true);
        final SimulatedArm arm = arm("");
        arm.read(frame);
        assertThat(detector.update(frame, command)).isNaN();
        drive(detector, arm, 10, 0, 0);
        assertThat(drive(detector, arm, 11, 0, 0)).isBetween(0f, 1f);

        detector.restart();
        assertThat(detector.update(frame, command)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "wrist, NaN", "wrist, Infinity", "wrist, -Infinity", "wrist, 1e300", "wrist, 4.9e-324", "wrist, 5e3",
        "effort, NaN", "effort, -Infinity", "effort, 1e300", "effort, 1e155", "effort, 4.9e-324", "effort, 5e3",
        "imu, NaN", "imu, Infinity", "imu, 1e300", "grip, NaN", "grip, Infinity", "grip, 1e300",
    })
    void shouldForgetABadNumberAndFindWhatComesBehind(final String where, final double bad) {
        final AnomalyDetector detector = detector(true, (kind, joint, residual, allowed) -> {
            firstFoundMs = firstFoundMs < 0 ? ms : firstFoundMs;
            return found.add(kind + "/" + joint);
        });
        final SimulatedArm arm = arm("friction@2500ms,joint=1");
        drive(detector, arm, 1_000, 0, 0);
        for (int i = 0; i < 10; i++) {
            clock.advance(PERIOD_NS);
            arm.read(frame);
            put(where, bad);
            assertThat(detector.update(frame, command)).isBetween(0f, 1_000f);
            command();
            arm.write(command);
            ms++;
            assertThat(drive(detector, arm, (int) ms + 100, 0, 0)).isBetween(0f, 1f);
        }
        assertThat(found).isEmpty();

        drive(detector, arm, ONSET_MS + 200, 0, 0);
        assertThat(found.get(0)).isEqualTo("EXTERNAL_EFFORT/1");
        assertThat(firstFoundMs).isBetween((long) ONSET_MS, ONSET_MS + 100L);
    }

    @ParameterizedTest
    @CsvSource({"wrist, WRIST_FORCE/-1", "effort, EXTERNAL_EFFORT/1"})
    void shouldFindASensorThatSaysNoNumberAnyMore(final String where, final String what) {
        final AnomalyDetector detector =
                detector(true, (kind, joint, residual, allowed) -> found.add(kind + "/" + joint));
        final SimulatedArm arm = arm("");
        drive(detector, arm, 1_000, 0, 0);
        for (int i = 0; i < 10; i++) {
            clock.advance(PERIOD_NS);
            arm.read(frame);
            put(where, Double.NaN);
            detector.update(frame, command);
        }

        assertThat(found).containsExactly(what);
    }

    @Test
    void shouldGoOnWithAClockThatWasSetBack() {
        final AnomalyDetector detector = detector(true, (kind, joint, residual, allowed) -> {
            firstFoundMs = firstFoundMs < 0 ? ms : firstFoundMs;
            return found.add(kind + "/" + joint);
        });
        final SimulatedArm arm = arm("payload@2500ms");
        drive(detector, arm, 1_000, 0, 0);
        frame.captureTimeNs(frame.captureTimeNs() + 3_600_000_000_000L);
        assertThat(detector.update(frame, command)).isBetween(0f, 1f);
        assertThat(drive(detector, arm, 1_001, 0, 0)).isNaN();
        drive(detector, arm, ONSET_MS + 20, 0, 0);

        assertThat(found).containsExactly("WRIST_FORCE/-1");
        assertThat(firstFoundMs).isBetween((long) ONSET_MS, ONSET_MS + 10L);
    }

    @Test
    void shouldPassOverSamplesThatWereOvertakenOrComeTwice() {
        final AnomalyDetector detector =
                detector(true, (kind, joint, residual, allowed) -> found.add(kind + "/" + joint));
        final SimulatedArm arm = arm("");
        drive(detector, arm, 1_000, 0, 0);
        final float score = drive(detector, arm, 1_001, 0, 0);
        frame.positions()[0] += 1;
        frame.wristForceN()[0] = Double.NaN;

        assertThat(detector.update(frame, command)).isEqualTo(score);
        frame.captureTimeNs(frame.captureTimeNs() - 900_000_000L);
        assertThat(detector.update(frame, command)).isEqualTo(score);
        drive(detector, arm, 2_000, 0, 0);
        assertThat(found).isEmpty();
    }

    private void put(final String where, final double bad) {
        switch (where) {
            case "wrist" -> frame.wristForceN()[1] = bad;
            case "effort" -> frame.efforts()[1] = bad;
            case "imu" -> frame.specificForceMPerS2()[2] = bad;
            default -> frame.gripper(frame.gripperWidthM(), bad);
        }
    }

    private void run(
            final String fault,
            final int untilMs,
            final double lostShare,
            final int stallEveryMs,
            final boolean isGapAware) {
        final AnomalyDetector detector = detector(isGapAware, (kind, joint, residual, allowed) -> {
            firstFoundMs = firstFoundMs < 0 ? ms : firstFoundMs;
            return found.add(kind + (joint < 0 ? "" : "/" + joint) + " " + residual + " of " + allowed + " at " + ms);
        });
        drive(detector, arm(fault), untilMs, lostShare, stallEveryMs);
    }

    private static AnomalyDetector detector(final boolean isGapAware, final AnomalyListener listener) {
        return new AnomalyDetector(ROBOT, new DetectorSettings(PERIOD_NS, 0.5, 1, isGapAware), listener);
    }

    private SimulatedArm arm(final String fault) {
        final List<SimulatedFault> faults = fault.isEmpty() ? List.of() : List.of(SimulatedFault.parse(fault));
        final SimulatedArm arm =
                new SimulatedArm(SimulationSettings.typical(3), null, clock, null, faults, FaultListener.NONE);
        arm.configure(ROBOT);
        arm.activate();
        command();
        arm.write(command);
        return arm;
    }

    private float drive(
            final AnomalyDetector detector,
            final SimulatedArm arm,
            final int untilMs,
            final double lostShare,
            final int stallEveryMs) {
        float score = Float.NaN;
        for (; ms < untilMs; ms++) {
            clock.advance(PERIOD_NS);
            if (stallEveryMs > 0 && ms % stallEveryMs < 47) {
                continue;
            }
            arm.read(frame);
            if (random.nextDouble() >= lostShare) {
                score = detector.update(frame, command);
            }
            command();
            arm.write(command);
        }
        return score;
    }

    private void command() {
        final double t = ms * 1e-3;
        // Begins and swings smoothly.
        final double rise = Math.min(1, t * t);
        for (int i = 0; i < command.positions().length; i++) {
            final double rate = 2 + 0.3 * i;
            command.positions()[i] = ROBOT.homePositions()[i] + rise * 0.2 * Math.sin(rate * t);
            command.velocities()[i] =
                    rise * 0.2 * rate * Math.cos(rate * t) + (rise < 1 ? 2 * t * 0.2 * Math.sin(rate * t) : 0);
        }
        command.gripper(0.05, 0);
    }
}

package io.tendon.control.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.robot.JointLimits;
import io.tendon.schemas.CommandKind;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MissCause;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real loop with real publications on an embedded bus, and the simulated arm, on a manual clock. */
class ControlLoopTest {
    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private final FailingArm arm =
            new FailingArm(new SimulatedArm(SimulationSettings.typical(5), Robots.cell(), clock));
    private LoopRig rig;
    private double[] home;

    @BeforeEach
    void connect() {
        rig = new LoopRig(directory, clock, arm);
        home = rig.robot.homePositions();
    }

    @AfterEach
    void disconnect() {
        rig.close();
    }

    @Test
    void shouldPublishEachCycleOnceAndWaitWithoutSetpoints() {
        rig.cycles(50);

        final List<ControlReader.State> states = rig.reader.poll().states;
        assertThat(states).hasSize(50);
        assertThat(states.get(0).cycle()).isEqualTo(1);
        assertThat(states).extracting(ControlReader.State::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(states).extracting(ControlReader.State::safetyState).containsOnly(SafetyState.WAITING);
        assertThat(states).extracting(ControlReader.State::setpointSequence).containsOnly(-1L);
        assertThat(states).allSatisfy(state -> assertThat(state.inputs()).isEmpty());
        assertThat(rig.reader.last().positions()).containsExactly(home, within(1e-3));
    }

    @Test
    void shouldFollowSetpointsAndNameTheOneThatItUsed() {
        final double[] target = home.clone();
        for (int window = 0; window < 60; window++) {
            target[0] = home[0] + 0.0002 * window;
            rig.setpoint(target, 0.02);
            rig.cycles(10);
        }

        final ControlReader.State last = rig.reader.last();
        assertThat(last.safetyState()).isEqualTo(SafetyState.RUNNING);
        assertThat(last.setpointSequence()).isEqualTo(59);
        assertThat(last.setpointAgeNs()).isEqualTo(10 * LoopRig.PERIOD_NS);
        assertThat(last.inputs())
                .containsExactly(new ControlReader.Input(
                        StreamCatalog.FUSION_SETPOINT.streamId(),
                        rig.setpoints.sessionId(),
                        rig.setpoints.position() - StreamDescriptor.framedLength(MessageLengths.jointSetpoint(6, 0)),
                        rig.setpoints.position()));
        assertThat(last.commandPositions()[0]).isCloseTo(home[0] + 0.0002 * 59, within(1e-3));
        assertThat(last.gripperCommandWidthM()).isEqualTo(0.05);
        assertThat(last.limitedJoints()).isZero();
        assertThat(rig.reader.losses).isEmpty();
        assertThat(rig.reader.stateSubscriber.gaps()).isZero();
    }

    @Test
    void shouldBeginAgainAtRestWhereTheArmIsAfterMoreMissedTicksThanItExtrapolates() {
        final double[] target = home.clone();
        for (int window = 0; window < 60; window++) {
            target[0] = home[0] + 0.005 * window;
            rig.setpoint(target, 0.5);
            rig.cycles(10);
        }
        final double before = rig.reader.last().commandPositions()[0];
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.RUNNING);

        rig.cycleAfter(101, 0);

        final ControlReader.State after = rig.reader.last();
        assertThat(after.missed()).isEqualTo(100);
        assertThat(after.safetyState()).isEqualTo(SafetyState.WAITING);
        assertThat(after.commandPositions()).containsExactly(after.positions(), within(1e-9));
        // The arm has kept near the last command meanwhile; at its speed it would be 50 mrad farther.
        assertThat(after.commandPositions()[0]).isCloseTo(before, within(15e-3));
        rig.cycles(5);
        assertThat(rig.reader.last().commandPositions()).containsExactly(after.commandPositions(), within(1e-12));
    }

    @Test
    void shouldBeginAgainWhereTheArmIsAtEachGapOfAStormAndRunWhenItIsOver() {
        final double[] target = home.clone();
        target[0] = home[0] + 0.02;
        rig.setpoint(target, 0);
        rig.cycles(10);
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.RUNNING);

        for (int gap = 0; gap < 40; gap++) {
            rig.setpoint(target, 0);
            rig.cycleAfter(25, 100_000);
            final ControlReader.State lost = rig.reader.last();
            assertThat(lost.safetyState()).as("gap %d", gap).isEqualTo(SafetyState.WAITING);
            assertThat(lost.commandPositions()).containsExactly(lost.positions(), within(1e-9));
            rig.setpoint(target, 0);
            rig.cycle();
            assertThat(rig.reader.last().safetyState()).as("gap %d", gap).isEqualTo(SafetyState.RUNNING);
        }
        assertThat(rig.reader.last().missed()).isEqualTo(40 * 24);

        for (int window = 0; window < 50; window++) {
            rig.setpoint(target, 0);
            rig.cycles(10);
        }
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.RUNNING);
        assertThat(rig.reader.last().commandPositions()[0]).isCloseTo(target[0], within(1e-4));
    }

    @Test
    void shouldLatchWhenSetpointsStayAwayInAStormOfGaps() {
        rig.setpoint(home, 0);
        rig.cycles(10);
        for (int gap = 0; gap < 40; gap++) {
            rig.cycleAfter(25, 0);
        }

        assertThat(rig.reader.poll().states.stream()
                        .map(ControlReader.State::safetyState)
                        .distinct())
                .containsExactly(SafetyState.RUNNING, SafetyState.WAITING, SafetyState.STOPPED);
        rig.setpoint(home, 0);
        rig.cycles(10);
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.STOPPED);
    }

    @Test
    void shouldExtrapolateForTwentyTicksAlsoWhenMostOfThemAreMissed() {
        rig.setpoint(home, 0);
        rig.cycles(10);
        for (int gap = 0; gap < 3; gap++) {
            rig.cycleAfter(16, 0);
        }

        // 26, 42, 58 ms after the set-point, which is stale from 20 ms on: the third is more than 20 ticks later.
        assertThat(rig.reader.poll().states.stream().skip(10).map(ControlReader.State::safetyState))
                .containsExactly(SafetyState.EXTRAPOLATING, SafetyState.RAMPING, SafetyState.RAMPING);
    }

    @Test
    void shouldTakeAMeasurementThatIsNotANumberForAFaultAndNeverCommandIt() {
        rig.cycles(3);
        arm.goBlind();
        rig.cycles(3);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.FAULTED);
        assertThat(rig.reader.last().commandPositions()).containsExactly(home, within(1e-3));
        assertThat(rig.reader.event(EventKind.HARDWARE_FAULT).orElseThrow().text())
                .contains("must be finite");
    }

    @Test
    void shouldUseOnlyTheNewestSetpointOfACycle() {
        rig.setpoint(home, 0);
        clock.advance(1);
        rig.setpoint(home, 0);
        clock.advance(1);
        final long newest = rig.setpoint(home, 0);
        rig.cycle();

        assertThat(rig.reader.last().setpointSequence()).isEqualTo(newest);
    }

    @Test
    void shouldNotLetAnEarlierLifeOfFusionOverrideANewerSetpoint() {
        rig.setpoint(home, 0);
        rig.cycle();
        rig.restartFusion();
        rig.setpoint(home, 0);
        await().until(() -> {
            rig.cycle();
            return rig.reader.last().inputs().get(0).sessionId() == rig.setpoints.sessionId();
        });
        final double[] elsewhere = home.clone();
        elsewhere[0] += 0.01;
        rig.setpoint(elsewhere, 0, clock.nanoTime() - 1_000_000_000L);
        rig.cycle();

        assertThat(rig.reader.last().setpointSequence()).isZero();
        assertThat(rig.reader.last().commandPositions()[0]).isCloseTo(home[0], within(1e-4));
    }

    @Test
    void shouldCountMissedTicksAndGiveTheTimesOfTheCycleBefore() {
        rig.cycles(3);
        rig.cycleAfter(1, 250_000);
        final long dueNs = clock.nanoTime();
        rig.cycleAfter(8, 100_000);

        final ControlReader.State last = rig.reader.last();
        assertThat(last.cycle()).isEqualTo(12);
        assertThat(last.missed()).isEqualTo(7);
        assertThat(last.previousScheduledNs()).isEqualTo(dueNs);
        assertThat(last.previousWokenNs()).isEqualTo(dueNs + 250_000);
        assertThat(last.successRate()).isCloseTo(5f / 12, within(1e-6f));
        final ControlReader.Happening missed =
                rig.reader.event(EventKind.DEADLINE_MISSED).orElseThrow();
        assertThat(missed.code()).isEqualTo(7);
        assertThat(missed.amount()).isCloseTo(7.1e-3, within(1e-12));
        assertThat(missed.missCause()).isEqualTo(MissCause.LATE_WAKE_UP);
        assertThat(missed.text()).isEqualTo("late wake-up 7");
        assertThat(last.missedLateWakeUp()).isEqualTo(7);
    }

    @Test
    void shouldBlameTheHardwareWhenReadAndWriteTookTheTime() {
        rig.cycle();
        // The cycle that was due at 2 reads for 1.5 ms and writes for 2 ms: 3 and 4 pass while it runs, 5 begins late.
        takeInNextCycle(1_500_000, 2_000_000);
        rig.cycle();
        takeInNextCycle(0, 0);
        clock.advance(-3_500_000);
        rig.cycleAfter(3, 600_000);

        final ControlReader.State last = rig.reader.last();
        assertThat(last.missedHardware()).isEqualTo(2);
        assertThat(last.missed()).isEqualTo(2);
        assertThat(last.previousHardwareDurationNs()).isEqualTo(3_500_000);
        final ControlReader.Happening missed =
                rig.reader.event(EventKind.DEADLINE_MISSED).orElseThrow();
        assertThat(missed.missCause()).isEqualTo(MissCause.HARDWARE);
        assertThat(missed.text()).isEqualTo("hardware 2");
    }

    @Test
    void shouldCountALongCycleAndTheLateWakeUpBehindItEachForItself() {
        rig.cycle();
        clock.advance(LoopRig.PERIOD_NS);
        final long dueNs = clock.nanoTime();
        // Begins 2.2 ms before its hardware is read: the time is the loop's own.
        rig.loop.cycle(2, dueNs - 2_200_000, dueNs - 2_200_000, 0);
        rig.loop.cycle(8, dueNs + 3_800_000, dueNs + 3_900_000, 5);

        final ControlReader.State last = rig.reader.last();
        assertThat(last.missedLongCycle()).isEqualTo(2);
        assertThat(last.missedLateWakeUp()).isEqualTo(3);
        assertThat(last.missedHardware()).isZero();
        assertThat(rig.reader.event(EventKind.DEADLINE_MISSED).orElseThrow().text())
                .isEqualTo("long cycle 2, late wake-up 3");
    }

    @Test
    void shouldCountSetpointsThatItRejectedAndNotTheCyclesInWhichItDid() {
        final double[] tooFew = Arrays.copyOf(home, home.length - 1);
        rig.setpoint(tooFew, 0);
        rig.setpoint(tooFew, 0);
        rig.setpoint(tooFew, 0);
        rig.cycles(5);

        assertThat(rig.control.counters().node(BusCounter.SETPOINTS_REJECTED).get())
                .isEqualTo(3);
    }

    @Test
    void shouldExtrapolateRampStopAndBeResetWhenSetpointsStayAway() {
        final double[] target = home.clone();
        for (int window = 0; window < 20; window++) {
            target[1] = home[1] + 0.002 * window;
            rig.setpoint(target, 0);
            rig.cycles(10);
        }
        rig.cycles(300);
        final List<SafetyState> seen = rig.reader.poll().states.stream()
                .map(ControlReader.State::safetyState)
                .distinct()
                .toList();
        assertThat(seen)
                .containsExactly(
                        SafetyState.RUNNING, SafetyState.EXTRAPOLATING, SafetyState.RAMPING, SafetyState.STOPPED);
        assertThat(rig.reader.states.stream().filter(state -> state.safetyState() == SafetyState.EXTRAPOLATING))
                .hasSize(20);
        assertThat(rig.reader.events)
                .filteredOn(event -> event.kind() == EventKind.SAFETY_STATE_CHANGED)
                .hasSize(4)
                .last()
                .satisfies(event -> {
                    assertThat(event.code()).isEqualTo(SafetyState.STOPPED.value());
                    assertThat(event.amount()).isEqualTo(SafetyState.RAMPING.value());
                    assertThat(event.text()).startsWith("the newest set-point is ");
                });

        rig.command(CommandKind.RESET, 77, -1, Double.NaN);
        rig.cycle();
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.WAITING);
        assertThat(rig.reader.acks).singleElement().satisfies(ack -> {
            assertThat(ack.commandId()).isEqualTo(77);
            assertThat(ack.isAccepted()).isTrue();
            assertThat(ack.state()).isEqualTo(SafetyState.WAITING);
            assertThat(ack.reason()).isEmpty();
            assertThat(ack.cause().streamId()).isEqualTo(StreamCatalog.OPERATOR_COMMAND.streamId());
        });
    }

    @Test
    void shouldRefuseACommandWithItsReason() {
        rig.command(CommandKind.JOG, 1, 9, 0.1);
        rig.command(CommandKind.JOG, 2, 1, 50);
        rig.command(CommandKind.RESUME, 3, -1, Double.NaN);
        rig.cycle();

        assertThat(rig.reader.poll().acks)
                .extracting(ControlReader.Ack::isAccepted)
                .containsExactly(false, false, false);
        assertThat(rig.reader.acks.get(0).reason()).isEqualTo("joint=9: must be 0 to 5; count from 0 at the base");
        assertThat(rig.reader.acks.get(1).reason()).contains("must stay within").endsWith("; jog by less");
        assertThat(rig.reader.acks.get(2).reason()).startsWith("resume refused in state WAITING");
    }

    @Test
    void shouldHoldTheArmUntilItIsResumedWhenItWasStartedAgain() {
        rig.loop.beginHeld("control was started again");
        rig.setpoint(home, 0);
        rig.cycles(10);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.HOLDING);
        rig.command(CommandKind.RESUME, 1, -1, Double.NaN);
        rig.cycle();
        rig.setpoint(home, 0);
        rig.cycles(2);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.RUNNING);
    }

    @Test
    void shouldNotObeyAnEarlierLifesResumeThatItHearsAgain() {
        final long beforeThisLifeNs = clock.nanoTime() - 1;
        rig.loop.beginHeld("control was started again");
        rig.command(CommandKind.RESUME, 1, -1, Double.NaN, beforeThisLifeNs);
        rig.command(CommandKind.JOG, 2, 2, 0.1, beforeThisLifeNs);
        rig.cycles(3);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.HOLDING);
        assertThat(rig.reader.poll().acks).isEmpty();

        rig.command(CommandKind.ESTOP, 3, -1, Double.NaN, beforeThisLifeNs);
        rig.cycles(2);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.EMERGENCY_STOPPED);
    }

    @Test
    void shouldJogAndHold() {
        rig.command(CommandKind.JOG, 1, 2, 0.1);
        rig.cycles(3_000);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.HOLDING);
        assertThat(rig.reader.last().commandPositions()[2]).isCloseTo(home[2] + 0.1, within(2e-5));
        assertThat(rig.reader.last().positions()[2]).isCloseTo(home[2] + 0.1, within(1e-3));
    }

    @Test
    void shouldKeepTheLimitsOnWildSetpointsAndSayWhichLimitWasHit() {
        final long seed = 99;
        final Random random = new Random(seed);
        rig.setpoint(home, 0);
        rig.cycle();
        for (int window = 0; window < 200; window++) {
            final double[] wild = home.clone();
            for (int i = 0; i < wild.length; i++) {
                wild[i] += 3 * random.nextGaussian();
            }
            rig.setpoint(wild, 2 * random.nextGaussian());
            rig.cycles(10);
        }

        assertWithinLimits("seed " + seed);
    }

    @Test
    void shouldRefuseASetpointOfAnotherRobotAndSayWhy() {
        rig.setpoint(new double[7], 0);
        rig.cycle();

        assertThat(rig.reader.last().setpointSequence()).isEqualTo(-1);
        assertThat(rig.reader.event(EventKind.SETPOINT_REJECTED).orElseThrow().text())
                .isEqualTo("set-point has 7 joints: must have 6; give fusion and control the same robot");
    }

    @Test
    void shouldNotBeginWithASetpointFarFromTheArm() {
        final double[] far = home.clone();
        far[3] += 0.2;
        rig.setpoint(far, 0);
        rig.cycle();

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.WAITING);
        final ControlReader.Happening rejected =
                rig.reader.event(EventKind.SETPOINT_REJECTED).orElseThrow();
        assertThat(rejected.code()).isEqualTo(3);
        assertThat(rejected.amount()).isCloseTo(0.2, within(1e-3));
    }

    @Test
    void shouldSayThatASetpointWasLost() {
        rig.setpoint(home, 0);
        rig.cycle();
        assertThat(rig.setpoints.claim(MessageLengths.jointSetpoint(6, 0)).isAccepted())
                .isTrue();
        rig.setpoints.abort();
        rig.setpoint(home, 0);
        rig.cycles(2);

        assertThat(rig.reader.poll().losses)
                .containsExactly(new ControlReader.Gap(
                        StreamCatalog.FUSION_SETPOINT.streamId(), rig.setpoints.sessionId(), 1, 1));
    }

    @Test
    void shouldFaultOnAHardwareFaultAndGoOnAfterAReset() {
        rig.setpoint(home, 0);
        rig.cycles(5);
        arm.failWith("joint 3: over-temperature, 91C, must be below 90C; let it cool");
        rig.cycles(5);

        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.FAULTED);
        assertThat(rig.reader.event(EventKind.HARDWARE_FAULT).orElseThrow().text())
                .startsWith("joint 3: over-temperature");
        rig.command(CommandKind.RESET, 5, -1, Double.NaN);
        rig.cycle();
        assertThat(rig.reader.poll().acks.get(0).reason()).startsWith("reset refused: the hardware still reports");

        arm.recover();
        rig.command(CommandKind.RESET, 6, -1, Double.NaN);
        rig.cycle();
        assertThat(rig.reader.poll().acks.get(1).isAccepted()).isTrue();
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.WAITING);
        rig.setpoint(home, 0);
        rig.cycles(2);
        assertThat(rig.reader.last().safetyState()).isEqualTo(SafetyState.RUNNING);
    }

    private void assertWithinLimits(final String at) {
        final List<ControlReader.State> states = rig.reader.poll().states;
        for (int k = 2; k < states.size(); k++) {
            for (int i = 0; i < home.length; i++) {
                final JointLimits limits = rig.robot.joint(i).limits();
                final double before = states.get(k - 2).commandPositions()[i];
                final double between = states.get(k - 1).commandPositions()[i];
                final double now = states.get(k).commandPositions()[i];
                assertThat(now)
                        .as("%s, state %d, joint %d", at, k, i)
                        .isBetween(limits.lowerPosition() - 1e-9, limits.upperPosition() + 1e-9);
                assertThat(Math.abs(now - between) * 1e3)
                        .as("%s, state %d, joint %d", at, k, i)
                        .isLessThanOrEqualTo(limits.maxVelocity() + 1e-9);
                assertThat(Math.abs(now - 2 * between + before) * 1e3)
                        .as("%s, state %d, joint %d", at, k, i)
                        .isLessThanOrEqualTo(limits.maxAcceleration() * 1e-3 + 1e-9);
            }
        }
    }

    private void takeInNextCycle(final long readNs, final long writeNs) {
        arm.doMeanwhile(() -> clock.advance(readNs), () -> clock.advance(writeNs));
    }
}

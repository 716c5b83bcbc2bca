package io.tendon.control.safety;

import static io.tendon.control.safety.SafetyState.EMERGENCY_STOPPED;
import static io.tendon.control.safety.SafetyState.EXTRAPOLATING;
import static io.tendon.control.safety.SafetyState.FAULTED;
import static io.tendon.control.safety.SafetyState.HOLDING;
import static io.tendon.control.safety.SafetyState.JOGGING;
import static io.tendon.control.safety.SafetyState.RAMPING;
import static io.tendon.control.safety.SafetyState.RUNNING;
import static io.tendon.control.safety.SafetyState.STOPPED;
import static io.tendon.control.safety.SafetyState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetyStateMachineTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long STALE_NS = 20_000_000;
    private static final long LATCH_NS = 500_000_000;
    private static final double NEAR = 0.01;

    private final SafetyStateMachine machine =
            new SafetyStateMachine(new SafetyPolicy(PERIOD_NS, STALE_NS, 20, LATCH_NS, 0.05));
    private long nowNs;
    private long setpointNs = -1;
    private double distance = NEAR;
    private boolean isStanding = true;
    private boolean isJogDone;

    @Test
    void shouldWaitUntilASetpointComesNearTheArm() {
        assertThat(cycle()).isEqualTo(WAITING);

        distance = 0.06;
        freshSetpoint();
        assertThat(cycle()).isEqualTo(WAITING);
        assertThat(machine.isTooFar()).isTrue();

        distance = 0.05;
        assertThat(cycle()).isEqualTo(RUNNING);
        assertThat(machine.isTooFar()).isFalse();
        assertThat(machine.why()).hasToString("set-points arrive and the arm is where they are");
    }

    @Test
    void shouldWaitAgainWhenAnArmThatMovedHasLostTime() {
        run();
        machine.loseTime(46);

        assertThat(machine.state()).isEqualTo(WAITING);
        assertThat(machine.why()).hasToString("46 ticks were missed in a row; begins again from where the arm is");
    }

    @Test
    void shouldStayWhereAnOperatorPutItWhenTimeIsLost() {
        run();
        machine.request(OperatorRequest.HOLD, true);
        machine.loseTime(46);
        assertThat(machine.state()).isEqualTo(HOLDING);

        machine.requestJog(true);
        machine.loseTime(46);
        assertThat(machine.state()).isEqualTo(HOLDING);

        machine.request(OperatorRequest.ESTOP, true);
        machine.loseTime(46);
        assertThat(machine.state()).isEqualTo(EMERGENCY_STOPPED);
    }

    @Test
    void shouldNotStartOnAStaleSetpoint() {
        freshSetpoint();
        nowNs += STALE_NS + 1;

        assertThat(cycle()).isEqualTo(WAITING);
    }

    @Test
    void shouldRunUntilTheSetpointIsOlderThanAllowed() {
        run();
        nowNs = setpointNs + STALE_NS - PERIOD_NS;

        assertThat(cycle()).isEqualTo(RUNNING);
        assertThat(cycle()).isEqualTo(EXTRAPOLATING);
        assertThat(machine.why()).hasToString("the newest set-point is 21.00ms old, more than 20.00ms");
    }

    @Test
    void shouldExtrapolateForTwentyCyclesAtMost() {
        runThenStale();
        for (int i = 0; i < 19; i++) {
            assertThat(cycle()).as("cycle %d", i).isEqualTo(EXTRAPOLATING);
        }
        assertThat(cycle()).isEqualTo(RAMPING);
    }

    @Test
    void shouldCountMissedTicksAsExtrapolatedCycles() {
        runThenStale();
        nowNs += 20 * PERIOD_NS;

        assertThat(machine.judge(age(), distance, 20, false, false)).isEqualTo(RAMPING);
    }

    @Test
    void shouldCountTicksThatWereMissedWhileTheSetpointGotStale() {
        run();
        // Stale from 20 ms on: of 15 missed ticks the last 4 were stale, and so is this one.
        nowNs = setpointNs + STALE_NS + 5 * PERIOD_NS;
        assertThat(machine.judge(age(), distance, 16, false, false)).isEqualTo(EXTRAPOLATING);

        cycles(15);
        assertThat(machine.state()).isEqualTo(EXTRAPOLATING);
        assertThat(cycle()).isEqualTo(RAMPING);
        assertThat(machine.why()).asString().endsWith("extrapolated for 20 cycles");
    }

    @Test
    void shouldRampAtOnceWhenNothingIsToBeExtrapolated() {
        final SafetyStateMachine strict =
                new SafetyStateMachine(new SafetyPolicy(PERIOD_NS, STALE_NS, 0, LATCH_NS, 0.05));
        assertThat(strict.judge(0, NEAR, 1, true, false)).isEqualTo(RUNNING);

        assertThat(strict.judge(STALE_NS + 1, NEAR, 1, false, false)).isEqualTo(RAMPING);
    }

    @Test
    void shouldLatchAnArmThatLostTimeWhenNoSetpointComesForLong() {
        run();
        machine.loseTime(46);
        setpointNs = -1;
        cycles(499);
        assertThat(machine.state()).isEqualTo(WAITING);

        assertThat(cycle()).isEqualTo(STOPPED);
        assertThat(machine.why())
                .hasToString("no fresh set-point came for 500.00ms after ticks were missed in a row;"
                        + " reset it when set-points come again");
        assertThat(machine.request(OperatorRequest.RESET, true)).isTrue();
        cycles(1_000);
        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @Test
    void shouldNotLatchAnArmThatLostTimeWhileSetpointsComeThatAreTooFar() {
        run();
        machine.loseTime(46);
        distance = 1;
        for (int i = 0; i < 1_000; i++) {
            freshSetpoint();
            assertThat(cycle()).isEqualTo(WAITING);
        }
    }

    @Test
    void shouldNotLatchAnArmThatNeverMoved() {
        cycles(10_000);

        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @Test
    void shouldGoOnRunningWhenAFreshSetpointEndsTheExtrapolation() {
        runThenStale();
        freshSetpoint();

        assertThat(cycle()).isEqualTo(RUNNING);
    }

    @Test
    void shouldExtrapolateAnewAfterEachFreshSetpoint() {
        runThenStale();
        cycles(15);
        freshSetpoint();
        cycle();
        nowNs = setpointNs + STALE_NS;
        assertThat(cycle()).isEqualTo(EXTRAPOLATING);
        cycles(19);

        assertThat(machine.state()).isEqualTo(EXTRAPOLATING);
    }

    @Test
    void shouldGoOnRunningWhenAFreshSetpointEndsTheRampHoweverFarItIs() {
        ramp();
        isStanding = false;
        distance = 2;
        freshSetpoint();

        assertThat(cycle()).isEqualTo(RUNNING);
    }

    @Test
    void shouldNotLatchWhileTheArmStillMoves() {
        ramp();
        isStanding = false;
        nowNs += 10 * LATCH_NS;

        assertThat(cycle()).isEqualTo(RAMPING);
    }

    @Test
    void shouldNotLatchBeforeSetpointsHaveBeenMissingForLong() {
        ramp();
        isStanding = true;

        assertThat(cycle()).isEqualTo(RAMPING);
        nowNs = setpointNs + LATCH_NS - PERIOD_NS;
        assertThat(cycle()).isEqualTo(STOPPED);
        assertThat(machine.why())
                .hasToString("the newest set-point is 500.00ms old, more than 500.00ms;"
                        + " reset it when set-points come again");
    }

    @Test
    void shouldStayStoppedWhenSetpointsComeBackUntilItIsReset() {
        stop();
        freshSetpoint();
        assertThat(cycle()).isEqualTo(STOPPED);

        assertThat(machine.request(OperatorRequest.RESET, true)).isTrue();

        assertThat(machine.state()).isEqualTo(WAITING);
        assertThat(cycle()).isEqualTo(RUNNING);
    }

    @Test
    void shouldHoldResumeAndWaitForASetpointNearTheArm() {
        run();
        assertThat(machine.request(OperatorRequest.HOLD, false)).isTrue();
        assertThat(cycle()).isEqualTo(HOLDING);
        assertThat(machine.state().motion()).isEqualTo(Motion.RAMP);

        assertThat(machine.request(OperatorRequest.RESUME, false)).isFalse();
        assertThat(machine.refusal())
                .hasToString("resume refused in state HOLDING: the arm must stand;" + " try again in a moment");
        assertThat(machine.request(OperatorRequest.RESUME, true)).isTrue();
        assertThat(machine.refusal().lengthBytes()).isZero();
        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @Test
    void shouldIgnoreSetpointsWhileHolding() {
        machine.request(OperatorRequest.HOLD, true);
        freshSetpoint();

        assertThat(cycle()).isEqualTo(HOLDING);
    }

    @Test
    void shouldJogFromHoldingAndHoldAgain() {
        machine.request(OperatorRequest.HOLD, true);

        assertThat(machine.requestJog(true)).isTrue();
        assertThat(cycle()).isEqualTo(JOGGING);
        isJogDone = true;
        assertThat(cycle()).isEqualTo(HOLDING);
    }

    @Test
    void shouldJogFromWaiting() {
        assertThat(machine.requestJog(true)).isTrue();
    }

    @Test
    void shouldRefuseAJogOfAMovingArm() {
        assertThat(machine.requestJog(false)).isFalse();
        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @Test
    void shouldCutAJogShortOnHold() {
        machine.requestJog(true);

        assertThat(machine.request(OperatorRequest.HOLD, false)).isTrue();
        assertThat(machine.state()).isEqualTo(HOLDING);
    }

    @Test
    void shouldLatchAnEmergencyStopUntilItIsResetStanding() {
        run();
        assertThat(machine.request(OperatorRequest.ESTOP, false)).isTrue();
        assertThat(machine.state().motion()).isEqualTo(Motion.STOP);
        freshSetpoint();
        assertThat(cycle()).isEqualTo(EMERGENCY_STOPPED);

        assertThat(machine.request(OperatorRequest.RESET, false)).isFalse();
        assertThat(machine.request(OperatorRequest.RESET, true)).isTrue();
        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @ParameterizedTest
    @EnumSource(SafetyState.class)
    void shouldLatchAFaultFromEveryState(final SafetyState from) {
        reach(from);

        machine.fault(new ReasonText().append("encoder lost"));

        assertThat(cycle()).isEqualTo(FAULTED);
        assertThat(machine.why()).hasToString("encoder lost");
        assertThat(machine.request(OperatorRequest.RESET, true)).isTrue();
        assertThat(machine.state()).isEqualTo(WAITING);
    }

    @ParameterizedTest
    @EnumSource(SafetyState.class)
    void shouldAcceptOrRefuseByStateAndSayWhy(final SafetyState from) {
        expect(from, OperatorRequest.HOLD, !from.isLatched(), HOLDING);
        expect(from, OperatorRequest.RESUME, from == HOLDING, WAITING);
        expect(from, OperatorRequest.ESTOP, true, from == FAULTED ? FAULTED : EMERGENCY_STOPPED);
        expect(from, OperatorRequest.RESET, from.isLatched(), WAITING);
        expect(from, OperatorRequest.JOG, EnumSet.of(HOLDING, WAITING).contains(from), JOGGING);
    }

    private void expect(
            final SafetyState from,
            final OperatorRequest request,
            final boolean isAccepted,
            final SafetyState afterwards) {
        reach(from);
        final boolean accepted =
                request == OperatorRequest.JOG ? machine.requestJog(true) : machine.request(request, true);
        assertThat(accepted).as("%s in %s", request, from).isEqualTo(isAccepted);
        assertThat(machine.state()).isEqualTo(isAccepted ? afterwards : from);
        if (!isAccepted) {
            assertThat(machine.refusal().toString())
                    .startsWith(request.verb() + " refused in state " + from + ": ")
                    .contains("; ");
        }
    }

    private void reach(final SafetyState target) {
        isJogDone = false;
        if (machine.state().isLatched()) {
            machine.request(OperatorRequest.RESET, true);
        }
        if (machine.state() != WAITING) {
            machine.request(OperatorRequest.HOLD, true);
            machine.request(OperatorRequest.RESUME, true);
        }
        switch (target) {
            case WAITING -> assertThat(machine.state()).isEqualTo(WAITING);
            case RUNNING -> run();
            case EXTRAPOLATING -> runThenStale();
            case RAMPING -> ramp();
            case STOPPED -> stop();
            case HOLDING -> machine.request(OperatorRequest.HOLD, true);
            case JOGGING -> machine.requestJog(true);
            case EMERGENCY_STOPPED -> machine.request(OperatorRequest.ESTOP, true);
            case FAULTED -> machine.fault(new ReasonText().append("for the test"));
        }
        assertThat(machine.state()).isEqualTo(target);
    }

    private void run() {
        distance = NEAR;
        freshSetpoint();
        assertThat(cycle()).isEqualTo(RUNNING);
    }

    private void runThenStale() {
        run();
        nowNs = setpointNs + STALE_NS;
        assertThat(cycle()).isEqualTo(EXTRAPOLATING);
    }

    private void ramp() {
        runThenStale();
        isStanding = false;
        cycles(20);
        assertThat(machine.state()).isEqualTo(RAMPING);
    }

    private void stop() {
        ramp();
        isStanding = true;
        nowNs = setpointNs + LATCH_NS;
        assertThat(cycle()).isEqualTo(STOPPED);
    }

    private void freshSetpoint() {
        setpointNs = nowNs;
    }

    private void cycles(final int count) {
        for (int i = 0; i < count; i++) {
            cycle();
        }
    }

    private SafetyState cycle() {
        nowNs += PERIOD_NS;
        return machine.judge(age(), distance, 1, isStanding, isJogDone);
    }

    private long age() {
        return setpointNs < 0 ? SafetyStateMachine.NO_SETPOINT_AGE_NS : nowNs - setpointNs;
    }
}

package io.tendon.control.safety;

import io.tendon.bus.RealTime;

/**
 * Decides what the arm may do. Time and distances are passed in; nothing here moves anything.
 *
 * <pre>
 *   WAITING --set-point near the arm--> RUNNING &lt;--fresh set-point-- EXTRAPOLATING, RAMPING
 *   RUNNING --stale--> EXTRAPOLATING --too many cycles--> RAMPING --stands, stale for long--> STOPPED --reset--> WAITING
 *   RUNNING, EXTRAPOLATING, RAMPING --too many ticks missed in a row--> WAITING, JOGGING likewise --> HOLDING
 *   WAITING --so entered, and no fresh set-point for long--> STOPPED
 *   any but latched --hold--> HOLDING --resume, when it stands--> WAITING
 *   HOLDING, WAITING --jog, when it stands--> JOGGING --done--> HOLDING
 *   any but FAULTED --estop--> EMERGENCY_STOPPED --reset, when it stands--> WAITING
 *   any --fault--> FAULTED --reset, when it stands--> WAITING
 *   control was started again in the session: begins in HOLDING
 * </pre>
 *
 * Owner: the control loop's thread.
 */
@RealTime
public final class SafetyStateMachine {
    /** Age to pass in when no set-point has come yet. */
    public static final long NO_SETPOINT_AGE_NS = -1;

    private final SafetyPolicy policy;
    private final ReasonText why = new ReasonText();
    private final ReasonText refusal = new ReasonText();
    private SafetyState state = SafetyState.WAITING;
    private int extrapolatedCycles;
    private boolean isTimeLost;
    private long sinceTimeLostNs;
    private boolean isTooFar;

    /**
     * Starts in WAITING.
     *
     * @param policy of staleness.
     */
    public SafetyStateMachine(final SafetyPolicy policy) {
        this.policy = policy;
        why.append("control started");
    }

    /** What the arm may do now. */
    public SafetyState state() {
        return state;
    }

    /** Why the state was entered: one line, valid until the next change. */
    public ReasonText why() {
        return why;
    }

    /** Why the latest request was refused: one line, valid until the next request; empty when it was accepted. */
    public ReasonText refusal() {
        return refusal;
    }

    /** Whether the latest {@link #judge} refused a fresh set-point in WAITING because it was too far from the arm. */
    public boolean isTooFar() {
        return isTooFar;
    }

    /**
     * Judges one cycle.
     *
     * @param setpointAgeNs now minus the capture time of the newest set-point, or {@link #NO_SETPOINT_AGE_NS}.
     * @param distance greatest distance over the joints from the present command to that set-point, rad or m.
     * @param elapsedCycles ticks since the cycle before, at least 1.
     * @param isStanding whether the command stands still.
     * @param isJogDone whether the jog, if there is one, has reached its end.
     * @return what the arm may do in this cycle.
     */
    public SafetyState judge(
            final long setpointAgeNs,
            final double distance,
            final int elapsedCycles,
            final boolean isStanding,
            final boolean isJogDone) {
        final boolean hasSetpoint = setpointAgeNs != NO_SETPOINT_AGE_NS;
        final boolean isFresh = hasSetpoint && setpointAgeNs <= policy.staleAfterNs();
        isTooFar = false;
        switch (state) {
            case WAITING -> judgeWaiting(isFresh, elapsedCycles, distance);
            case RUNNING -> judgeRunning(isFresh, elapsedCycles, setpointAgeNs);
            case EXTRAPOLATING -> judgeExtrapolating(isFresh, elapsedCycles, setpointAgeNs);
            case RAMPING -> judgeRamping(isFresh, isStanding, setpointAgeNs);
            case JOGGING -> {
                if (isJogDone) {
                    enter(SafetyState.HOLDING, "the jog is done");
                }
            }
            default -> {
                // Only an operator leads out of the others.
            }
        }
        return state;
    }

    /**
     * An operator asks for something other than a jog.
     *
     * @param request what is asked; not {@link OperatorRequest#JOG}, whose target has to be looked at first.
     * @param isStanding whether the command stands still.
     * @return whether it was accepted; if not, {@link #refusal} says why.
     */
    public boolean request(final OperatorRequest request, final boolean isStanding) {
        refusal.clear();
        return switch (request) {
            case HOLD -> hold();
            case RESUME -> resume(isStanding);
            case ESTOP -> emergencyStop();
            case RESET -> reset(isStanding);
            case JOG -> throw new IllegalArgumentException("request=JOG: must go through requestJog");
        };
    }

    /**
     * An operator asks for a jog, whose target the caller has found to be allowed.
     *
     * @param isStanding whether the command stands still.
     * @return whether it was accepted; if not, {@link #refusal} says why.
     */
    public boolean requestJog(final boolean isStanding) {
        refusal.clear();
        if (state != SafetyState.HOLDING && state != SafetyState.WAITING) {
            return refuse(
                    OperatorRequest.JOG,
                    "a jog must start from HOLDING or WAITING",
                    state.isLatched() ? "reset first" : "hold first");
        }
        if (!isStanding) {
            return refuse(OperatorRequest.JOG, "the arm must stand", "try again in a moment");
        }
        enter(SafetyState.JOGGING, "an operator's jog");
        return true;
    }

    /**
     * Begins in HOLDING instead of WAITING: the arm stands until an operator resumes it. Before the first cycle.
     *
     * @param reason why.
     */
    public void beginHeld(final String reason) {
        enter(SafetyState.HOLDING, reason);
    }

    /**
     * Control is about to end: the arm slows down and stands.
     *
     * @param reason why it ends.
     */
    public void beginStop(final String reason) {
        if (!state.isLatched() && state != SafetyState.HOLDING) {
            enter(SafetyState.HOLDING, reason);
        }
    }

    /**
     * The hardware or the software failed. Latches FAULTED from every state.
     *
     * @param reason prepared text; copied.
     */
    public void fault(final ReasonText reason) {
        state = SafetyState.FAULTED;
        isTimeLost = false;
        why.set(reason);
    }

    /**
     * So many ticks passed unexecuted in a row that nobody knows what the arm did meanwhile: an arm that moved begins
     * again from where it is.
     *
     * @param missedTicks in a row.
     * @return whether the arm was moving, so that its command has to begin anew.
     */
    public boolean loseTime(final int missedTicks) {
        switch (state) {
            case RUNNING, EXTRAPOLATING, RAMPING -> enterLost(SafetyState.WAITING, missedTicks);
            case JOGGING -> enterLost(SafetyState.HOLDING, missedTicks);
            default -> {
                sinceTimeLostNs += missedTicks * policy.periodNs();
                return false;
            }
        }
        return true;
    }

    private void enterLost(final SafetyState next, final int missedTicks) {
        enter(next, "");
        isTimeLost = next == SafetyState.WAITING;
        sinceTimeLostNs = 0;
        why.append(missedTicks).append(" ticks were missed in a row; begins again from where the arm is");
    }

    private void judgeWaiting(final boolean isFresh, final int elapsedCycles, final double distance) {
        if (!isFresh) {
            latchWhenTimeWasLost(elapsedCycles);
            return;
        }
        sinceTimeLostNs = 0;
        if (distance <= policy.resumeTolerance()) {
            enter(SafetyState.RUNNING, "set-points arrive and the arm is where they are");
        } else {
            isTooFar = true;
        }
    }

    /** A stop that set-points owe an answer to is latched, whether a ramp made it or the loss of time. */
    private void latchWhenTimeWasLost(final int elapsedCycles) {
        if (!isTimeLost) {
            return;
        }
        sinceTimeLostNs += elapsedCycles * policy.periodNs();
        if (sinceTimeLostNs >= policy.latchAfterNs()) {
            enter(SafetyState.STOPPED, "no fresh set-point came for ");
            why.appendMillis(sinceTimeLostNs)
                    .append(" after ticks were missed in a row; reset it when set-points come again");
        }
    }

    /** Of ticks that were missed, those at which the set-point was stale already have been extrapolated. */
    private void judgeRunning(final boolean isFresh, final int elapsedCycles, final long setpointAgeNs) {
        if (isFresh) {
            return;
        }
        final long staleBefore = (setpointAgeNs - policy.staleAfterNs() - 1) / policy.periodNs();
        extrapolatedCycles = (int) Math.max(0, Math.min(staleBefore, elapsedCycles - 1));
        if (extrapolatedCycles >= policy.maxExtrapolatedCycles()) {
            enterRamping(setpointAgeNs);
        } else {
            enterStale(SafetyState.EXTRAPOLATING, setpointAgeNs, policy.staleAfterNs());
        }
    }

    private void judgeExtrapolating(final boolean isFresh, final int elapsedCycles, final long setpointAgeNs) {
        if (isFresh) {
            enter(SafetyState.RUNNING, "a fresh set-point came");
            return;
        }
        extrapolatedCycles += elapsedCycles;
        if (extrapolatedCycles >= policy.maxExtrapolatedCycles()) {
            enterRamping(setpointAgeNs);
        }
    }

    private void enterRamping(final long setpointAgeNs) {
        enterStale(SafetyState.RAMPING, setpointAgeNs, policy.staleAfterNs());
        why.append(", and extrapolated for ").append(extrapolatedCycles).append(" cycles");
    }

    private void judgeRamping(final boolean isFresh, final boolean isStanding, final long setpointAgeNs) {
        if (isFresh) {
            enter(SafetyState.RUNNING, "a fresh set-point came");
        } else if (isStanding && setpointAgeNs >= policy.latchAfterNs()) {
            enterStale(SafetyState.STOPPED, setpointAgeNs, policy.latchAfterNs());
            why.append("; reset it when set-points come again");
        }
    }

    private boolean hold() {
        if (state.isLatched()) {
            return refuse(OperatorRequest.HOLD, "a latched state must be reset", "the arm is stopped already");
        }
        if (state != SafetyState.HOLDING) {
            enter(SafetyState.HOLDING, "an operator's hold");
        }
        return true;
    }

    private boolean resume(final boolean isStanding) {
        if (state != SafetyState.HOLDING) {
            return refuse(
                    OperatorRequest.RESUME,
                    "only a held arm can be resumed",
                    state.isLatched() ? "reset it instead" : "nothing needs to be done");
        }
        if (!isStanding) {
            return refuse(OperatorRequest.RESUME, "the arm must stand", "try again in a moment");
        }
        enter(SafetyState.WAITING, "an operator's resume");
        return true;
    }

    private boolean emergencyStop() {
        if (state != SafetyState.FAULTED && state != SafetyState.EMERGENCY_STOPPED) {
            enter(SafetyState.EMERGENCY_STOPPED, "an operator's emergency stop");
        }
        return true;
    }

    private boolean reset(final boolean isStanding) {
        if (!state.isLatched()) {
            return refuse(OperatorRequest.RESET, "only a latched state can be reset", "nothing needs to be done");
        }
        if (!isStanding) {
            return refuse(OperatorRequest.RESET, "the arm must stand", "try again in a moment");
        }
        enter(SafetyState.WAITING, "an operator's reset");
        return true;
    }

    private boolean refuse(final OperatorRequest request, final String rule, final String remedy) {
        refusal.append(request.verb())
                .append(" refused in state ")
                .append(state.name())
                .append(": ")
                .append(rule)
                .append("; ")
                .append(remedy);
        return false;
    }

    private void enter(final SafetyState next, final String reason) {
        state = next;
        isTimeLost = false;
        why.clear().append(reason);
    }

    private void enterStale(final SafetyState next, final long setpointAgeNs, final long limitNs) {
        enter(next, "the newest set-point is ");
        why.appendMillis(setpointAgeNs).append(" old, more than ").appendMillis(limitNs);
    }
}

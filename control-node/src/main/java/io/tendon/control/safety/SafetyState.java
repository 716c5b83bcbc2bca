package io.tendon.control.safety;

/** What control lets the arm do. The schema's enum of the same name says it on the bus. */
public enum SafetyState {
    /** Stands; no set-point has come yet, or a resume waits for one close to the arm. */
    WAITING(Motion.RAMP, false),
    /** Follows the set-points. */
    RUNNING(Motion.FOLLOW, false),
    /** The set-point is stale; goes on with its last acceleration for a bounded number of cycles. */
    EXTRAPOLATING(Motion.FOLLOW, false),
    /** Still stale; slows down, limited in jerk; a fresh set-point ends it. */
    RAMPING(Motion.RAMP, false),
    /** Latched after a ramp; an operator's reset is needed. */
    STOPPED(Motion.RAMP, true),
    /** An operator's hold: slows down, limited in jerk, and stands; resume or jog go on from here. */
    HOLDING(Motion.RAMP, false),
    /** Moves one joint for an operator, then holds. */
    JOGGING(Motion.JOG, false),
    /** Latched by an operator's emergency stop; reset is needed. */
    EMERGENCY_STOPPED(Motion.STOP, true),
    /** Latched by a hardware or software fault; reset is needed. */
    FAULTED(Motion.STOP, true);

    private final Motion motion;
    private final boolean isLatched;

    SafetyState(final Motion motion, final boolean isLatched) {
        this.motion = motion;
        this.isLatched = isLatched;
    }

    /** How the next command is made in this state. */
    public Motion motion() {
        return motion;
    }

    /** Whether only an operator's reset leads out of this state. */
    public boolean isLatched() {
        return isLatched;
    }
}

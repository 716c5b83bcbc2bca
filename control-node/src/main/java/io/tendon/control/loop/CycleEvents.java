package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.bus.cycle.MissedTicks;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.link.ControlEvents;
import io.tendon.control.safety.ClampReason;
import io.tendon.control.safety.CommandLimiter;
import io.tendon.control.safety.ReasonText;
import io.tendon.control.safety.SafetyState;
import io.tendon.control.safety.SafetyStateMachine;
import io.tendon.robot.JointType;
import io.tendon.robot.RobotModel;
import java.util.Arrays;

/**
 * Says what happened in a cycle, without flooding the stream: what repeats is said once in a while, the worst of it; the
 * counters have all of it. Owner: the control loop's thread.
 */
@RealTime
final class CycleEvents {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MISSED_INTERVAL_NS = 100_000_000L;

    private final ControlEvents events;
    private final boolean[] isSliding;
    private final long[] limitNotBeforeNs;
    private final ReasonText text = new ReasonText();
    private SafetyState saidState = SafetyState.WAITING;
    private long missedNotBeforeNs;
    private final MissedTicks worstMissed = new MissedTicks();
    private long worstLatenessNs;
    private long rejectionNotBeforeNs;
    private long tooFarCount;

    CycleEvents(final ControlEvents events, final RobotModel robot) {
        this.events = events;
        isSliding = new boolean[robot.jointCount()];
        for (int i = 0; i < isSliding.length; i++) {
            isSliding[i] = robot.joint(i).type() == JointType.PRISMATIC;
        }
        limitNotBeforeNs = new long[robot.jointCount()];
        Arrays.fill(limitNotBeforeNs, Long.MIN_VALUE);
        missedNotBeforeNs = Long.MIN_VALUE;
        rejectionNotBeforeNs = Long.MIN_VALUE;
    }

    /** Says that the safety state changed, when it did. */
    void safetyState(final SafetyStateMachine safety) {
        if (safety.state() != saidState) {
            events.safetyStateChanged(safety.state(), saidState, safety.why());
            saidState = safety.state();
        }
    }

    /** These ticks were missed before this cycle, or none. */
    void missed(final MissedTicks missed, final long latenessNs, final long nowNs) {
        if (missed.total() > worstMissed.total()) {
            worstMissed.set(missed);
            worstLatenessNs = latenessNs;
        }
        if (worstMissed.total() > 0 && nowNs >= missedNotBeforeNs) {
            events.deadlineMissed(worstMissed, worstLatenessNs * 1e-9);
            worstMissed.clear();
            missedNotBeforeNs = nowNs + MISSED_INTERVAL_NS;
        }
    }

    /** The limiter changed these joints. */
    void limits(final int clamped, final CommandLimiter limiter, final long nowNs) {
        for (int i = 0; clamped >>> i != 0; i++) {
            final ClampReason reason = limiter.latestReason(i);
            if ((clamped >>> i & 1) != 0 && reason != null && nowNs >= limitNotBeforeNs[i]) {
                events.limitHit(i, limiter.latestAsked(i), reason);
                limitNotBeforeNs[i] = nowNs + SECOND_NS;
            }
        }
    }

    /** A set-point could not be used. */
    void refused(final ReasonText why, final Setpoint setpoint, final long nowNs) {
        if (nowNs >= rejectionNotBeforeNs) {
            events.setpointRejected(0, Double.NaN, why, setpoint);
            rejectionNotBeforeNs = nowNs + SECOND_NS;
        }
    }

    /** A set-point was too far from the waiting arm. */
    void tooFar(
            final int joint, final double distance, final double tolerance, final Setpoint setpoint, final long nowNs) {
        tooFarCount++;
        if (nowNs >= rejectionNotBeforeNs) {
            text.clear()
                    .append("joint ")
                    .append(joint)
                    .append(" is ")
                    .append(distance)
                    .append(" from the set-point: must be at most ")
                    .append(tolerance)
                    .append(" to begin; send set-points from where the arm is");
            events.setpointRejected(joint, distance, text, setpoint);
            rejectionNotBeforeNs = nowNs + SECOND_NS;
        }
    }

    /**
     * What is measured does not fit together.
     *
     * @param kind in what way.
     * @param joint from 0, or -1 when it is of no joint.
     * @param residual how far, in the kind's unit.
     * @param allowed how far it may.
     */
    void anomaly(final AnomalyKind kind, final int joint, final double residual, final double allowed) {
        final boolean isOfAJoint = joint >= 0;
        final String unit = kind.unitText(isOfAJoint && isSliding[joint]);
        text.clear();
        if (isOfAJoint) {
            text.append("joint ").append(joint).append(": ");
        }
        text.append(kind.text())
                .append(" ")
                .append(residual)
                .append(unit)
                .append(", at most ")
                .append(allowed)
                .append(unit);
        events.anomaly(kind, joint, Math.abs(residual) / allowed, text);
    }

    /** Set-points that were too far away to begin with. */
    long tooFarCount() {
        return tooFarCount;
    }
}

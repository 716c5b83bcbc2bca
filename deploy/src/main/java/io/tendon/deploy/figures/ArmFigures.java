package io.tendon.deploy.figures;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;

/**
 * What control lets the arm do.
 *
 * @param safetyState of control.
 * @param limitsHit cycles in which a limit changed the command.
 * @param setpointsRejected because they were too far from the arm.
 * @param anomalies in what it measures.
 */
public record ArmFigures(SafetyState safetyState, long limitsHit, long setpointsRejected, AnomalyFigures anomalies) {
    /** Reads it. */
    static ArmFigures read(final CounterView view) {
        return new ArmFigures(
                SafetyState.get((short) view.node(BusCounter.SAFETY_STATE, NodeId.CONTROL, 0)),
                view.node(BusCounter.LIMITS_HIT, NodeId.CONTROL, 0),
                view.node(BusCounter.SETPOINTS_REJECTED, NodeId.CONTROL, 0),
                AnomalyFigures.read(view));
    }

    /** Whether only an operator's reset ends the state. */
    public boolean isLatched() {
        return isLatched(safetyState);
    }

    /** Whether only an operator's reset ends a state. */
    public static boolean isLatched(final SafetyState state) {
        return state == SafetyState.STOPPED || state == SafetyState.EMERGENCY_STOPPED || state == SafetyState.FAULTED;
    }
}

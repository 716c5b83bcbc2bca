package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.safety.SafetyState;
import io.tendon.robot.JointType;
import io.tendon.schemas.JointKind;

/** Our words in the schema's. Stateless. */
@RealTime
final class SchemaTerms {
    private SchemaTerms() {}

    static io.tendon.schemas.SafetyState of(final SafetyState state) {
        return switch (state) {
            case WAITING -> io.tendon.schemas.SafetyState.WAITING;
            case RUNNING -> io.tendon.schemas.SafetyState.RUNNING;
            case EXTRAPOLATING -> io.tendon.schemas.SafetyState.EXTRAPOLATING;
            case RAMPING -> io.tendon.schemas.SafetyState.RAMPING;
            case STOPPED -> io.tendon.schemas.SafetyState.STOPPED;
            case HOLDING -> io.tendon.schemas.SafetyState.HOLDING;
            case JOGGING -> io.tendon.schemas.SafetyState.JOGGING;
            case EMERGENCY_STOPPED -> io.tendon.schemas.SafetyState.EMERGENCY_STOPPED;
            case FAULTED -> io.tendon.schemas.SafetyState.FAULTED;
        };
    }

    static io.tendon.schemas.AnomalyKind of(final AnomalyKind kind) {
        return switch (kind) {
            case EXTERNAL_EFFORT -> io.tendon.schemas.AnomalyKind.EXTERNAL_EFFORT;
            case TRACKING -> io.tendon.schemas.AnomalyKind.TRACKING;
            case ENCODER -> io.tendon.schemas.AnomalyKind.ENCODER;
            case WRIST_FORCE -> io.tendon.schemas.AnomalyKind.WRIST_FORCE;
            case SENSOR_FREEZE -> io.tendon.schemas.AnomalyKind.SENSOR_FREEZE;
        };
    }

    static JointKind of(final JointType type) {
        return switch (type) {
            case REVOLUTE -> JointKind.REVOLUTE;
            case CONTINUOUS -> JointKind.CONTINUOUS;
            case PRISMATIC -> JointKind.PRISMATIC;
        };
    }
}

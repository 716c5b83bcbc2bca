package io.tendon.control.link;

import io.tendon.bus.RealTime;
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

    static JointKind of(final JointType type) {
        return switch (type) {
            case REVOLUTE -> JointKind.REVOLUTE;
            case CONTINUOUS -> JointKind.CONTINUOUS;
            case PRISMATIC -> JointKind.PRISMATIC;
        };
    }
}

package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.control.controller.CommandGenerator;
import io.tendon.control.link.OperatorCommand;
import io.tendon.control.safety.MotionLimits;
import io.tendon.control.safety.OperatorRequest;
import io.tendon.control.safety.ReasonText;
import io.tendon.control.safety.SafetyState;
import io.tendon.control.safety.SafetyStateMachine;

/** Answers operators: accepts a command and lets it begin, or refuses it with the reason. Owner: the loop's thread. */
@RealTime
final class OperatorDesk {
    private final SafetyStateMachine safety;
    private final CommandGenerator generator;
    private final MotionLimits limits;
    private final ArmHardware hardware;

    OperatorDesk(
            final SafetyStateMachine safety,
            final CommandGenerator generator,
            final MotionLimits limits,
            final ArmHardware hardware) {
        this.safety = safety;
        this.generator = generator;
        this.limits = limits;
        this.hardware = hardware;
    }

    /** Whether the command was accepted; if not, the state machine's refusal says why. */
    boolean handle(final OperatorCommand command, final long nowNs) {
        final OperatorRequest request = command.request();
        if (request == OperatorRequest.JOG) {
            return jog(command);
        }
        if (request == OperatorRequest.RESET && safety.state() == SafetyState.FAULTED) {
            return resetFault(nowNs);
        }
        return safety.request(request, generator.isStanding());
    }

    private boolean jog(final OperatorCommand command) {
        final ReasonText refusal = safety.refusal().clear();
        final int joint = command.joint();
        if (joint < 0 || joint >= limits.jointCount()) {
            refusal.append("joint=")
                    .append(joint)
                    .append(": must be 0 to ")
                    .append(limits.jointCount() - 1L)
                    .append("; count from 0 at the base");
            return false;
        }
        if (!(command.speedFraction() > 0 && command.speedFraction() <= 1)) {
            refusal.append("speed=")
                    .append(command.speedFraction())
                    .append(": must be above 0 and at most 1; it is a share of the joint's velocity limit");
            return false;
        }
        final double position = generator.command().positions()[joint];
        final double target = position + command.amount();
        // A joint that is outside its limits may be brought back in.
        final double lower = Math.min(limits.lowerPosition(joint), position);
        final double upper = Math.max(limits.upperPosition(joint), position);
        if (!(target >= lower && target <= upper) || Double.isInfinite(target)) {
            refusal.append("jog of joint ")
                    .append(joint)
                    .append(" to ")
                    .append(target)
                    .append(": must stay within ")
                    .append(limits.lowerPosition(joint))
                    .append(" to ")
                    .append(limits.upperPosition(joint))
                    .append("; jog by less");
            return false;
        }
        if (!safety.requestJog(generator.isStanding())) {
            return false;
        }
        generator.jog(joint, command.amount(), command.speedFraction());
        return true;
    }

    private boolean resetFault(final long nowNs) {
        if (!generator.isStanding()) {
            return safety.request(OperatorRequest.RESET, false);
        }
        if (!hardware.restart()) {
            safety.refusal()
                    .clear()
                    .append("reset refused: the hardware still reports a fault: ")
                    .append(hardware.fault().toString());
            return false;
        }
        generator.restart(hardware.frame().positions(), nowNs);
        return safety.request(OperatorRequest.RESET, true);
    }
}

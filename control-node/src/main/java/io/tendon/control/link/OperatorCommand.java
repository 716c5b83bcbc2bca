package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.OperatorRequest;

/** An operator's command as it came, and where it stands in the log. Mutable; owner: the control loop's thread. */
@RealTime
public final class OperatorCommand {
    private OperatorRequest request = OperatorRequest.HOLD;
    private long commandId;
    private int joint;
    private double amount;
    private double speedFraction;
    private int sessionId;
    private long fromPosition;
    private long toPosition;

    /** A hold without an id. */
    public OperatorCommand() {}

    /** Sets what is asked. */
    public OperatorCommand request(final OperatorRequest newRequest, final long newCommandId) {
        request = newRequest;
        commandId = newCommandId;
        return this;
    }

    /** Sets how to jog: joint from 0, way in rad or m, share of the velocity limit. */
    public OperatorCommand jog(final int newJoint, final double newAmount, final double newSpeedFraction) {
        joint = newJoint;
        amount = newAmount;
        speedFraction = newSpeedFraction;
        return this;
    }

    /** Sets where it stands in the log. */
    public OperatorCommand origin(final int newSessionId, final long newFromPosition, final long newToPosition) {
        sessionId = newSessionId;
        fromPosition = newFromPosition;
        toPosition = newToPosition;
        return this;
    }

    /** What is asked. */
    public OperatorRequest request() {
        return request;
    }

    /** Random; the acknowledgement repeats it. */
    public long commandId() {
        return commandId;
    }

    /** Joint to jog, from 0. */
    public int joint() {
        return joint;
    }

    /** How far to jog, rad or m, signed. */
    public double amount() {
        return amount;
    }

    /** Share of the joint's velocity limit to jog with. */
    public double speedFraction() {
        return speedFraction;
    }

    /** Session of its writer's publication. */
    public int sessionId() {
        return sessionId;
    }

    /** Log position at which its frame begins. */
    public long fromPosition() {
        return fromPosition;
    }

    /** Log position behind its frame. */
    public long toPosition() {
        return toPosition;
    }
}

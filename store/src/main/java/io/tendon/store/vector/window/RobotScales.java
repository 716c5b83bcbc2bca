package io.tendon.store.vector.window;

import io.tendon.schemas.JointKind;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.SessionDescriptionDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What is much for a robot, so that windows of a small one and of a large one can be compared: its limits, as control
 * described them, and fixed scales where it has none. Immutable; any thread.
 *
 * @param joints base to tip.
 * @param gripperMaxWidthM widest opening, m.
 * @param cyclePeriodNs of the control loop, ns.
 */
record RobotScales(List<JointScale> joints, double gripperMaxWidthM, long cyclePeriodNs) {
    /** Push against the tool that counts as one, N. */
    static final double FORCE_N = 20;

    /** Torque on the tool that counts as one, N m. */
    static final double TORQUE_NM = 2;

    private static final double DEFAULT_GRIPPER_M = 0.1;
    private static final double DEFAULT_TURN = Math.PI;
    private static final double DEFAULT_SHIFT = 1;
    private static final double DEFAULT_EFFORT = 50;

    /** Copies the list. */
    RobotScales {
        joints = List.copyOf(joints);
    }

    /**
     * What counts as one for a joint; rad and N m, or m and N.
     *
     * @param middlePosition that counts as zero.
     * @param position from there.
     * @param velocity per s.
     * @param effort of the motor.
     */
    record JointScale(double middlePosition, double position, double velocity, double effort) {}

    /** Of a session description, which begins with its header at the offset. */
    static RobotScales of(final DirectBuffer buffer, final int offset) {
        final SessionDescriptionDecoder description =
                new SessionDescriptionDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final double gripperM = description.gripperMaxWidthM();
        final long cyclePeriodNs = description.cyclePeriodNs();
        // Groups and data are read in the order of the schema: each begins where the one before was left.
        description.inputs().forEach(input -> {});
        final List<JointScale> joints = new ArrayList<>();
        for (final SessionDescriptionDecoder.JointsDecoder joint : description.joints()) {
            final boolean isTurning = joint.kind() != JointKind.PRISMATIC;
            final double defaultScale = isTurning ? DEFAULT_TURN : DEFAULT_SHIFT;
            final double halfRange = (joint.upperPosition() - joint.lowerPosition()) / 2;
            final boolean isLimited = isScale(halfRange) && joint.kind() != JointKind.CONTINUOUS;
            joints.add(new JointScale(
                    isLimited ? joint.lowerPosition() + halfRange : 0,
                    isLimited ? halfRange : defaultScale,
                    isScale(joint.maxVelocity()) ? joint.maxVelocity() : defaultScale,
                    isScale(joint.maxEffort()) ? joint.maxEffort() : DEFAULT_EFFORT));
            joint.skipName();
        }
        return new RobotScales(joints, isScale(gripperM) ? gripperM : DEFAULT_GRIPPER_M, cyclePeriodNs);
    }

    private static boolean isScale(final double amount) {
        return amount > 0 && Double.isFinite(amount);
    }
}

package io.tendon.robot;

import java.util.ArrayList;
import java.util.List;

/**
 * What a gripper can do, from its joints.
 *
 * <p>Fingers that slide: the width is the sum of their ranges, the speed the sum of their speeds, the force that of the
 * weakest finger with a motor. Jaws that turn, and what the URDF leaves out: the defaults below, those of a common
 * parallel gripper for tools of this size. A robot without a gripper gets a virtual one with the same numbers.
 */
final class GripperSizing {
    /** Opening when the URDF does not say. */
    static final double DEFAULT_WIDTH_M = 0.085;

    /** Grip force when the URDF does not say. */
    static final double DEFAULT_FORCE_N = 40;

    /** Greatest grip force that is believed; beyond it a number in a URDF is taken for a placeholder. */
    static final double MAX_FORCE_N = 250;

    /** Speed of the width when the URDF does not say. */
    static final double DEFAULT_SPEED_M_PER_S = 0.15;

    /** Greatest speed of the width that is believed. */
    static final double MAX_SPEED_M_PER_S = 0.5;

    /** Greatest opening that is believed. */
    static final double MAX_WIDTH_M = 0.5;

    private GripperSizing() {}

    static Gripper size(final UrdfTree tree, final List<UrdfJoint> joints, final List<String> assumptions) {
        double widthM = 0;
        double speedMPerS = 0;
        double forceN = Double.POSITIVE_INFINITY;
        final List<String> names = new ArrayList<>();
        for (final UrdfJoint joint : joints) {
            names.add(joint.name());
            if (joint.type() == JointType.PRISMATIC) {
                widthM += rangeM(tree, joint);
                final boolean isLed = tree.leader(joint).type() == JointType.PRISMATIC;
                final UrdfJoint.Limit limit = (isLed ? tree.leader(joint) : joint).limit();
                if (limit != null) {
                    speedMPerS += Math.max(0, limit.velocity()) * (isLed ? Math.abs(ratio(tree, joint)) : 1);
                    forceN = limit.effort() > 0 ? Math.min(forceN, limit.effort()) : forceN;
                }
            }
        }
        if (names.isEmpty()) {
            assumptions.add("no gripper: a virtual one that opens to " + DEFAULT_WIDTH_M + " m is taken");
        } else if (!(widthM > 0)) {
            assumptions.add("the gripper's joints do not say how wide it opens: " + DEFAULT_WIDTH_M + " m is taken");
        }
        return new Gripper(
                !names.isEmpty(),
                widthM > 0 ? Math.min(widthM, MAX_WIDTH_M) : DEFAULT_WIDTH_M,
                forceN < Double.POSITIVE_INFINITY ? Math.min(forceN, MAX_FORCE_N) : DEFAULT_FORCE_N,
                speedMPerS > 0 ? Math.min(speedMPerS, MAX_SPEED_M_PER_S) : DEFAULT_SPEED_M_PER_S,
                names);
    }

    /** How far a finger slides: as far as it is led when it mimics, else its own range. */
    private static double rangeM(final UrdfTree tree, final UrdfJoint joint) {
        final UrdfJoint leader = tree.leader(joint);
        final UrdfJoint.Limit limit = leader.type() == JointType.PRISMATIC ? leader.limit() : joint.limit();
        final double ratio = leader.type() == JointType.PRISMATIC ? ratio(tree, joint) : 1;
        return limit == null ? 0 : (limit.upper() - limit.lower()) * Math.abs(ratio);
    }

    /** Product of the multipliers between a joint and the joint that leads it. */
    private static double ratio(final UrdfTree tree, final UrdfJoint joint) {
        double ratio = 1;
        UrdfJoint follower = joint;
        for (UrdfJoint.Mimic mimic = joint.mimic(); mimic != null; mimic = follower.mimic()) {
            ratio *= mimic.multiplier();
            final UrdfJoint next = tree.joint(mimic.joint());
            if (next == null) {
                break;
            }
            follower = next;
        }
        return ratio;
    }
}

package io.tendon.robot;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the tip of an arm is: the frame that a robot's author meant for the tool, else between the roots of the fingers,
 * else the end of the fixed links behind the last joint. Its z axis points out of the tool.
 *
 * @param link name of the link whose frame it is, or which it was made from.
 * @param pose seen from the arm's last moving link.
 */
record ToolFrame(String link, Pose pose) {
    private static final Pattern NO_TOOL =
            Pattern.compile("camera|sensor|mount|changer|adapter|base|inertia|collision|cable|cover|imu|laser|_sc$");
    private static final List<Pattern> NAMES_BEST_FIRST = List.of(
            Pattern.compile("tcp|tool_cent(er|re)"),
            Pattern.compile("grasp|gripper_frame"),
            Pattern.compile("(^|[^a-z])tool"),
            Pattern.compile("end_?effector|(^|[^a-z])eef?([^a-z]|$)"));
    private static final double SHORTEST_OFFSET_M = 1e-3;
    private static final double ALIGNED = 0.9;
    private static final int NONE = Integer.MAX_VALUE;

    static ToolFrame find(
            final UrdfTree tree,
            final ArmSelection.Arm arm,
            final @Nullable String wantedLink,
            final List<String> assumptions) {
        final Map<String, Pose> rigid = RigidLinks.posesBehind(tree, arm.lastLink(), arm.gripperJoints());
        if (wantedLink != null) {
            final Map<String, Pose> all = RigidLinks.posesBehind(tree, arm.lastLink(), List.of());
            final Pose pose = all.get(wantedLink);
            if (pose != null) {
                return new ToolFrame(wantedLink, pose);
            }
        }
        final String named = named(tree, arm, rigid);
        if (named != null) {
            return new ToolFrame(named, outwards(named, rigid.getOrDefault(named, new Pose()), arm, assumptions));
        }
        final ToolFrame between = betweenFingers(arm, rigid);
        if (between != null) {
            assumptions.add("no tool frame: the tip is taken to be between the roots of the fingers on link \""
                    + between.link + "\"");
            return new ToolFrame(between.link, outwards(between.link, between.pose, arm, assumptions));
        }
        final String end = endOf(tree, arm.lastLink(), rigid);
        assumptions.add("no tool frame: the tip is taken to be the frame of link \"" + end + "\"");
        return new ToolFrame(end, outwards(end, rigid.getOrDefault(end, new Pose()), arm, assumptions));
    }

    /** The link with the best name; among equals the one furthest out. */
    private static @Nullable String named(
            final UrdfTree tree, final ArmSelection.Arm arm, final Map<String, Pose> rigid) {
        for (final Pattern pattern : NAMES_BEST_FIRST) {
            String found = null;
            for (final String link : rigid.keySet()) {
                final String lower = link.toLowerCase(Locale.ROOT);
                if (pattern.matcher(lower).find()
                        && !NO_TOOL.matcher(lower).find()
                        && !carriesGripper(tree, arm, link)) {
                    found = link;
                }
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A frame with the fingers mounted behind it is a flange, not the tool. */
    private static boolean carriesGripper(final UrdfTree tree, final ArmSelection.Arm arm, final String link) {
        for (final UrdfJoint joint : arm.gripperJoints()) {
            for (UrdfJoint up = joint; up != null; up = tree.parentJoint(up.parent())) {
                if (up.parent().equals(link)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable ToolFrame betweenFingers(final ArmSelection.Arm arm, final Map<String, Pose> rigid) {
        final Pose middle = new Pose();
        final Pose finger = new Pose();
        String link = null;
        int fingers = 0;
        final double[] sum = new double[3];
        for (final UrdfJoint joint : arm.gripperJoints()) {
            final Pose mount = rigid.get(joint.parent());
            if (mount != null) {
                if (link == null) {
                    link = joint.parent();
                    middle.set(mount);
                }
                finger.setProduct(mount, joint.origin());
                for (int k = 0; k < 3; k++) {
                    sum[k] += finger.positionM()[k];
                }
                fingers++;
            }
        }
        if (link == null) {
            return null;
        }
        for (int k = 0; k < 3; k++) {
            middle.positionM()[k] = sum[k] / fingers;
        }
        return new ToolFrame(link, middle);
    }

    /** Follows fixed joints outwards as long as there is only one way that could lead to a tool. */
    private static String endOf(final UrdfTree tree, final String lastLink, final Map<String, Pose> rigid) {
        String link = lastLink;
        List<String> next = List.of(lastLink);
        while (next.size() == 1) {
            link = next.get(0);
            next = tree.childJoints(link).stream()
                    .map(UrdfJoint::child)
                    .filter(rigid::containsKey)
                    .filter(child ->
                            !NO_TOOL.matcher(child.toLowerCase(Locale.ROOT)).find())
                    .toList();
        }
        return link;
    }

    /**
     * Turns a frame so that z points out of the tool, when another of its axes does and z does not: some authors let x
     * point out. Out of the tool is away from the last joint; where no axis says so clearly, it is along the last joint's
     * own axis, since wrists end in a roll.
     */
    private static Pose outwards(
            final String link, final Pose pose, final ArmSelection.Arm arm, final List<String> assumptions) {
        final double[] offset = pose.positionM();
        final UrdfJoint last = arm.joints().get(arm.joints().size() - 1);
        final double[] roll = last.axis().toArray();
        final double alongRoll = offset[0] * roll[0] + offset[1] * roll[1] + offset[2] * roll[2];
        final double length = Math.sqrt(offset[0] * offset[0] + offset[1] * offset[1] + offset[2] * offset[2]);
        int axis = length < SHORTEST_OFFSET_M ? NONE : alignedAxis(pose, offset, 1 / length);
        if (axis == NONE && Math.abs(alongRoll) > SHORTEST_OFFSET_M) {
            axis = alignedAxis(pose, roll, Math.signum(alongRoll));
        }
        if (axis == NONE || axis == 2) {
            return pose;
        }
        final boolean negative = axis < 0;
        final int letter = negative ? -1 - axis : axis;
        final double quarter = negative ? -Math.PI / 2 : Math.PI / 2;
        final Pose turn = new Pose();
        turn.setXyzRpy(
                new double[3],
                switch (letter) {
                    case 0 -> new double[] {0, quarter, 0};
                    case 1 -> new double[] {-quarter, 0, 0};
                    default -> new double[] {Math.PI, 0, 0};
                });
        final Pose turned = new Pose();
        turned.setProduct(pose, turn);
        assumptions.add("the " + (negative ? "-" : "+") + "xyz".charAt(letter) + " axis of link \"" + link
                + "\" points out of the tool: the tip frame is turned so that z does");
        return turned;
    }

    /** 0 to 2 for x to z along a direction, -1 to -3 for x to z against it, {@link #NONE} when none is close. */
    private static int alignedAxis(final Pose pose, final double[] direction, final double scale) {
        final double[] r = pose.rotation();
        for (int axis = 0; axis < 3; axis++) {
            final double along =
                    scale * (r[axis] * direction[0] + r[3 + axis] * direction[1] + r[6 + axis] * direction[2]);
            if (Math.abs(along) > ALIGNED) {
                return along > 0 ? axis : -1 - axis;
            }
        }
        return NONE;
    }
}

package io.tendon.robot;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links that stay where they are, seen from a link, as long as certain joints are not crossed and all others are at 0. */
final class RigidLinks {
    private RigidLinks() {}

    /**
     * Poses of the links behind a link.
     *
     * @param tree of the robot.
     * @param link to begin at; it is part of the result, with the identity.
     * @param barriers joints that are not crossed.
     * @return poses by link name, nearer links first.
     */
    static Map<String, Pose> posesBehind(final UrdfTree tree, final String link, final Collection<UrdfJoint> barriers) {
        final Map<String, Pose> poses = new LinkedHashMap<>();
        final Deque<String> queue = new ArrayDeque<>();
        final Pose start = new Pose();
        poses.put(link, start);
        queue.add(link);
        while (!queue.isEmpty()) {
            final String parent = queue.remove();
            for (final UrdfJoint joint : tree.childJoints(parent)) {
                if (!barriers.contains(joint)) {
                    final Pose pose = new Pose();
                    pose.setProduct(poses.getOrDefault(parent, start), joint.origin());
                    poses.put(joint.child(), pose);
                    queue.add(joint.child());
                }
            }
        }
        return poses;
    }
}

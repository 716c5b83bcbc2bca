package io.tendon.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Folds fixed joints away and lumps what they carry, fingers at their position 0 among it, into the moving links. One
 * file, one thread.
 */
final class ChainBuilder {
    /** Mass given to each moving link of a robot whose URDF has no masses at all. */
    static final double DEFAULT_LINK_MASS_KG = 0.2;

    /** Radius of the solid ball that such a link is taken to be, halfway to the next joint. */
    static final double DEFAULT_LINK_RADIUS_M = 0.03;

    private ChainBuilder() {}

    static KinematicChain build(
            final UrdfTree tree, final ArmSelection.Arm arm, final ToolFrame tool, final List<String> assumptions) {
        final List<UrdfJoint> joints = arm.joints();
        final List<Pose> mounts = new ArrayList<>();
        final List<RigidBody> bodies = new ArrayList<>();
        String link = tree.root().name();
        for (int i = 0; i <= joints.size(); i++) {
            final List<UrdfJoint> barrier = i < joints.size() ? List.of(joints.get(i)) : List.of();
            final Map<String, Pose> poses = RigidLinks.posesBehind(tree, link, barrier);
            if (i > 0) {
                bodies.add(lump(tree, poses, assumptions));
            }
            if (i < joints.size()) {
                final UrdfJoint joint = joints.get(i);
                final Pose mount = new Pose();
                mount.setProduct(poses.getOrDefault(joint.parent(), mount), joint.origin());
                mounts.add(mount);
                link = joint.child();
            }
        }
        if (bodies.stream().allMatch(body -> body.massKg == 0)) {
            assumptions.add("no link that moves has a mass: each is taken to be a ball of " + DEFAULT_LINK_MASS_KG
                    + " kg halfway to the next joint");
            addDefaultMasses(mounts, tool.pose(), bodies);
        }
        final List<KinematicChain.Segment> segments = new ArrayList<>();
        for (int i = 0; i < joints.size(); i++) {
            final UrdfJoint joint = joints.get(i);
            segments.add(new KinematicChain.Segment(
                    mounts.get(i), joint.axis(), joint.type() == JointType.PRISMATIC, bodies.get(i)));
        }
        return new KinematicChain(tree.root().name(), tool.link(), segments, tool.pose());
    }

    private static RigidBody lump(final UrdfTree tree, final Map<String, Pose> poses, final List<String> assumptions) {
        final RigidBody body = new RigidBody();
        final Pose frame = new Pose();
        poses.forEach((name, pose) -> {
            final UrdfLink link = tree.link(name);
            final UrdfLink.Inertial inertial = link == null ? null : link.inertial();
            if (inertial != null) {
                frame.setProduct(pose, inertial.frame());
                SymmetricMatrix inertia = inertial.inertia();
                if (!inertia.isPositiveSemidefinite()) {
                    assumptions.add("the inertia of link \"" + name + "\" is of no real body: taken to be 0");
                    inertia = SymmetricMatrix.ZERO;
                }
                body.add(frame, inertial.massKg(), inertia.toArray());
            }
        });
        return body;
    }

    private static void addDefaultMasses(final List<Pose> mounts, final Pose tip, final List<RigidBody> bodies) {
        final double[] ball = SymmetricMatrix.ofBall(DEFAULT_LINK_MASS_KG, DEFAULT_LINK_RADIUS_M)
                .toArray();
        final Pose centre = new Pose();
        for (int i = 0; i < bodies.size(); i++) {
            final double[] end = (i + 1 < mounts.size() ? mounts.get(i + 1) : tip).positionM();
            for (int k = 0; k < 3; k++) {
                centre.positionM()[k] = end[k] / 2;
            }
            bodies.get(i).add(centre, DEFAULT_LINK_MASS_KG, ball);
        }
    }
}

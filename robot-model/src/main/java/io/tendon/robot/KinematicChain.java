package io.tendon.robot;

import java.util.List;

/**
 * Geometry and masses of the arm from its base to its tip: only moving joints are left, fixed ones are folded into the
 * transforms between them and what they carry is lumped into the moving link that carries it. Immutable; any thread.
 *
 * <p>Link i is what joint i moves. Its frame coincides with the joint's frame, as in URDF, when the joint is at 0.
 */
public final class KinematicChain {
    /**
     * A moving joint and the link behind it.
     *
     * @param mount frame of the joint at position 0, seen from the link before it (from the base for the first).
     * @param axis unit vector in that frame.
     * @param prismatic true when it slides.
     * @param body everything that moves with the link and not with a joint further on, in the link's frame.
     */
    record Segment(Pose mount, UrdfJoint.Axis axis, boolean prismatic, RigidBody body) {}

    private final String baseLink;
    private final String tipLink;
    private final double reachM;
    final Pose[] mounts;
    final Pose tipMount = new Pose();
    final double[] axes;
    final boolean[] prismatic;
    final double[] massesKg;
    final double[] momentsKgM;
    final double[] inertiasKgM2;

    KinematicChain(final String baseLink, final String tipLink, final List<Segment> segments, final Pose tipMount) {
        this.baseLink = baseLink;
        this.tipLink = tipLink;
        final int n = segments.size();
        mounts = new Pose[n];
        axes = new double[3 * n];
        prismatic = new boolean[n];
        massesKg = new double[n];
        momentsKgM = new double[3 * n];
        inertiasKgM2 = new double[9 * n];
        for (int i = 0; i < n; i++) {
            final Segment segment = segments.get(i);
            mounts[i] = new Pose();
            mounts[i].set(segment.mount());
            System.arraycopy(segment.axis().toArray(), 0, axes, 3 * i, 3);
            prismatic[i] = segment.prismatic();
            massesKg[i] = segment.body().massKg;
            System.arraycopy(segment.body().momentKgM, 0, momentsKgM, 3 * i, 3);
            System.arraycopy(segment.body().inertiaKgM2, 0, inertiasKgM2, 9 * i, 9);
        }
        this.tipMount.set(tipMount);
        double sum = length(tipMount);
        for (int i = 1; i < n; i++) {
            sum += length(mounts[i]);
        }
        reachM = sum;
    }

    /**
     * Number of moving joints.
     *
     * @return 3 to 16.
     */
    public int jointCount() {
        return mounts.length;
    }

    /**
     * Name of the link whose frame is the base frame.
     *
     * @return the URDF's root link.
     */
    public String baseLink() {
        return baseLink;
    }

    /**
     * Name of the link at the tip.
     *
     * @return a link of the URDF.
     */
    public String tipLink() {
        return tipLink;
    }

    /**
     * Distance from the first joint to the tip if the chain could be pulled straight with sliding joints at 0; no pose of a
     * purely turning arm reaches further.
     *
     * @return m.
     */
    public double reachM() {
        return reachM;
    }

    /**
     * Mass of everything that moves.
     *
     * @return kg, without payload.
     */
    public double movingMassKg() {
        double sum = 0;
        for (final double mass : massesKg) {
            sum += mass;
        }
        return sum;
    }

    /**
     * Whether a joint slides.
     *
     * @param joint index from the base.
     * @return false when it turns.
     */
    public boolean isPrismatic(final int joint) {
        return prismatic[joint];
    }

    private static double length(final Pose pose) {
        final double[] p = pose.positionM();
        return Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    }
}

package io.tendon.robot;

/**
 * Where the links and the tip are for given joint positions. Scratch space of one owner thread; allocates nothing after
 * its construction.
 *
 * <p>Jacobian after Siciliano et al., Robotics: Modelling, Planning and Control, section 3.1.
 */
public final class ForwardKinematics {
    private final KinematicChain chain;
    private final Pose[] links;
    private final double[] axes;
    private final Pose motion = new Pose();
    private final Pose tip = new Pose();

    /**
     * Makes the scratch space; {@link #update} must come before anything is read.
     *
     * @param chain of the arm.
     */
    public ForwardKinematics(final KinematicChain chain) {
        this.chain = chain;
        links = new Pose[chain.jointCount()];
        for (int i = 0; i < links.length; i++) {
            links[i] = new Pose();
        }
        axes = new double[3 * links.length];
    }

    /**
     * Moves the chain.
     *
     * @param positions of at least as many joints as the chain has, rad or m; limits are not looked at.
     */
    public void update(final double[] positions) {
        for (int i = 0; i < links.length; i++) {
            final Pose link = links[i];
            if (i == 0) {
                link.set(chain.mounts[0]);
            } else {
                link.setProduct(links[i - 1], chain.mounts[i]);
            }
            final double[] r = link.rotation();
            final double x = chain.axes[3 * i];
            final double y = chain.axes[3 * i + 1];
            final double z = chain.axes[3 * i + 2];
            axes[3 * i] = r[0] * x + r[1] * y + r[2] * z;
            axes[3 * i + 1] = r[3] * x + r[4] * y + r[5] * z;
            axes[3 * i + 2] = r[6] * x + r[7] * y + r[8] * z;
            if (chain.prismatic[i]) {
                final double[] p = link.positionM();
                p[0] += axes[3 * i] * positions[i];
                p[1] += axes[3 * i + 1] * positions[i];
                p[2] += axes[3 * i + 2] * positions[i];
            } else {
                motion.setAxisAngle(chain.axes, 3 * i, positions[i]);
                link.setProduct(link, motion);
            }
        }
        tip.setProduct(links[links.length - 1], chain.tipMount);
    }

    /**
     * The tip frame, seen from the base, as of the latest update. Its z axis points out of the tool.
     *
     * @return the live pose; do not change it.
     */
    public Pose tip() {
        return tip;
    }

    /**
     * The frame of a moving link, seen from the base, as of the latest update.
     *
     * @param joint that moves it, from 0.
     * @return the live pose; do not change it.
     */
    public Pose link(final int joint) {
        return links[joint];
    }

    /**
     * The joints' axes, seen from the base, as of the latest update.
     *
     * @return the live array of 3 per joint; do not change it.
     */
    public double[] axes() {
        return axes;
    }

    /**
     * The geometric Jacobian of the tip as of the latest update: tip velocity = J times joint velocities.
     *
     * @param out receives 6 x n, row-major: linear x, y, z, then angular x, y, z, in the base frame.
     */
    public void jacobian(final double[] out) {
        final int n = links.length;
        final double[] t = tip.positionM();
        for (int i = 0; i < n; i++) {
            final double x = axes[3 * i];
            final double y = axes[3 * i + 1];
            final double z = axes[3 * i + 2];
            if (chain.prismatic[i]) {
                out[i] = x;
                out[n + i] = y;
                out[2 * n + i] = z;
                out[3 * n + i] = 0;
                out[4 * n + i] = 0;
                out[5 * n + i] = 0;
            } else {
                final double[] p = links[i].positionM();
                final double dx = t[0] - p[0];
                final double dy = t[1] - p[1];
                final double dz = t[2] - p[2];
                out[i] = y * dz - z * dy;
                out[n + i] = z * dx - x * dz;
                out[2 * n + i] = x * dy - y * dx;
                out[3 * n + i] = x;
                out[4 * n + i] = y;
                out[5 * n + i] = z;
            }
        }
    }
}

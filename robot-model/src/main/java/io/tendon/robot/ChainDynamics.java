package io.tendon.robot;

/**
 * Efforts and inertias of the arm for given joint positions. Scratch space of one owner thread; allocates nothing after
 * its construction.
 *
 * <p>Both go from the tip to the base and gather everything that a joint carries into one composite body (Featherstone,
 * Rigid Body Dynamics Algorithms, chapter 6, reduced to the diagonal). The payload is a point mass at the tip. Gravity is
 * {@value #GRAVITY_M_PER_S2} m/s2 along the base's negative z axis.
 */
public final class ChainDynamics {
    /** Standard gravity. */
    public static final double GRAVITY_M_PER_S2 = 9.80665;

    /**
     * Least inertia reported for a turning joint, kg m2: that of a small geared motor, which URDF does not describe. It
     * keeps a link without mass from having none.
     */
    public static final double MIN_INERTIA_KG_M2 = 0.002;

    /** Least inertia reported for a sliding joint, kg, for the same reason. */
    public static final double MIN_INERTIA_KG = 0.2;

    private final KinematicChain chain;
    private final ForwardKinematics kinematics;
    private final double[] point = new double[3];
    private final double[] moment = new double[3];
    private final double[] inertia = new double[9];
    private final double[] gravityEfforts;
    private final double[] inertias;
    private double massKg;

    /**
     * Makes the scratch space.
     *
     * @param chain of the arm.
     */
    public ChainDynamics(final KinematicChain chain) {
        this.chain = chain;
        kinematics = new ForwardKinematics(chain);
        gravityEfforts = new double[chain.jointCount()];
        inertias = new double[chain.jointCount()];
    }

    /**
     * Moves the chain, and finds what each joint carries and feels there.
     *
     * @param positions of the joints, rad or m.
     * @param payloadKg at the tip, at least 0.
     */
    public void update(final double[] positions, final double payloadKg) {
        begin(positions, payloadKg);
        final double[] axes = kinematics.axes();
        for (int i = chain.jointCount() - 1; i >= 0; i--) {
            gatherMoment(i);
            gatherInertia(i);
            if (chain.prismatic[i]) {
                gravityEfforts[i] = GRAVITY_M_PER_S2 * massKg * axes[3 * i + 2];
                inertias[i] = Math.max(massKg, MIN_INERTIA_KG);
            } else {
                final double[] p = kinematics.link(i).positionM();
                gravityEfforts[i] = GRAVITY_M_PER_S2
                        * (axes[3 * i] * (moment[1] - massKg * p[1]) - axes[3 * i + 1] * (moment[0] - massKg * p[0]));
                inertias[i] = Math.max(aboutAxis(i), MIN_INERTIA_KG_M2);
            }
        }
    }

    /** Efforts that hold the arm still against gravity, the gradient of its potential energy: N m or N per joint; live. */
    public double[] gravityEfforts() {
        return gravityEfforts;
    }

    /**
     * Diagonal of the mass matrix, the inertia that each joint feels when it moves alone: kg m2 or kg per joint, at least
     * {@link #MIN_INERTIA_KG_M2} or {@link #MIN_INERTIA_KG}; live.
     */
    public double[] diagonalInertia() {
        return inertias;
    }

    /** The chain as of the latest update; live, not to be moved by others. */
    public ForwardKinematics kinematics() {
        return kinematics;
    }

    private void begin(final double[] positions, final double payloadKg) {
        kinematics.update(positions);
        final double[] tip = kinematics.tip().positionM();
        massKg = payloadKg;
        for (int k = 0; k < 3; k++) {
            moment[k] = payloadKg * tip[k];
        }
        beginInertia(payloadKg);
    }

    private void beginInertia(final double payloadKg) {
        final double[] t = kinematics.tip().positionM();
        final double squared = t[0] * t[0] + t[1] * t[1] + t[2] * t[2];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                inertia[3 * i + j] = payloadKg * ((i == j ? squared : 0) - t[i] * t[j]);
            }
        }
    }

    /** Adds link i's mass and first moment about the base's origin. */
    private void gatherMoment(final int i) {
        final double mass = chain.massesKg[i];
        final Pose link = kinematics.link(i);
        final double[] r = link.rotation();
        final double[] p = link.positionM();
        massKg += mass;
        for (int k = 0; k < 3; k++) {
            point[k] = r[3 * k] * chain.momentsKgM[3 * i]
                    + r[3 * k + 1] * chain.momentsKgM[3 * i + 1]
                    + r[3 * k + 2] * chain.momentsKgM[3 * i + 2];
            moment[k] += point[k] + mass * p[k];
        }
    }

    /**
     * Adds link i's inertia about the base's origin. With link origin p, turned first moment s (in {@code point}) and
     * turned inertia I about p: I + m (p.p E - p p') + 2 p.s E - p s' - s p'.
     */
    private void gatherInertia(final int i) {
        final double mass = chain.massesKg[i];
        final Pose link = kinematics.link(i);
        final double[] r = link.rotation();
        final double[] p = link.positionM();
        final double trace = mass * (p[0] * p[0] + p[1] * p[1] + p[2] * p[2])
                + 2 * (p[0] * point[0] + p[1] * point[1] + p[2] * point[2]);
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
                double turned = 0;
                for (int m = 0; m < 3; m++) {
                    turned += r[3 * j + m]
                            * (chain.inertiasKgM2[9 * i + 3 * m] * r[3 * k]
                                    + chain.inertiasKgM2[9 * i + 3 * m + 1] * r[3 * k + 1]
                                    + chain.inertiasKgM2[9 * i + 3 * m + 2] * r[3 * k + 2]);
                }
                inertia[3 * j + k] +=
                        turned + (j == k ? trace : 0) - mass * p[j] * p[k] - p[j] * point[k] - point[j] * p[k];
            }
        }
    }

    /** Inertia of the composite body about joint i's axis, moved from the base's origin to the joint's. */
    private double aboutAxis(final int i) {
        final double[] a = kinematics.axes();
        final double[] p = kinematics.link(i).positionM();
        final double x = a[3 * i];
        final double y = a[3 * i + 1];
        final double z = a[3 * i + 2];
        final double aboutOrigin = x * (inertia[0] * x + inertia[1] * y + inertia[2] * z)
                + y * (inertia[3] * x + inertia[4] * y + inertia[5] * z)
                + z * (inertia[6] * x + inertia[7] * y + inertia[8] * z);
        final double px = y * p[2] - z * p[1];
        final double py = z * p[0] - x * p[2];
        final double pz = x * p[1] - y * p[0];
        final double sx = y * moment[2] - z * moment[1];
        final double sy = z * moment[0] - x * moment[2];
        final double sz = x * moment[1] - y * moment[0];
        return aboutOrigin - 2 * (sx * px + sy * py + sz * pz) + massKg * (px * px + py * py + pz * pz);
    }
}

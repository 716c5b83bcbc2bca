package io.tendon.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Limits of the arm's joints: those of the URDF, and what URDF cannot say or a file left out.
 *
 * <ul>
 *   <li>Velocity, when missing, not above 0, or beyond belief (above {@value #GREATEST_VELOCITY_RAD_PER_S} rad/s or {@value
 *       #GREATEST_VELOCITY_M_PER_S} m/s, which files write for "no limit"): {@value #DEFAULT_VELOCITY_RAD_PER_S} rad/s or {@value #DEFAULT_VELOCITY_M_PER_S} m/s.
 *   <li>Effort, when missing, not above 0, above {@value #GREATEST_EFFORT}, or below {@value #LEAST_EFFORT_TO_GRAVITY}
 *       times the greatest load by gravity (nobody builds an arm that cannot hold itself): {@value #DEFAULT_EFFORT_RATIO}
 *       times what gravity and the acceleration below need together, at least {@value #LEAST_EFFORT_NM} N m or {@value
 *       #LEAST_EFFORT_N} N.
 *   <li>Friction: Coulomb and viscous at full speed, each at most a quarter of the effort that gravity leaves.
 *   <li>Acceleration: full speed after {@value #TIME_TO_FULL_SPEED_S} s, at most {@value #MAX_ACCELERATION_RAD_PER_S2}
 *       rad/s2 or {@value #MAX_ACCELERATION_M_PER_S2} m/s2, and at most half of what the effort that gravity and friction
 *       leave gives to the greatest inertia; the other half is for the coupling of the joints and for a payload.
 *   <li>Jerk: full acceleration after {@value #TIME_TO_FULL_ACCELERATION_S} s.
 * </ul>
 *
 * <p>Greatest load and inertia are those of {@value #SAMPLES} poses drawn with a fixed seed, and of every joint at 0. One
 * file, one thread.
 */
final class DriveSizing {
    static final double DEFAULT_VELOCITY_RAD_PER_S = 2;
    static final double DEFAULT_VELOCITY_M_PER_S = 0.25;
    static final double GREATEST_VELOCITY_RAD_PER_S = 100;
    static final double GREATEST_VELOCITY_M_PER_S = 20;
    static final double GREATEST_EFFORT = 1e5;
    static final double LEAST_EFFORT_TO_GRAVITY = 1.3;
    static final double DEFAULT_EFFORT_RATIO = 2.5;
    static final double LEAST_EFFORT_NM = 3;
    static final double LEAST_EFFORT_N = 30;
    static final double TIME_TO_FULL_SPEED_S = 0.25;
    static final double MAX_ACCELERATION_RAD_PER_S2 = 15;
    static final double MAX_ACCELERATION_M_PER_S2 = 5;
    static final double TIME_TO_FULL_ACCELERATION_S = 0.05;
    static final int SAMPLES = 1000;
    private static final double GREATEST_SHARE_OF_FRICTION = 0.25;
    private static final long SEED = 0x54656e646f6eL;

    private final List<UrdfJoint> joints;
    private final List<String> assumptions;
    private final double[] loads;
    private final double[] inertias;

    private DriveSizing(final List<UrdfJoint> joints, final KinematicChain chain, final List<String> assumptions) {
        this.joints = joints;
        this.assumptions = assumptions;
        loads = new double[joints.size()];
        inertias = new double[joints.size()];
        measure(chain);
    }

    /** The arm's joints with all limits. */
    static List<Joint> size(final List<UrdfJoint> joints, final KinematicChain chain, final List<String> assumptions) {
        final DriveSizing sizing = new DriveSizing(joints, chain, assumptions);
        final List<Joint> sized = new ArrayList<>();
        for (int i = 0; i < joints.size(); i++) {
            sized.add(sizing.joint(i));
        }
        return sized;
    }

    private void measure(final KinematicChain chain) {
        final ChainDynamics dynamics = new ChainDynamics(chain);
        final SplittableRandom random = new SplittableRandom(SEED);
        final int n = joints.size();
        final double[] positions = new double[n];
        for (int sample = 0; sample <= SAMPLES; sample++) {
            for (int i = 0; i < n; i++) {
                final double u = random.nextDouble();
                final double lower = lower(i);
                final double upper = upper(i);
                positions[i] = sample == 0 ? Math.max(lower, Math.min(upper, 0)) : lower + u * (upper - lower);
            }
            dynamics.update(positions, 0);
            for (int i = 0; i < n; i++) {
                loads[i] = Math.max(loads[i], Math.abs(dynamics.gravityEfforts()[i]));
                inertias[i] = Math.max(inertias[i], dynamics.diagonalInertia()[i]);
            }
        }
    }

    private double lower(final int i) {
        final UrdfJoint.Limit limit = joints.get(i).limit();
        return joints.get(i).type() == JointType.CONTINUOUS || limit == null
                ? -Math.PI
                : Math.max(limit.lower(), Math.min(-Math.PI, limit.upper() - 1));
    }

    private double upper(final int i) {
        final UrdfJoint.Limit limit = joints.get(i).limit();
        return joints.get(i).type() == JointType.CONTINUOUS || limit == null
                ? Math.PI
                : Math.min(limit.upper(), Math.max(Math.PI, limit.lower() + 1));
    }

    private Joint joint(final int i) {
        final UrdfJoint joint = joints.get(i);
        final boolean slides = joint.type() == JointType.PRISMATIC;
        final double velocity = velocity(joint, slides);
        final double cap = slides ? MAX_ACCELERATION_M_PER_S2 : MAX_ACCELERATION_RAD_PER_S2;
        final double wanted = Math.min(velocity / TIME_TO_FULL_SPEED_S, cap);
        final double effort = effort(joint, slides, loads[i], inertias[i] * wanted);
        final double spare = effort - loads[i];
        final double most = GREATEST_SHARE_OF_FRICTION * spare;
        if (joint.friction() > most || joint.damping() * velocity > most) {
            assumptions.add(
                    "joint \"" + joint.name() + "\" friction=" + joint.friction() + " damping=" + joint.damping()
                            + ": leaves its motor too little, each is taken to be at most a quarter of what gravity leaves");
        }
        final double friction = Math.min(joint.friction(), most);
        final double damping = Math.min(joint.damping(), most / velocity);
        final double able = 0.5 * (spare - friction - damping * velocity) / inertias[i];
        final double acceleration = Math.min(wanted, able);
        final boolean endless = joint.type() == JointType.CONTINUOUS;
        final UrdfJoint.Limit limit = joint.limit();
        final JointLimits limits = new JointLimits(
                endless || limit == null ? Double.NEGATIVE_INFINITY : limit.lower(),
                endless || limit == null ? Double.POSITIVE_INFINITY : limit.upper(),
                velocity,
                acceleration,
                acceleration / TIME_TO_FULL_ACCELERATION_S,
                effort);
        final JointType type = joint.type() == null ? JointType.CONTINUOUS : joint.type();
        return new Joint(joint.name(), type, limits, damping, friction);
    }

    private double velocity(final UrdfJoint joint, final boolean slides) {
        final double given = joint.limit() == null ? 0 : joint.limit().velocity();
        if (given > 0 && given <= (slides ? GREATEST_VELOCITY_M_PER_S : GREATEST_VELOCITY_RAD_PER_S)) {
            return given;
        }
        final double velocity = slides ? DEFAULT_VELOCITY_M_PER_S : DEFAULT_VELOCITY_RAD_PER_S;
        assumptions.add("joint \"" + joint.name() + "\""
                + (given > 0 ? " velocity limit " + given + " is beyond belief: " : " has no velocity limit: ")
                + velocity + (slides ? " m/s" : " rad/s") + " is taken");
        return velocity;
    }

    private double effort(final UrdfJoint joint, final boolean slides, final double load, final double accelerating) {
        final double given = joint.limit() == null ? 0 : joint.limit().effort();
        final boolean believable = given > 0 && given <= GREATEST_EFFORT;
        if (believable && given >= LEAST_EFFORT_TO_GRAVITY * load) {
            return given;
        }
        final double least = slides ? LEAST_EFFORT_N : LEAST_EFFORT_NM;
        final double effort = Math.max(least, Math.ceil(DEFAULT_EFFORT_RATIO * (load + accelerating)));
        final String unit = slides ? " N" : " N m";
        assumptions.add("joint \"" + joint.name() + "\""
                + whyNotGiven(given, believable, load, unit)
                + effort + unit + " is taken");
        return effort;
    }

    private static String whyNotGiven(
            final double given, final boolean believable, final double load, final String unit) {
        if (believable) {
            return String.format(
                    Locale.ROOT,
                    " effort limit %s%s cannot carry the arm's own %.1f%s with ease: ",
                    given,
                    unit,
                    load,
                    unit);
        }
        return given > 0 ? " effort limit " + given + unit + " is beyond belief: " : " has no effort limit: ";
    }
}

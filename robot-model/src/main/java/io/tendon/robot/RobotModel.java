package io.tendon.robot;

import java.util.List;

/**
 * A robot arm as the rest of Tendon sees it: 3 to 16 joints in a chain, and a gripper. Immutable; any thread.
 */
public final class RobotModel {
    /** Fewest joints of an arm. */
    public static final int MIN_JOINTS = 3;

    /** Most joints of an arm; the messages on the bus have room for as many. */
    public static final int MAX_JOINTS = 16;

    private final String name;
    private final List<Joint> joints;
    private final KinematicChain chain;
    private final Gripper gripper;
    private final double[] homePositions;
    private final List<String> assumptions;

    RobotModel(
            final String name,
            final List<Joint> joints,
            final KinematicChain chain,
            final Gripper gripper,
            final double[] homePositions,
            final List<String> assumptions) {
        this.name = name;
        this.joints = List.copyOf(joints);
        this.chain = chain;
        this.gripper = gripper;
        this.homePositions = homePositions.clone();
        this.assumptions = List.copyOf(assumptions);
    }

    /**
     * The robot's name.
     *
     * @return as in the URDF.
     */
    public String name() {
        return name;
    }

    /**
     * Number of the arm's joints.
     *
     * @return {@link #MIN_JOINTS} to {@link #MAX_JOINTS}; joints of the gripper are not counted.
     */
    public int jointCount() {
        return joints.size();
    }

    /**
     * A joint of the arm.
     *
     * @param i index from 0 at the base.
     * @return the joint.
     */
    public Joint joint(final int i) {
        return joints.get(i);
    }

    /**
     * The arm's joints.
     *
     * @return base to tip.
     */
    public List<Joint> joints() {
        return joints;
    }

    /**
     * Geometry and masses.
     *
     * @return the arm's chain, whose joints are {@link #joints()}.
     */
    public KinematicChain chain() {
        return chain;
    }

    /**
     * What opens and closes at the tip.
     *
     * @return the URDF's gripper, or a virtual one.
     */
    public Gripper gripper() {
        return gripper;
    }

    /**
     * A pose to begin and end in: inside the limits, bent, the tool pointing down where the arm can. The same in every run.
     *
     * @return a fresh copy, rad or m per joint.
     */
    public double[] homePositions() {
        return homePositions.clone();
    }

    /**
     * What the URDF did not say and the reader assumed, one line each, for the log at start-up.
     *
     * @return empty when the URDF said everything.
     */
    public List<String> assumptions() {
        return assumptions;
    }
}

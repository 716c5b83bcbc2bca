package io.tendon.robot;

import org.jspecify.annotations.Nullable;

/**
 * A joint as the file has it.
 *
 * @param source its element.
 * @param name unique.
 * @param type null when it is fixed.
 * @param parent link it is mounted on.
 * @param child link that it moves.
 * @param origin its frame at position 0, in the parent's frame.
 * @param axis unit vector in its own frame.
 * @param limit null when the file has none.
 * @param damping viscous friction, N m s/rad or N s/m, at least 0.
 * @param friction Coulomb friction, N m or N, at least 0.
 * @param mimic null when it moves by itself.
 */
record UrdfJoint(
        UrdfElement source,
        String name,
        @Nullable JointType type,
        String parent,
        String child,
        Pose origin,
        Axis axis,
        @Nullable Limit limit,
        double damping,
        double friction,
        @Nullable Mimic mimic) {

    /** Unit vector. */
    record Axis(double x, double y, double z) {
        double[] toArray() {
            return new double[] {x, y, z};
        }
    }

    /**
     * The {@code <limit>} element.
     *
     * @param source its element.
     * @param lower rad or m; 0 when not given.
     * @param upper rad or m, at least lower; 0 when not given.
     * @param velocity rad/s or m/s; not above 0 when there is none.
     * @param effort N m or N; not above 0 when there is none.
     */
    record Limit(UrdfElement source, double lower, double upper, double velocity, double effort) {}

    /**
     * The {@code <mimic>} element: position = multiplier times the other joint's position + offset.
     *
     * @param source its element.
     * @param joint name of the joint that leads.
     * @param multiplier 1 when not given.
     * @param offset 0 when not given, rad or m.
     */
    record Mimic(UrdfElement source, String joint, double multiplier, double offset) {}

    boolean isMoving() {
        return type != null;
    }

    /** Moves, and by a motor of its own. */
    boolean isDriven() {
        return type != null && mimic == null;
    }
}

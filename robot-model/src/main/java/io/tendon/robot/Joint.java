package io.tendon.robot;

/**
 * A moving joint of the arm.
 *
 * @param name as in the URDF, unique in the robot.
 * @param type how it moves.
 * @param limits what it may do.
 * @param dampingPerVelocity viscous friction, N m s/rad or N s/m, at least 0.
 * @param frictionEffort Coulomb friction, N m or N, at least 0.
 */
public record Joint(
        String name, JointType type, JointLimits limits, double dampingPerVelocity, double frictionEffort) {}

/**
 * Who speaks: a URDF file read into joints, limits, a gripper and a kinematic chain, and the kinematics and dynamics of
 * that chain.
 *
 * <p>Read {@link io.tendon.robot.RobotModel} first: {@link io.tendon.robot.UrdfReader} makes one from a file, at start-up
 * and on any thread, or refuses the file with an {@link io.tendon.robot.UrdfException} that names the line. What it holds
 * is immutable. {@link io.tendon.robot.ForwardKinematics} and {@link io.tendon.robot.ChainDynamics} are scratch space over
 * a {@link io.tendon.robot.KinematicChain}: each belongs to one thread and allocates nothing after its construction, so
 * control and fusion use them inside their loops.
 *
 * <p>The way of a file: {@code UrdfParser} (XML to {@code UrdfDocument}) - {@code UrdfTree} (links and joints checked to
 * be one tree) - {@code ArmSelection} (which joints are the arm, which the gripper, where the tip is) - {@code
 * ChainBuilder} (fixed joints folded away, masses lumped) - {@code DriveSizing} (limits that URDF cannot say) - {@code
 * HomePose}.
 *
 * <p>Units are SI throughout: rad, rad/s and N m for a revolute or continuous joint, m, m/s and N for a prismatic one. The
 * base frame is the frame of the URDF's root link, whose z axis is taken to point up.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.robot;

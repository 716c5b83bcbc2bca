/**
 * What the arm does: picks the block at one place, puts it down at the other, and then the other way round, over and over.
 *
 * <p>Read {@link io.tendon.fusion.task.PickAndPlace} first: the state machine, one call a window. {@code
 * ArmMover} turns its wishes into set-points that hold the limits of velocity, acceleration and
 * jerk; {@link io.tendon.fusion.task.CellPlan} holds the joint positions that {@link io.tendon.fusion.task.CellPlanner}
 * found with inverse kinematics before the first window.
 *
 * <p>Called by {@code loop.FusionLoop} on fusion's one thread; knows neither the bus nor the codecs. Planning allocates;
 * windows do not.
 */
@NullMarked
package io.tendon.fusion.task;

import org.jspecify.annotations.NullMarked;

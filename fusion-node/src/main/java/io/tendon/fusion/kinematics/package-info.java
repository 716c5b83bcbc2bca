/**
 * From where the tool should be to where the joints must go: inverse kinematics within the joints' limits, position
 * first, orientation as well as the arm can.
 *
 * <p>Read {@link io.tendon.fusion.kinematics.InverseKinematics} first. Used at planning time (start of the node, {@code
 * plan-cell}), never in a window. Objects are scratch space of one owner thread; solving allocates nothing.
 */
@NullMarked
package io.tendon.fusion.kinematics;

import org.jspecify.annotations.NullMarked;

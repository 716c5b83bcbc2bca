package io.tendon.bench.anomaly;

import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.fusion.task.CellPlan;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import java.util.ArrayList;
import java.util.List;

/**
 * What an arm does all day. Immutable; any thread.
 *
 * @param robot that does it.
 * @param cell in which.
 * @param plan of its motions there.
 * @param movingJoints those that move while it is done, at least one: of the others nothing shows.
 */
record Work(RobotModel robot, Workcell cell, CellPlan plan, List<Integer> movingJoints) {
    private static final long WATCHED_MS = 20_000;
    private static final double MOVED = 0.05;

    Work {
        movingJoints = List.copyOf(movingJoints);
    }

    /** Plans it, and looks which joints it moves. */
    static Work of(final RobotModel robot, final Workcell cell) {
        final CellPlan plan = new CellPlanner(robot).plan(cell);
        final WorkingArm arm = new WorkingArm(robot, cell, plan, 0, Gaps.NONE, List.of());
        final double[] least = robot.homePositions();
        final double[] greatest = robot.homePositions();
        for (long ms = 0; ms < WATCHED_MS; ms++) {
            arm.step();
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.min(least[i], arm.frame().positions()[i]);
                greatest[i] = Math.max(greatest[i], arm.frame().positions()[i]);
            }
            arm.drive();
        }
        final List<Integer> moving = new ArrayList<>();
        for (int i = 0; i < least.length; i++) {
            if (greatest[i] - least[i] > MOVED) {
                moving.add(i);
            }
        }
        return new Work(robot, cell, plan, moving);
    }

    /** An arm that begins it. */
    WorkingArm arm(final long seed, final Gaps gaps, final List<SimulatedFault> faults) {
        return new WorkingArm(robot, cell, plan, seed, gaps, faults);
    }
}

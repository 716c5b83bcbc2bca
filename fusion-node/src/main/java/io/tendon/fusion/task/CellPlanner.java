package io.tendon.fusion.task;

import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.Gripper;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Workcell;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns a work cell into joint positions for one robot, or says why it cannot. The same in each run; bounded; takes some
 * 0.1 s. Planning time only; one owner thread.
 */
public final class CellPlanner {
    /** Way-points of the straight line down to a block. */
    public static final int WAYPOINTS = 9;

    private static final int TRIES = 24;
    private static final int GRID = 50;
    private static final double GRAVITY_M_PER_S2 = 9.81;

    /** Grip force over the block's weight: friction of about 0.5 on two fingers, and as much again for motion. */
    private static final double FORCE_PER_WEIGHT = 4;

    private final RobotModel robot;
    private final StationPlanner stations;
    private final ForwardKinematics forward;
    private final double[] between;
    private String refusal = "";

    /**
     * A planner for an arm.
     *
     * @param robot the arm.
     */
    public CellPlanner(final RobotModel robot) {
        this.robot = robot;
        stations = new StationPlanner(robot, TRIES);
        forward = new ForwardKinematics(robot.chain());
        between = new double[robot.jointCount()];
    }

    /**
     * Plans a cell.
     *
     * @param cell where the block is and goes.
     * @return the plan.
     * @throws PlanException when the robot cannot serve it.
     */
    public CellPlan plan(final Workcell cell) {
        final CellPlan plan = tryPlan(cell);
        if (plan == null) {
            throw new PlanException(refusal + "; plan-cell finds a cell for this robot");
        }
        return plan;
    }

    /** Plans a cell, or returns null when the robot cannot serve it. */
    @Nullable
    CellPlan tryPlan(final Workcell cell) {
        final GripPlan grip = grip(robot.gripper(), cell);
        if (grip == null) {
            return null;
        }
        final Station pick =
                stations.plan(cell.pickPositionM(), cell.approachHeightM(), cell.toolYawRad(), robot.homePositions());
        if (pick == null) {
            return refuse("pick", cell);
        }
        final double pickErrorRad = stations.angleErrorRad();
        final Station place =
                stations.plan(cell.placePositionM(), cell.approachHeightM(), cell.toolYawRad(), pick.approach());
        if (place == null) {
            return refuse("place", cell);
        }
        final double errorRad = Math.max(pickErrorRad, stations.angleErrorRad());
        final double lowestM = cell.pickPositionM().zM() + cell.approachHeightM() / 4;
        final double[] home = robot.homePositions();
        if (isClear("way from pick to place", pick.approach(), place.approach(), lowestM)
                && isClear("way from home to pick", home, pick.approach(), lowestM)
                && isClear("way from home to place", home, place.approach(), lowestM)) {
            return new CellPlan(home, pick, place, grip, errorRad);
        }
        return null;
    }

    private @Nullable CellPlan refuse(final String place, final Workcell cell) {
        refusal = place + "=" + (place.equals("pick") ? cell.pickPositionM() : cell.placePositionM())
                + ": the robot's tool does not get there and " + cell.approachHeightM()
                + " m above it in a straight line within the joint limits";
        return null;
    }

    private @Nullable GripPlan grip(final Gripper gripper, final Workcell cell) {
        final double sizeM = cell.blockSizeM();
        final double openM = Math.min(gripper.maxWidthM(), 1.5 * sizeM + 0.01);
        if (openM < 1.05 * sizeM) {
            refusal = "block-size-m=" + sizeM + ": must be below 0.95 of the gripper's opening, " + gripper.maxWidthM()
                    + " m";
            return null;
        }
        final double weightN = cell.blockMassKg() * GRAVITY_M_PER_S2;
        final double forceN =
                Math.min(gripper.maxForceN(), Math.max(0.25 * gripper.maxForceN(), FORCE_PER_WEIGHT * weightN));
        final double closedM = 0.5 * sizeM;
        return new GripPlan(sizeM, openM, closedM, forceN, (openM - closedM) / gripper.maxSpeedMPerS());
    }

    /** Whether the tip stays above a height on a straight line in joint space. */
    private boolean isClear(final String what, final double[] from, final double[] to, final double lowestM) {
        for (int k = 0; k <= GRID; k++) {
            final double s = (double) k / GRID;
            for (int i = 0; i < between.length; i++) {
                between[i] = from[i] + s * (to[i] - from[i]);
            }
            forward.update(between);
            final double heightM = forward.tip().positionM()[2];
            if (heightM < lowestM) {
                refusal = String.format(
                        Locale.ROOT, "%s: comes down to %.3f m, must stay above %.3f m", what, heightM, lowestM);
                return false;
            }
        }
        return true;
    }
}

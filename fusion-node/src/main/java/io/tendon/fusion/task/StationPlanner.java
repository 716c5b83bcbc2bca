package io.tendon.fusion.task;

import io.tendon.fusion.kinematics.InverseKinematics;
import io.tendon.fusion.kinematics.ToolGoal;
import io.tendon.fusion.kinematics.ToolGoal.Orientation;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Point;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the joint positions with which an arm goes straight down to a place: above it from several seeds, then way-point
 * by way-point down, and of all ways that keep off the limits the one with the most downward tool and the shortest
 * journey. The same in each run. Planning time only; one owner thread.
 */
final class StationPlanner {
    /** Joints of an arm that can give its tool any orientation. */
    private static final int JOINTS_FOR_ANY_ORIENTATION = 6;

    /** A way that misses its orientation by less than this, rad, has it. */
    private static final double ORIENTED_RAD = 0.02;

    private static final double MIN_LIMIT_MARGIN = 0.02;
    private static final double MAX_JOINT_STEP = 0.35;
    private static final double COST_PER_RAD = 10;
    private static final long SEED = 0x7E4D0;

    private final int n;
    private final int tries;
    private final InverseKinematics inverse;
    private final ToolGoal goal = new ToolGoal();
    private final double[] home;
    private final double[] seed;
    private final double[][] waypoints;
    private final double[][] best;
    private double angleErrorRad;
    private double limitMargin;

    /**
     * A planner for an arm.
     *
     * @param robot the arm.
     * @param tries seeds for each place, at least 2.
     */
    StationPlanner(final RobotModel robot, final int tries) {
        n = robot.jointCount();
        this.tries = tries;
        inverse = new InverseKinematics(robot);
        home = robot.homePositions();
        seed = new double[n];
        waypoints = new double[CellPlanner.WAYPOINTS][n];
        best = new double[CellPlanner.WAYPOINTS][n];
    }

    /**
     * Plans a place.
     *
     * @param place centre of the resting block, base frame, m.
     * @param approachHeightM where the way down begins, m above the place.
     * @param yawRad wanted turn of the tool about the vertical; half a turn more is as good.
     * @param reference n joint positions to stay near to.
     * @return the station, or null when no try reaches it.
     */
    @Nullable
    Station plan(final Point place, final double approachHeightM, final double yawRad, final double[] reference) {
        if (n >= JOINTS_FOR_ANY_ORIENTATION) {
            final boolean isFound = search(place, approachHeightM, yawRad, Orientation.FULL, reference);
            if (isFound && angleErrorRad <= ORIENTED_RAD) {
                return new Station(best);
            }
        }
        return search(place, approachHeightM, yawRad, Orientation.AXIS, reference) ? new Station(best) : null;
    }

    /** The solver. */
    InverseKinematics inverse() {
        return inverse;
    }

    /** How far from its wanted orientation the tool is at worst on the latest way found, rad. */
    double angleErrorRad() {
        return angleErrorRad;
    }

    /** The least distance of a joint from a limit on the latest way found, as a share of its range, 0 to 0.5. */
    double limitMargin() {
        return limitMargin;
    }

    private boolean search(
            final Point place,
            final double approachHeightM,
            final double yawRad,
            final Orientation orientation,
            final double[] reference) {
        final SplittableRandom random = new SplittableRandom(SEED);
        double leastCost = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < tries; attempt++) {
            chooseSeed(attempt, reference, random);
            final double turnedRad = attempt % 2 == 0 ? yawRad : yawRad + Math.PI;
            double worstRad = 0;
            double margin = 0.5;
            boolean isWay = true;
            for (int k = 0; k < waypoints.length && isWay; k++) {
                final double heightM = approachHeightM * (waypoints.length - 1 - k) / (waypoints.length - 1);
                goal.setDown(place.xM(), place.yM(), place.zM() + heightM, turnedRad, orientation);
                final double[] from = k == 0 ? seed : waypoints[k - 1];
                isWay = inverse.solve(goal, from, waypoints[k])
                        && (k == 0 || distance(waypoints[k - 1], waypoints[k]) <= MAX_JOINT_STEP);
                worstRad = Math.max(worstRad, inverse.angleErrorRad());
                margin = Math.min(margin, inverse.limitMargin(waypoints[k]));
            }
            final double cost = COST_PER_RAD * worstRad + distance(reference, waypoints[0]);
            if (isWay && margin >= MIN_LIMIT_MARGIN && cost < leastCost) {
                leastCost = cost;
                angleErrorRad = worstRad;
                limitMargin = margin;
                for (int k = 0; k < waypoints.length; k++) {
                    System.arraycopy(waypoints[k], 0, best[k], 0, n);
                }
            }
        }
        return leastCost < Double.POSITIVE_INFINITY;
    }

    /** Two tries each from the reference and from home, one for each half turn; then from anywhere. */
    private void chooseSeed(final int attempt, final double[] reference, final SplittableRandom random) {
        for (int i = 0; i < n; i++) {
            seed[i] = switch (attempt) {
                case 0, 1 -> reference[i];
                case 2, 3 -> home[i];
                default -> inverse.randomPosition(i, random);
            };
        }
    }

    private static double distance(final double[] a, final double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}

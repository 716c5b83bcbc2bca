package io.tendon.fusion.kinematics;

import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.JointLimits;
import io.tendon.robot.JointType;
import io.tendon.robot.RobotModel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Joint positions for a wanted place of the tool, within the joints' limits: damped least squares from a seed, then from
 * random seeds. The position must be met to {@link #POSITION_TOLERANCE_M}; the orientation is met as well as the arm can
 * (an arm with fewer than 6 joints trades it), and among the solutions found the one with the least missing angle wins.
 *
 * <p>Every search is bounded and, for a given seed of the random numbers, the same in each run. Scratch space of one owner
 * thread; solving allocates nothing.
 */
public final class InverseKinematics {
    /** A solution's tip is at most this far from the goal, m. */
    public static final double POSITION_TOLERANCE_M = 0.5e-3;

    /** A missing angle below this, rad, ends the search for a better solution. */
    public static final double ANGLE_TOLERANCE_RAD = 2e-3;

    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_LOCK_PASSES = 4;
    private static final double MAX_STEP = 0.4;
    private static final double MAX_LINEAR_M = 0.2;
    private static final double MAX_ANGULAR_RAD = 0.6;
    private static final double CONVERGED_M = 1e-7;
    private static final double CONVERGED_RAD = 1e-7;
    private static final double CONVERGED_STEP = 1e-7;

    private final RobotModel robot;
    private final int n;
    private final ForwardKinematics forward;
    private final DampedStep damped;
    private final ToolError error = new ToolError();
    private final double[] jacobian;
    private final double[] freeJacobian;
    private final double[] positions;
    private final double[] trial;
    private final double[] step;
    private final boolean[] isLocked;
    private final double[] linear = new double[3];
    private final double[] angular = new double[3];
    private final double[] axis = new double[3];
    private double positionErrorM = Double.POSITIVE_INFINITY;
    private double angleErrorRad = Double.POSITIVE_INFINITY;

    /**
     * A solver for one arm.
     *
     * @param robot the arm.
     */
    public InverseKinematics(final RobotModel robot) {
        this.robot = robot;
        n = robot.jointCount();
        forward = new ForwardKinematics(robot.chain());
        damped = new DampedStep(n);
        jacobian = new double[6 * n];
        freeJacobian = new double[6 * n];
        positions = new double[n];
        trial = new double[n];
        step = new double[n];
        isLocked = new boolean[n];
    }

    /**
     * Solves from one seed.
     *
     * @param goal wanted.
     * @param seed n joint positions to begin at, rad or m.
     * @param out receives n joint positions, the turns nearest to the seed, when solved; may be the seed.
     * @return true when the position is met; {@link #angleErrorRad()} tells about the orientation.
     */
    public boolean solve(final ToolGoal goal, final double[] seed, final double[] out) {
        System.arraycopy(seed, 0, trial, 0, n);
        if (!descend(goal)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            out[i] = nearestTurn(i, trial[i], seed[i]);
        }
        return true;
    }

    /**
     * Solves from a seed, then from random ones until the orientation is met too or the restarts are used up.
     *
     * @param goal wanted.
     * @param seed n joint positions to begin at, rad or m; may not be {@code out}.
     * @param restarts random seeds to try at most, at least 0.
     * @param random source of the seeds.
     * @param out receives n joint positions, the turns nearest to the seed, when solved.
     * @return true when the position is met; {@link #angleErrorRad()} tells about the orientation.
     */
    public boolean solve(
            final ToolGoal goal,
            final double[] seed,
            final int restarts,
            final SplittableRandom random,
            final double[] out) {
        boolean isSolved = false;
        double bestDistanceM = Double.POSITIVE_INFINITY;
        double bestAngleRad = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt <= restarts; attempt++) {
            for (int i = 0; i < n; i++) {
                trial[i] = attempt == 0 ? seed[i] : randomPosition(i, random);
            }
            if (descend(goal) && angleErrorRad < bestAngleRad) {
                isSolved = true;
                bestDistanceM = positionErrorM;
                bestAngleRad = angleErrorRad;
                for (int i = 0; i < n; i++) {
                    out[i] = nearestTurn(i, trial[i], seed[i]);
                }
                if (bestAngleRad <= ANGLE_TOLERANCE_RAD) {
                    break;
                }
            }
        }
        positionErrorM = isSolved ? bestDistanceM : positionErrorM;
        angleErrorRad = isSolved ? bestAngleRad : angleErrorRad;
        return isSolved;
    }

    /** Distance of tip and goal in the latest answer, m. */
    public double positionErrorM() {
        return positionErrorM;
    }

    /** Angle missing in as much of the orientation as matters, in the latest answer, rad. */
    public double angleErrorRad() {
        return angleErrorRad;
    }

    /**
     * A position within a joint's limits, uniformly at random; of a joint without limits, of one turn.
     *
     * @param joint index from the base.
     * @param random source.
     * @return rad or m.
     */
    public double randomPosition(final int joint, final SplittableRandom random) {
        final JointLimits limits = robot.joint(joint).limits();
        final double lower = limits.isBounded() ? limits.lowerPosition() : -Math.PI;
        final double upper = limits.isBounded() ? limits.upperPosition() : Math.PI;
        return lower + random.nextDouble() * (upper - lower);
    }

    /**
     * How far the joint that is nearest to one of its limits is from it, as a share of its range.
     *
     * @param jointPositions n, rad or m.
     * @return 0 (at a limit; negative beyond it) to 0.5 (all in the middle); 0.5 when no joint has limits.
     */
    public double limitMargin(final double[] jointPositions) {
        double margin = 0.5;
        for (int i = 0; i < n; i++) {
            final JointLimits limits = robot.joint(i).limits();
            if (limits.isBounded()) {
                final double range = limits.upperPosition() - limits.lowerPosition();
                margin = Math.min(margin, (jointPositions[i] - limits.lowerPosition()) / range);
                margin = Math.min(margin, (limits.upperPosition() - jointPositions[i]) / range);
            }
        }
        return margin;
    }

    private boolean descend(final ToolGoal goal) {
        for (int i = 0; i < n; i++) {
            positions[i] = robot.joint(i).limits().clamp(trial[i]);
        }
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            forward.update(positions);
            error.update(goal, forward.tip());
            if (error.distanceM() < CONVERGED_M && error.angleRad() < CONVERGED_RAD) {
                break;
            }
            forward.jacobian(jacobian);
            if (advance(goal.orientation()) < CONVERGED_STEP) {
                break;
            }
        }
        forward.update(positions);
        error.update(goal, forward.tip());
        positionErrorM = error.distanceM();
        angleErrorRad = error.angleRad();
        System.arraycopy(positions, 0, trial, 0, n);
        return positionErrorM <= POSITION_TOLERANCE_M;
    }

    /** Moves the joints by one step; returns the largest joint motion, rad or m. */
    private double advance(final ToolGoal.Orientation orientation) {
        Arrays.fill(isLocked, false);
        for (int pass = 0; pass < MAX_LOCK_PASSES; pass++) {
            computeFreeStep(orientation);
            if (!lockViolators()) {
                break;
            }
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            final double moved = robot.joint(i).limits().clamp(positions[i] + step[i]);
            largest = Math.max(largest, Math.abs(moved - positions[i]));
            positions[i] = moved;
        }
        return largest;
    }

    /** A step of the joints that are not locked; the locked ones stay, since they stand at their limits or nearly so. */
    private void computeFreeStep(final ToolGoal.Orientation orientation) {
        for (int row = 0; row < 6; row++) {
            for (int i = 0; i < n; i++) {
                freeJacobian[row * n + i] = isLocked[i] ? 0 : jacobian[row * n + i];
            }
        }
        limit(error.linearM, error.distanceM(), MAX_LINEAR_M, linear);
        limit(error.angularRad, error.angleRad(), MAX_ANGULAR_RAD, angular);
        damped.compute(freeJacobian, linear, angular, freeAxis(orientation), step);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(step[i]));
        }
        if (largest > MAX_STEP) {
            for (int i = 0; i < n; i++) {
                step[i] *= MAX_STEP / largest;
            }
        }
    }

    private double @Nullable [] freeAxis(final ToolGoal.Orientation orientation) {
        if (orientation == ToolGoal.Orientation.FULL) {
            return null;
        }
        final double[] rotation = forward.tip().rotation();
        axis[0] = rotation[2];
        axis[1] = rotation[5];
        axis[2] = rotation[8];
        return axis;
    }

    /** Takes the joints that the step would push through a limit out of it; true when there was one. */
    private boolean lockViolators() {
        boolean hasLocked = false;
        for (int i = 0; i < n; i++) {
            final double wanted = positions[i] + step[i];
            if (!isLocked[i] && robot.joint(i).limits().clamp(wanted) != wanted) {
                positions[i] = robot.joint(i).limits().clamp(wanted);
                isLocked[i] = true;
                hasLocked = true;
            }
        }
        return hasLocked;
    }

    /** The same pose of a turning joint, in the turn that is nearest to a reference and within the limits. */
    private double nearestTurn(final int joint, final double position, final double reference) {
        if (robot.joint(joint).type() == JointType.PRISMATIC) {
            return position;
        }
        final double turn = 2 * Math.PI;
        final double turns = Math.rint((reference - position) / turn);
        final JointLimits limits = robot.joint(joint).limits();
        for (double k = turns; k != 0; k -= Math.signum(turns)) {
            final double moved = position + k * turn;
            if (limits.clamp(moved) == moved) {
                return moved;
            }
        }
        return position;
    }

    private static void limit(final double[] v, final double length, final double maxLength, final double[] out) {
        final double scale = length > maxLength ? maxLength / length : 1;
        for (int i = 0; i < 3; i++) {
            out[i] = v[i] * scale;
        }
    }
}

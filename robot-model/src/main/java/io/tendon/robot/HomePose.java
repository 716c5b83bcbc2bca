package io.tendon.robot;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds a pose to begin and end in: draws poses with a fixed seed and keeps improving the best ones by ever smaller steps.
 * Wanted are, most important first: the tool pointing down; every link above the base's plane; the tip at a middling
 * distance from the first joint's axis and above the base; all joints far from their limits and from singular poses;
 * small turns. One call, one thread; the same chain gives the same pose.
 */
final class HomePose {
    private static final long SEED = 0x486f6d65L;
    private static final int DRAWS = 6000;
    private static final int STARTS = 6;
    private static final int STEPS = 1500;
    private static final double FIRST_STEP = 0.4;
    private static final double LAST_STEP = 0.005;
    private static final double MARGIN = 0.08;
    private static final double ROUNDING = 1e3;

    private final KinematicChain chain;
    private final ForwardKinematics kinematics;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int n;
    private final double[] lowers;
    private final double[] uppers;
    private final double[] jacobian;

    private HomePose(final List<Joint> joints, final KinematicChain chain) {
        this.chain = chain;
        kinematics = new ForwardKinematics(chain);
        n = joints.size();
        lowers = new double[n];
        uppers = new double[n];
        jacobian = new double[6 * n];
        for (int i = 0; i < n; i++) {
            final JointLimits limits = joints.get(i).limits();
            final boolean slides = chain.isPrismatic(i);
            final double lower = slides ? limits.lowerPosition() : Math.max(limits.lowerPosition(), -Math.PI);
            final double upper = slides ? limits.upperPosition() : Math.min(limits.upperPosition(), Math.PI);
            final boolean beyondATurn = !(lower < upper);
            final double from = beyondATurn ? limits.lowerPosition() : lower;
            final double to = beyondATurn ? limits.upperPosition() : upper;
            lowers[i] = from + MARGIN * (to - from);
            uppers[i] = to - MARGIN * (to - from);
        }
    }

    static double[] find(final List<Joint> joints, final KinematicChain chain) {
        return new HomePose(joints, chain).find();
    }

    private double[] find() {
        final double[][] best = new double[STARTS][n];
        final double[] bestScores = new double[STARTS];
        Arrays.fill(bestScores, Double.NEGATIVE_INFINITY);
        final double[] candidate = new double[n];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < n; i++) {
                candidate[i] = lowers[i] + random.nextDouble() * (uppers[i] - lowers[i]);
            }
            final double score = score(candidate);
            final int worst = indexOfLeast(bestScores);
            if (score > bestScores[worst]) {
                bestScores[worst] = score;
                System.arraycopy(candidate, 0, best[worst], 0, n);
            }
        }
        int winner = 0;
        for (int start = 0; start < STARTS; start++) {
            bestScores[start] = improve(best[start], bestScores[start]);
            if (bestScores[start] > bestScores[winner]) {
                winner = start;
            }
        }
        return rounded(best[winner]);
    }

    /** Hill climbing in place. */
    private double improve(final double[] positions, final double firstScore) {
        final double[] candidate = new double[n];
        double best = firstScore;
        for (int step = 0; step < STEPS; step++) {
            final double size = FIRST_STEP * Math.pow(LAST_STEP / FIRST_STEP, step / (double) STEPS);
            System.arraycopy(positions, 0, candidate, 0, n);
            final int changed = 1 + random.nextInt(Math.min(3, n));
            for (int k = 0; k < changed; k++) {
                final int i = random.nextInt(n);
                final double moved = candidate[i] + size * (random.nextDouble() * 2 - 1) * (uppers[i] - lowers[i]) / 2;
                candidate[i] = Math.max(lowers[i], Math.min(uppers[i], moved));
            }
            final double score = score(candidate);
            if (score > best) {
                best = score;
                System.arraycopy(candidate, 0, positions, 0, n);
            }
        }
        return best;
    }

    private double score(final double[] positions) {
        kinematics.update(positions);
        final Pose tip = kinematics.tip();
        final double[] t = tip.positionM();
        final double[] first = kinematics.link(0).positionM();
        final double reach = Math.max(chain.reachM(), 1e-3);
        final double forward = (t[0] - first[0]) / reach;
        final double radius = Math.hypot(t[0] - first[0], t[1] - first[1]) / reach;
        final double height = t[2] / reach;
        double score = -4 * tip.rotation()[8];
        score -= 3 * Math.abs(radius - 0.45);
        score -= 2 * outside(height, 0.15, 0.45);
        score += 0.5 * forward;
        for (int i = 1; i < n; i++) {
            score -= 5 * Math.max(0, 0.05 - kinematics.link(i).positionM()[2] / reach);
        }
        score += Math.min(1, dexterity(reach) / 0.15);
        return score - 0.5 * turns(positions);
    }

    /** Third root of the volume of the tip's velocity ellipsoid, per reach: 0 when the tip cannot move some way. */
    private double dexterity(final double reach) {
        kinematics.jacobian(jacobian);
        final double xx = dot(0, 0);
        final double xy = dot(0, 1);
        final double xz = dot(0, 2);
        final double yy = dot(1, 1);
        final double yz = dot(1, 2);
        final double zz = dot(2, 2);
        final double determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
        return Math.pow(Math.max(0, determinant), 1.0 / 6) / reach;
    }

    private double dot(final int row, final int otherRow) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += jacobian[row * n + i] * jacobian[otherRow * n + i];
        }
        return sum;
    }

    /** Mean square of the positions, as shares of half a turn or of the range. */
    private double turns(final double[] positions) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            final double share = chain.isPrismatic(i)
                    ? (2 * positions[i] - lowers[i] - uppers[i]) / (uppers[i] - lowers[i])
                    : positions[i] / Math.PI;
            sum += share * share;
        }
        return sum / n;
    }

    private double[] rounded(final double[] positions) {
        final double[] home = new double[n];
        for (int i = 0; i < n; i++) {
            final double round = Math.rint(positions[i] * ROUNDING) / ROUNDING;
            home[i] = Math.max(lowers[i], Math.min(uppers[i], round)) + 0.0;
        }
        return home;
    }

    private static double outside(final double value, final double from, final double to) {
        return Math.max(0, Math.max(from - value, value - to));
    }

    private static int indexOfLeast(final double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[least]) {
                least = i;
            }
        }
        return least;
    }
}

package io.tendon.fusion.task;

/**
 * A curve in joint space from s = 0 to s = 1: a natural cubic spline through evenly spaced way-points, so that position,
 * slope and curvature are continuous (Press et al., Numerical Recipes, 3.3). Two way-points make a straight line.
 *
 * <p>Mutable, for reuse; one owner thread. Setting a path allocates nothing.
 */
public final class JointPath {
    private final int n;
    private final int capacity;
    private final double[] points;
    private final double[] curvatures;
    private final double[] scratch;
    private int count;

    /**
     * An empty path.
     *
     * @param jointCount number of joints.
     * @param maxWaypoints most way-points, at least 2.
     */
    public JointPath(final int jointCount, final int maxWaypoints) {
        n = jointCount;
        capacity = maxWaypoints;
        points = new double[maxWaypoints * n];
        curvatures = new double[maxWaypoints * n];
        scratch = new double[maxWaypoints];
    }

    /**
     * Becomes a straight line.
     *
     * @param from n joint positions.
     * @param to n joint positions.
     * @return this.
     */
    public JointPath setLine(final double[] from, final double[] to) {
        count = 0;
        add(from);
        add(to);
        return finish();
    }

    /** Becomes empty, to be filled by {@link #add}. */
    public JointPath clear() {
        count = 0;
        return this;
    }

    /**
     * Adds a way-point; {@link #finish} comes after the last.
     *
     * @param positions n joint positions.
     */
    public void add(final double[] positions) {
        if (count == capacity) {
            throw new IllegalStateException("path has " + capacity + " way-points: it holds no more");
        }
        System.arraycopy(positions, 0, points, count * n, n);
        count++;
    }

    /** Computes the curve through the way-points added. */
    public JointPath finish() {
        if (count < 2) {
            throw new IllegalStateException("path has " + count + " way-points: must be 2 or more");
        }
        for (int j = 0; j < n; j++) {
            // Tridiagonal system of the second derivatives, knots one apart: m[i-1] + 4 m[i] + m[i+1] = 6 d2[i].
            curvatures[j] = 0;
            scratch[0] = 0;
            for (int i = 1; i < count - 1; i++) {
                final double second = at(i - 1, j) - 2 * at(i, j) + at(i + 1, j);
                final double pivot = 4 - scratch[i - 1];
                scratch[i] = 1 / pivot;
                curvatures[i * n + j] = (6 * second - curvatures[(i - 1) * n + j]) / pivot;
            }
            curvatures[(count - 1) * n + j] = 0;
            for (int i = count - 2; i >= 1; i--) {
                curvatures[i * n + j] -= scratch[i] * curvatures[(i + 1) * n + j];
            }
        }
        return this;
    }

    /**
     * Becomes the same curve the other way round.
     *
     * @param path to reverse; another one than this.
     * @return this.
     */
    public JointPath setReversed(final JointPath path) {
        count = 0;
        for (int i = path.count - 1; i >= 0; i--) {
            System.arraycopy(path.points, i * n, points, count * n, n);
            count++;
        }
        return finish();
    }

    /** Copies another path of at most this one's way-points. */
    public JointPath set(final JointPath path) {
        count = path.count;
        System.arraycopy(path.points, 0, points, 0, count * n);
        System.arraycopy(path.curvatures, 0, curvatures, 0, count * n);
        return this;
    }

    /** Number of joints. */
    public int jointCount() {
        return n;
    }

    /**
     * Position of a joint.
     *
     * @param s 0 to 1.
     * @param joint index.
     * @return rad or m.
     */
    public double position(final double s, final int joint) {
        final int i = segment(s);
        final double b = s * (count - 1) - i;
        final double a = 1 - b;
        return a * at(i, joint)
                + b * at(i + 1, joint)
                + ((a * a * a - a) * curvature(i, joint) + (b * b * b - b) * curvature(i + 1, joint)) / 6;
    }

    /** First derivative of a joint's position by s, rad or m. */
    public double slope(final double s, final int joint) {
        final int i = segment(s);
        final double b = s * (count - 1) - i;
        final double a = 1 - b;
        final double perKnot = at(i + 1, joint)
                - at(i, joint)
                + ((3 * b * b - 1) * curvature(i + 1, joint) - (3 * a * a - 1) * curvature(i, joint)) / 6;
        return perKnot * (count - 1);
    }

    /** Second derivative of a joint's position by s. */
    public double bend(final double s, final int joint) {
        final int i = segment(s);
        final double b = s * (count - 1) - i;
        final double scale = (double) (count - 1) * (count - 1);
        return ((1 - b) * curvature(i, joint) + b * curvature(i + 1, joint)) * scale;
    }

    /** Third derivative of a joint's position by s; it jumps at the way-points. */
    public double twist(final double s, final int joint) {
        final int i = segment(s);
        final double scale = (double) (count - 1) * (count - 1) * (count - 1);
        return (curvature(i + 1, joint) - curvature(i, joint)) * scale;
    }

    private int segment(final double s) {
        return Math.max(0, Math.min(count - 2, (int) (s * (count - 1))));
    }

    private double at(final int waypoint, final int joint) {
        return points[waypoint * n + joint];
    }

    private double curvature(final int waypoint, final int joint) {
        return curvatures[waypoint * n + joint];
    }
}

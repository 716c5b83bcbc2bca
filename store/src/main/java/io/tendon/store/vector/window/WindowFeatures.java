package io.tendon.store.vector.window;

/**
 * The vector of a window of joint states: model {@value #MODEL}. Its elements, each a share of the robot's own scale ({@link
 * RobotScales}), all of them near to 1 when much happens:
 *
 * <pre>
 *   of each joint, base to tip          mean, deviation, range of
 *     position                          from the middle of its limits, of half their width
 *     velocity                          of the greatest
 *     effort                            of the greatest
 *   wrist force x y z, torque x y z     mean, deviation, range, of 20 N and 2 N m
 *   gripper width                       mean, deviation, range, of the widest
 * </pre>
 *
 * <p>Deviations and ranges count {@value #MOVEMENT_WEIGHT} times as much: a movement takes a small share of what is possible,
 * and a posture a large one. Deterministic: the same messages make the same vector. One owner thread.
 */
final class WindowFeatures {
    /** Name of what is computed; changes with it, since vectors of two cannot be compared. */
    static final String MODEL = "window-stats-1";

    static final double MOVEMENT_WEIGHT = 2;

    private static final int FIGURES = 3;

    private final Channel[] channels;
    private int samples;

    WindowFeatures(final RobotScales scales) {
        channels = new Channel[WindowSample.quantities(scales)];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = new Channel();
        }
    }

    /** Elements of the vector. */
    int dimension() {
        return channels.length * FIGURES;
    }

    /** Joint states that were taken in. */
    int samples() {
        return samples;
    }

    /** Begins a new window. */
    void clear() {
        samples = 0;
        for (final Channel channel : channels) {
            channel.clear();
        }
    }

    /**
     * Takes in a joint state.
     *
     * @param sample of the same robot.
     */
    void add(final WindowSample sample) {
        for (int i = 0; i < channels.length; i++) {
            channels[i].add(sample.quantity(i));
        }
        samples++;
    }

    /** The vector, of any length. */
    float[] vector() {
        final float[] vector = new float[dimension()];
        int element = 0;
        for (final Channel channel : channels) {
            vector[element++] = (float) channel.mean();
            vector[element++] = (float) (MOVEMENT_WEIGHT * channel.deviation());
            vector[element++] = (float) (MOVEMENT_WEIGHT * channel.range());
        }
        return vector;
    }
}

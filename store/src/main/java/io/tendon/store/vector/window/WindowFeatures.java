package io.tendon.store.vector.window;

import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

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

    private static final int QUANTITIES_PER_JOINT = 3;
    private static final int TOOL_QUANTITIES = 7;
    private static final int FIGURES = 3;

    private final RobotScales scales;
    private final Channel[] channels;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private int samples;

    WindowFeatures(final RobotScales scales) {
        this.scales = scales;
        channels = new Channel[scales.joints().size() * QUANTITIES_PER_JOINT + TOOL_QUANTITIES];
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
     * @param buffer that holds it.
     * @param offset at which its header begins.
     * @return false when it has another number of joints, and was left out.
     */
    boolean add(final DirectBuffer buffer, final int offset) {
        state.wrapAndApplyHeader(buffer, offset, header);
        final double gripperShare = state.gripperWidthM() / scales.gripperMaxWidthM();
        int channel = channels.length - TOOL_QUANTITIES;
        final double[] tool = {
            state.wristForceN().x() / RobotScales.FORCE_N,
            state.wristForceN().y() / RobotScales.FORCE_N,
            state.wristForceN().z() / RobotScales.FORCE_N,
            state.wristTorqueNm().x() / RobotScales.TORQUE_NM,
            state.wristTorqueNm().y() / RobotScales.TORQUE_NM,
            state.wristTorqueNm().z() / RobotScales.TORQUE_NM,
            gripperShare
        };
        state.inputs().forEach(input -> {});
        final JointStateDecoder.JointsDecoder joints = state.joints();
        if (joints.count() != scales.joints().size()) {
            return false;
        }
        for (final double amount : tool) {
            channels[channel++].add(amount);
        }
        channel = 0;
        for (final RobotScales.JointScale scale : scales.joints()) {
            joints.next();
            channels[channel++].add((joints.position() - scale.middlePosition()) / scale.position());
            channels[channel++].add(joints.velocity() / scale.velocity());
            channels[channel++].add(joints.effort() / scale.effort());
        }
        samples++;
        return true;
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

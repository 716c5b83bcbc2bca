package io.tendon.store.vector.window;

import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * One joint state as shares of the robot's limits: position, velocity and effort of each joint, wrist force and torque, the
 * gripper's width. One owner thread.
 */
final class WindowSample {
    private static final int QUANTITIES_PER_JOINT = 3;
    private static final int TOOL_QUANTITIES = 7;

    private final RobotScales scales;
    private final double[] quantities;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder state = new JointStateDecoder();

    WindowSample(final RobotScales scales) {
        this.scales = scales;
        this.quantities = new double[quantities(scales)];
    }

    /** How many there are of a robot. */
    static int quantities(final RobotScales scales) {
        return scales.joints().size() * QUANTITIES_PER_JOINT + TOOL_QUANTITIES;
    }

    /** One of the joint state that was read last. */
    double quantity(final int index) {
        return quantities[index];
    }

    /**
     * Reads a joint state.
     *
     * @param buffer that holds it.
     * @param offset at which its header begins.
     * @return false when it has another number of joints.
     */
    boolean read(final DirectBuffer buffer, final int offset) {
        state.wrapAndApplyHeader(buffer, offset, header);
        int index = quantities.length - TOOL_QUANTITIES;
        quantities[index++] = state.wristForceN().x() / RobotScales.FORCE_N;
        quantities[index++] = state.wristForceN().y() / RobotScales.FORCE_N;
        quantities[index++] = state.wristForceN().z() / RobotScales.FORCE_N;
        quantities[index++] = state.wristTorqueNm().x() / RobotScales.TORQUE_NM;
        quantities[index++] = state.wristTorqueNm().y() / RobotScales.TORQUE_NM;
        quantities[index++] = state.wristTorqueNm().z() / RobotScales.TORQUE_NM;
        quantities[index] = state.gripperWidthM() / scales.gripperMaxWidthM();
        state.inputs().forEach(input -> {});
        final JointStateDecoder.JointsDecoder joints = state.joints();
        if (joints.count() != scales.joints().size()) {
            return false;
        }
        index = 0;
        for (final RobotScales.JointScale scale : scales.joints()) {
            joints.next();
            quantities[index++] = (joints.position() - scale.middlePosition()) / scale.position();
            quantities[index++] = joints.velocity() / scale.velocity();
            quantities[index++] = joints.effort() / scale.effort();
        }
        return true;
    }
}

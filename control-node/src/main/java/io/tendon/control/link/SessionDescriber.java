package io.tendon.control.link;

import io.tendon.bus.publish.MessagePublisher;
import io.tendon.control.safety.MotionLimits;
import io.tendon.robot.Joint;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SessionDescriptionEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.EpochNanoClock;

/** Says once, at start, what the numbers of the session mean. Allocates; not for the cycle. */
public final class SessionDescriber {
    private static final int TEXT_LIMIT_BYTES = 200;

    private SessionDescriber() {}

    /**
     * Publishes the description on control.event, before the loop starts.
     *
     * @param publisher of control.event.
     * @param clock for its time.
     * @param robot whose joints are described.
     * @param sessionName id of the session.
     * @param periodNs of the loop.
     * @param build version of Tendon.
     * @param hardware name of the driver.
     * @return whether it was accepted.
     */
    public static boolean publish(
            final MessagePublisher publisher,
            final EpochNanoClock clock,
            final RobotModel robot,
            final String sessionName,
            final long periodNs,
            final String build,
            final String hardware) {
        final String robotName = cut(robot.name());
        final int length = lengthBytes(robot, robotName, cut(sessionName), cut(build), cut(hardware));
        if (!publisher.claim(length).isAccepted()) {
            return false;
        }
        final SessionDescriptionEncoder encoder = new SessionDescriptionEncoder();
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.CONTROL);
        encoder.cyclePeriodNs(periodNs).gripperMaxWidthM(robot.gripper().maxWidthM());
        encoder.inputsCount(0);
        putJoints(encoder, robot);
        encoder.robotName(robotName)
                .sessionName(cut(sessionName))
                .build(cut(build))
                .hardware(cut(hardware));
        publisher.commit();
        return true;
    }

    private static void putJoints(final SessionDescriptionEncoder encoder, final RobotModel robot) {
        final MotionLimits limits = MotionLimits.of(robot);
        final SessionDescriptionEncoder.JointsEncoder joints = encoder.jointsCount(robot.jointCount());
        for (int i = 0; i < robot.jointCount(); i++) {
            final Joint joint = robot.joint(i);
            joints.next()
                    .lowerPosition(limits.lowerPosition(i))
                    .upperPosition(limits.upperPosition(i))
                    .maxVelocity(limits.maxVelocity(i))
                    .maxAcceleration(limits.maxAcceleration(i))
                    .maxEffort(joint.limits().maxEffort())
                    .kind(SchemaTerms.of(joint.type()))
                    .name(cut(joint.name()));
        }
    }

    private static int lengthBytes(final RobotModel robot, final String... texts) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH
                + SessionDescriptionEncoder.BLOCK_LENGTH
                + SessionDescriptionEncoder.InputsEncoder.sbeHeaderSize()
                + SessionDescriptionEncoder.JointsEncoder.sbeHeaderSize();
        for (final Joint joint : robot.joints()) {
            length += SessionDescriptionEncoder.JointsEncoder.sbeBlockLength()
                    + SessionDescriptionEncoder.JointsEncoder.nameHeaderLength()
                    + bytes(cut(joint.name()));
        }
        for (final String text : texts) {
            length += SessionDescriptionEncoder.robotNameHeaderLength() + bytes(text);
        }
        return length;
    }

    private static String cut(final String text) {
        String shorter = text;
        while (bytes(shorter) > TEXT_LIMIT_BYTES) {
            shorter = shorter.substring(0, shorter.length() - 1);
        }
        return shorter;
    }

    private static int bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.tendon.sessionlog.manifest;

import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.SessionDescriptionDecoder;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.ArrayList;
import java.util.List;

/** Learns the robot from the session description that control sends. One owner thread. */
public final class RobotDescription {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionDescriptionDecoder description = new SessionDescriptionDecoder();

    /** Nothing is known before the first description. */
    public RobotDescription() {}

    /**
     * Adds to an origin what a message says of the robot.
     *
     * @param origin known so far.
     * @param message any.
     * @return with the robot of a session description; the same for any other message.
     */
    public SessionOrigin describe(final SessionOrigin origin, final RecordedMessage message) {
        if (!message.hasStamp()
                || MessageSchema.templateId(message.buffer(), message.offset())
                        != SessionDescriptionDecoder.TEMPLATE_ID) {
            return origin;
        }
        description.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        // Groups and data are read in the order of the schema: each begins where the one before was left.
        description.inputs().forEach(input -> {});
        final List<String> joints = new ArrayList<>();
        for (final SessionDescriptionDecoder.JointsDecoder joint : description.joints()) {
            joints.add(joint.name());
        }
        final String robotName = description.robotName();
        description.sessionName();
        final String build = description.build();
        final String hardware = description.hardware();
        return new SessionOrigin(
                robotName,
                joints,
                hardware,
                origin.build().isEmpty() ? build : origin.build(),
                origin.javaVersion(),
                origin.host(),
                origin.kernel());
    }
}

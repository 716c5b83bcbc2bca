package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.safety.ReasonText;
import io.tendon.schemas.JointSetpointDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import org.agrona.DirectBuffer;

/**
 * Decodes set-points and keeps the newest. Newest is the one decided last, by its capture time: what an earlier life of
 * the writer left in the log never overrides it. A set-point of another robot, with numbers that are none, or for a time
 * that makes no sense is refused, and the latest refusal kept for an event. Owner: the control loop's thread.
 */
@RealTime
public final class SetpointAdapter implements MessageHandler {
    /** How far the target time may lie behind the decision, and the decision ahead of now, ns. */
    public static final long MAX_AHEAD_NS = 1_000_000_000L;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointSetpointDecoder decoder = new JointSetpointDecoder();
    private final Setpoint newest;
    private final Setpoint candidate;
    private final Setpoint refused;
    private final ReasonText refusal = new ReasonText();
    private long nowNs;
    private boolean hasNewer;
    private boolean hasRefusal;
    private long outdatedCount;
    private long refusedCount;

    /**
     * Knows no set-point yet.
     *
     * @param jointCount number of joints that a set-point must have.
     */
    public SetpointAdapter(final int jointCount) {
        newest = new Setpoint(jointCount);
        candidate = new Setpoint(jointCount);
        refused = new Setpoint(jointCount);
    }

    /** Begins a cycle at the given time, ns since the epoch: what comes now is newer or not. */
    public void begin(final long newNowNs) {
        nowNs = newNowNs;
        hasNewer = false;
        hasRefusal = false;
    }

    /** Whether a newer set-point came since {@link #begin}. */
    public boolean hasNewer() {
        return hasNewer;
    }

    /** The newest set-point; live; not present before the first. */
    public Setpoint newest() {
        return newest;
    }

    /** Whether a set-point was refused since {@link #begin}. */
    public boolean hasRefusal() {
        return hasRefusal;
    }

    /** Why the latest refused set-point was. */
    public ReasonText refusal() {
        return refusal;
    }

    /** Where the latest refused set-point stands in the log. */
    public Setpoint refused() {
        return refused;
    }

    /** Set-points that were decided before the newest, or after the time they are for, and so ignored. */
    public long outdatedCount() {
        return outdatedCount;
    }

    /** Set-points that were refused. */
    public long refusedCount() {
        return refusedCount;
    }

    @Override
    public void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        if (MessageSchema.templateId(buffer, offset) != JointSetpointDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        final long captureTimeNs = MessageSchema.captureTimeNs(buffer, offset);
        if (newest.isPresent() && captureTimeNs <= newest.captureTimeNs()) {
            outdatedCount++;
            return;
        }
        if (decoder.targetTimeNs() < captureTimeNs) {
            // Of a window that fusion closed late, after a stall: its time had passed when it was decided.
            outdatedCount++;
            return;
        }
        candidate.timing(MessageSchema.sequence(buffer, offset), captureTimeNs, decoder.targetTimeNs());
        candidate.origin(sessionId, fromPosition, toPosition);
        candidate.gripper(decoder.gripperWidthM(), decoder.gripperMaxForceN());
        if (isJointsDecoded() && isSensible()) {
            newest.set(candidate);
            hasNewer = true;
        } else {
            refused.set(candidate);
            refusedCount++;
            hasRefusal = true;
        }
    }

    private boolean isJointsDecoded() {
        for (final JointSetpointDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
            inputs.next();
        }
        final JointSetpointDecoder.JointsDecoder joints = decoder.joints();
        if (joints.count() != candidate.jointCount()) {
            refusal.clear()
                    .append("set-point has ")
                    .append(joints.count())
                    .append(" joints: must have ")
                    .append(candidate.jointCount())
                    .append("; give fusion and control the same robot");
            return false;
        }
        for (int i = 0; joints.hasNext(); i++) {
            joints.next();
            candidate.joint(i, joints.position(), joints.velocity(), joints.acceleration());
        }
        return true;
    }

    private boolean isSensible() {
        if (!candidate.isFinite()) {
            refusal.clear().append("set-point has a number that is not finite: must be finite; look at fusion's log");
            return false;
        }
        final long aheadNs = candidate.targetTimeNs() - candidate.captureTimeNs();
        final long futureNs = candidate.captureTimeNs() - nowNs;
        if (aheadNs > MAX_AHEAD_NS || futureNs > MAX_AHEAD_NS) {
            refusal.clear()
                    .append("set-point was decided ")
                    .appendMillis(futureNs)
                    .append(" from now, for ")
                    .appendMillis(aheadNs)
                    .append(" later: must be at most ")
                    .appendMillis(MAX_AHEAD_NS)
                    .append(" ahead; use the session's clock");
            return false;
        }
        return true;
    }
}

package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.control.safety.OperatorRequest;
import io.tendon.schemas.CommandKind;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.OperatorCommandDecoder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes operators' commands and hands each on. A command that is older than {@value #MAX_AGE_NS} ns, or of a kind that
 * this release does not know, is dropped and counted: nobody waits for it any more. So is one that would let the arm move
 * and was given to an earlier life of control, whose log this one may hear again. Owner: the control loop's thread.
 */
@RealTime
public final class OperatorCommandAdapter implements MessageHandler {
    /** Age above which a command is dropped, ns. */
    public static final long MAX_AGE_NS = 5_000_000_000L;

    /** Receives commands on the control loop's thread. */
    @FunctionalInterface
    public interface Listener {
        /** One command; the object is used again for the next. */
        void onCommand(OperatorCommand command);
    }

    private final Listener listener;
    private final long startedNs;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OperatorCommandDecoder decoder = new OperatorCommandDecoder();
    private final OperatorCommand command = new OperatorCommand();
    private long nowNs;
    private long dropped;

    /**
     * Hands commands on.
     *
     * @param listener that receives them.
     * @param startedNs when this life of control began, ns since the epoch.
     */
    public OperatorCommandAdapter(final Listener listener, final long startedNs) {
        this.listener = listener;
        this.startedNs = startedNs;
    }

    /** Sets the time by which the ages of the next commands are judged, ns since the epoch. */
    public void nowNs(final long newNowNs) {
        nowNs = newNowNs;
    }

    /** Commands that were dropped because they were old or of an unknown kind. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        if (MessageSchema.templateId(buffer, offset) != OperatorCommandDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        final OperatorRequest request = request(decoder.kind());
        final long captureTimeNs = MessageSchema.captureTimeNs(buffer, offset);
        if (request == null || nowNs - captureTimeNs > MAX_AGE_NS || (letsMove(request) && captureTimeNs < startedNs)) {
            dropped++;
            return;
        }
        listener.onCommand(command.request(request, decoder.commandId())
                .jog(decoder.joint(), decoder.amount(), decoder.speedFraction())
                .origin(sessionId, fromPosition, toPosition));
    }

    private static boolean letsMove(final OperatorRequest request) {
        return request == OperatorRequest.RESUME || request == OperatorRequest.RESET || request == OperatorRequest.JOG;
    }

    private static @Nullable OperatorRequest request(final CommandKind kind) {
        return switch (kind) {
            case HOLD -> OperatorRequest.HOLD;
            case RESUME -> OperatorRequest.RESUME;
            case ESTOP -> OperatorRequest.ESTOP;
            case RESET -> OperatorRequest.RESET;
            case JOG -> OperatorRequest.JOG;
            default -> null;
        };
    }
}

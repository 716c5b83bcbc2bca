package io.tendon.control.link;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.control.safety.OperatorRequest;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.CommandAckDecoder;
import io.tendon.schemas.CommandKind;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.OperatorCommandEncoder;
import java.security.SecureRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Sends operators' commands to control and waits for the acknowledgement. Belongs to the command line's main thread; may
 * wait and allocate.
 */
public final class OperatorClient implements AutoCloseable {
    private static final long POLL_NS = 2_000_000L;
    private static final int FRAGMENTS = 64;

    /**
     * What control answered.
     *
     * @param isAccepted whether it does it.
     * @param safetyState after the command, in the schema's words.
     * @param reason why it was refused, with the remedy; empty when accepted.
     */
    public record Answer(boolean isAccepted, String safetyState, String reason) {}

    private final BusConnection bus;
    private final MessagePublisher publisher;
    private final MessageSubscriber subscriber;
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final OperatorCommandEncoder encoder = new OperatorCommandEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final CommandAckDecoder decoder = new CommandAckDecoder();
    private long awaitedId;
    private @Nullable Answer answer;

    private OperatorClient(final BusConnection bus) {
        this.bus = bus;
        publisher = bus.addPublisher(StreamCatalog.OPERATOR_COMMAND);
        subscriber = bus.addSubscriber(
                StreamCatalog.CONTROL_EVENT,
                (buffer, offset, lengthBytes, sessionId, from, to) -> onEvent(buffer, offset),
                (stream, sessionId, first, last) -> {});
    }

    /**
     * Connects to a running robot.
     *
     * @param directory of the robot.
     * @param errors told of what goes wrong in the client's own thread.
     * @return the client.
     * @throws CommandFailure when no session runs.
     */
    public static OperatorClient connect(final RuntimeDirectory directory, final ErrorHandler errors) {
        final BusConnection bus = BusConnection.connect(directory, NodeId.OPERATOR, errors, 0);
        try {
            return new OperatorClient(bus);
        } catch (final RuntimeException e) {
            bus.close();
            throw e;
        }
    }

    /** Sends a command without numbers; see {@link #jog} for the rest. */
    public Answer request(final OperatorRequest request, final long timeoutNs) {
        return send(request, -1, Double.NaN, Double.NaN, timeoutNs);
    }

    /**
     * Sends a jog.
     *
     * @param joint index from 0 at the base.
     * @param by how far, rad or m, signed.
     * @param speedFraction share of the joint's velocity limit, above 0, at most 1.
     * @param timeoutNs how long to wait for the answer.
     * @return the answer.
     * @throws CommandFailure when none came.
     */
    public Answer jog(final int joint, final double by, final double speedFraction, final long timeoutNs) {
        return send(OperatorRequest.JOG, joint, by, speedFraction, timeoutNs);
    }

    @Override
    public void close() {
        publisher.close();
        subscriber.close();
        bus.close();
    }

    private Answer send(
            final OperatorRequest request,
            final int joint,
            final double amount,
            final double speedFraction,
            final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        answer = null;
        awaitedId = new SecureRandom().nextLong();
        // An answer that is given before its stream is joined would be missed.
        while (!subscriber.hasImage()) {
            pause(deadlineNs, request);
        }
        final OfferResult result = publisher.claim(MessageLengths.operatorCommand());
        if (!result.isAccepted()) {
            throw new CommandFailure(request.verb() + ": the bus refused the command (" + result + "); try again");
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), headerEncoder);
        encoder.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(bus.clock().nanoTime())
                .source(NodeId.OPERATOR);
        encoder.commandId(awaitedId)
                .amount(amount)
                .speedFraction(speedFraction)
                .joint(joint)
                .kind(kind(request));
        encoder.inputsCount(0);
        publisher.commit();
        while (answer == null) {
            publisher.doWork();
            subscriber.poll(FRAGMENTS);
            pause(deadlineNs, request);
        }
        return answer;
    }

    private void pause(final long deadlineNs, final OperatorRequest request) {
        if (answer == null && System.nanoTime() - deadlineNs >= 0) {
            throw new CommandFailure(request.verb() + ": control did not answer in time; is control-node running?"
                    + " See control-node status");
        }
        LockSupport.parkNanos(POLL_NS);
    }

    private void onEvent(final DirectBuffer buffer, final int offset) {
        if (MessageSchema.templateId(buffer, offset) != CommandAckDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
        if (decoder.commandId() == awaitedId) {
            final boolean isAccepted = decoder.accepted() == BooleanType.TRUE;
            final String state = decoder.safetyState().name();
            for (final CommandAckDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
                inputs.next();
            }
            answer = new Answer(isAccepted, state, decoder.reason());
        }
    }

    private static CommandKind kind(final OperatorRequest request) {
        return switch (request) {
            case HOLD -> CommandKind.HOLD;
            case RESUME -> CommandKind.RESUME;
            case ESTOP -> CommandKind.ESTOP;
            case RESET -> CommandKind.RESET;
            case JOG -> CommandKind.JOG;
        };
    }
}

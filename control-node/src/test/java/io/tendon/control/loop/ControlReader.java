package io.tendon.control.loop;

import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.CommandAckDecoder;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.MissCause;
import io.tendon.schemas.SafetyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Keeps what control says, for a test to look at. */
final class ControlReader {
    @SuppressWarnings("ArrayRecordComponent")
    record State(
            long sequence,
            long captureTimeNs,
            long cycle,
            long previousScheduledNs,
            long previousWokenNs,
            long missed,
            long missedLateWakeUp,
            long missedLongCycle,
            long missedHardware,
            long previousHardwareDurationNs,
            long setpointSequence,
            long setpointAgeNs,
            double gripperCommandWidthM,
            float successRate,
            SafetyState safetyState,
            long limitedJoints,
            float anomalyScore,
            List<Input> inputs,
            double[] positions,
            double[] commandPositions) {}

    record Input(int streamId, int sessionId, long fromPosition, long toPosition) {}

    record Happening(EventKind kind, int code, double amount, MissCause missCause, AnomalyKind anomaly, String text) {}

    record Ack(long commandId, boolean isAccepted, SafetyState state, String reason, Input cause) {}

    record Gap(int streamId, int sessionId, long first, long last) {}

    final List<State> states = new ArrayList<>();
    final List<Happening> events = new ArrayList<>();
    final List<Ack> acks = new ArrayList<>();
    final List<Gap> losses = new ArrayList<>();
    final MessageSubscriber stateSubscriber;
    private final MessageSubscriber eventSubscriber;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    ControlReader(final BusConnection bus) {
        stateSubscriber = bus.addSubscriber(
                StreamCatalog.CONTROL_STATE,
                (buffer, offset, length, session, from, to) -> onState(buffer, offset),
                (stream, session, first, last) -> losses.add(new Gap(stream.streamId(), session, first, last)));
        eventSubscriber = bus.addSubscriber(
                StreamCatalog.CONTROL_EVENT,
                (buffer, offset, length, session, from, to) -> onEvent(buffer, offset),
                (stream, session, first, last) -> losses.add(new Gap(stream.streamId(), session, first, last)));
        await().until(() -> stateSubscriber.hasImage() && eventSubscriber.hasImage());
    }

    /** Reads all that is there. */
    ControlReader poll() {
        while (stateSubscriber.poll(100) + eventSubscriber.poll(100) > 0) {
            // Until nothing is left.
        }
        return this;
    }

    State last() {
        return poll().states.get(states.size() - 1);
    }

    Optional<Happening> event(final EventKind kind) {
        return poll().events.stream().filter(event -> event.kind() == kind).findFirst();
    }

    private void onState(final DirectBuffer buffer, final int offset) {
        final JointStateDecoder decoder = new JointStateDecoder().wrapAndApplyHeader(buffer, offset, header);
        final List<Input> inputs = new ArrayList<>();
        final JointStateDecoder.InputsDecoder input = decoder.inputs();
        while (input.hasNext()) {
            input.next();
            inputs.add(new Input(input.streamId(), input.sessionId(), input.fromPosition(), input.toPosition()));
        }
        final JointStateDecoder.JointsDecoder joints = decoder.joints();
        final double[] positions = new double[joints.count()];
        final double[] commands = new double[joints.count()];
        for (int i = 0; joints.hasNext(); i++) {
            joints.next();
            positions[i] = joints.position();
            commands[i] = joints.commandPosition();
        }
        states.add(new State(
                MessageSchema.sequence(buffer, offset),
                MessageSchema.captureTimeNs(buffer, offset),
                decoder.cycle(),
                decoder.previousScheduledTimeNs(),
                decoder.previousWokenTimeNs(),
                decoder.missedCycles(),
                decoder.missedLateWakeUp(),
                decoder.missedLongCycle(),
                decoder.missedHardware(),
                decoder.previousHardwareDurationNs(),
                decoder.setpointSequence(),
                decoder.setpointAgeNs(),
                decoder.gripperCommandWidthM(),
                decoder.successRate(),
                decoder.safetyState(),
                decoder.limitedJoints(),
                decoder.anomalyScore(),
                inputs,
                positions,
                commands));
    }

    private void onEvent(final DirectBuffer buffer, final int offset) {
        switch (MessageSchema.templateId(buffer, offset)) {
            case EventDecoder.TEMPLATE_ID -> {
                final EventDecoder decoder = new EventDecoder().wrapAndApplyHeader(buffer, offset, header);
                for (final EventDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
                    inputs.next();
                }
                events.add(new Happening(
                        decoder.kind(),
                        decoder.code(),
                        decoder.amount(),
                        decoder.missCause(),
                        decoder.anomaly(),
                        decoder.text()));
            }
            case CommandAckDecoder.TEMPLATE_ID ->
                onAck(new CommandAckDecoder().wrapAndApplyHeader(buffer, offset, header));
            case LossDecoder.TEMPLATE_ID -> {
                final LossDecoder decoder = new LossDecoder().wrapAndApplyHeader(buffer, offset, header);
                losses.add(new Gap(
                        decoder.lossStreamId(),
                        decoder.lossSessionId(),
                        decoder.firstSequence(),
                        decoder.lastSequence()));
            }
            default -> {
                // Descriptions are not looked at here.
            }
        }
    }

    private void onAck(final CommandAckDecoder decoder) {
        final CommandAckDecoder.InputsDecoder cause = decoder.inputs().next();
        final Input input = new Input(cause.streamId(), cause.sessionId(), cause.fromPosition(), cause.toPosition());
        acks.add(new Ack(
                decoder.commandId(),
                decoder.accepted() == BooleanType.TRUE,
                decoder.safetyState(),
                decoder.reason(),
                input));
    }
}

package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.cycle.MissCause;
import io.tendon.bus.cycle.MissedTicks;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.safety.ClampReason;
import io.tendon.control.safety.ReasonText;
import io.tendon.control.safety.SafetyState;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.CommandAckEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.EpochNanoClock;

/** Says on control.event what happened, in control's own words. Owner: the control loop's thread. */
@RealTime
public final class ControlEvents {
    private final EventPublisher events;
    private final MessagePublisher publisher;
    private final AnomalyCounters anomalies;
    private final EpochNanoClock clock;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandAckEncoder ackEncoder = new CommandAckEncoder();
    private final ReasonText text = new ReasonText();

    /**
     * Publishes through the given publishers.
     *
     * @param events encodes what happens onto {@code publisher}.
     * @param publisher of control.event, for acknowledgements.
     * @param anomalies that count them.
     * @param clock for the times of acknowledgements and anomalies.
     */
    ControlEvents(
            final EventPublisher events,
            final MessagePublisher publisher,
            final AnomalyCounters anomalies,
            final EpochNanoClock clock) {
        this.events = events;
        this.publisher = publisher;
        this.anomalies = anomalies;
        this.clock = clock;
    }

    /** Control began; {@code build} is the version that runs. */
    public void nodeStarted(final String build) {
        text.clear().append("control ").append(build);
        event(EventKind.NODE_STARTED, Severity.INFO, 0, Double.NaN, text);
    }

    /** Control is about to end. */
    public void nodeStopping(final String why) {
        event(
                EventKind.NODE_STOPPING,
                Severity.INFO,
                0,
                Double.NaN,
                text.clear().append(why));
    }

    /** What the arm may do changed. */
    public void safetyStateChanged(final SafetyState to, final SafetyState from, final ReasonText why) {
        final Severity severity = to == SafetyState.FAULTED
                ? Severity.ERROR
                : to.isLatched() || to == SafetyState.EXTRAPOLATING || to == SafetyState.RAMPING
                        ? Severity.WARNING
                        : Severity.INFO;
        event(
                EventKind.SAFETY_STATE_CHANGED,
                severity,
                SchemaTerms.of(to).value(),
                SchemaTerms.of(from).value(),
                why);
    }

    /** A limit changed the command of a joint; {@code asked} is what was wanted, rad or m. */
    public void limitHit(final int joint, final double asked, final ClampReason reason) {
        event(EventKind.LIMIT_HIT, Severity.WARNING, joint, asked, text.clear().append(reason.text()));
    }

    /** Ticks passed before their cycles could begin; {@code latenessS} is that of the first of them. */
    public void deadlineMissed(final MissedTicks missed, final double latenessS) {
        text.clear();
        append(missed, MissCause.HARDWARE);
        append(missed, MissCause.LONG_CYCLE);
        append(missed, MissCause.LATE_WAKE_UP);
        events.missedBy(missed.mainCause().term());
        event(EventKind.DEADLINE_MISSED, Severity.WARNING, missed.total(), latenessS, text);
    }

    private void append(final MissedTicks missed, final MissCause cause) {
        if (missed.of(cause) > 0) {
            text.append(text.lengthBytes() == 0 ? "" : ", ")
                    .append(cause.text())
                    .append(" ")
                    .append(missed.of(cause));
        }
    }

    /** A set-point was not followed; {@code distance} is NaN when that was not the reason. */
    public void setpointRejected(
            final int joint, final double distance, final ReasonText why, final Setpoint setpoint) {
        events.causedBy(
                StreamCatalog.FUSION_SETPOINT.streamId(),
                setpoint.sessionId(),
                setpoint.fromPosition(),
                setpoint.toPosition());
        event(EventKind.SETPOINT_REJECTED, Severity.WARNING, joint, distance, why);
    }

    /** The hardware reported a fault. */
    public void hardwareFault(final ReasonText what) {
        event(EventKind.HARDWARE_FAULT, Severity.ERROR, 0, Double.NaN, what);
    }

    /**
     * What is measured does not fit together.
     *
     * @param kind in what way.
     * @param joint from 0, or -1 when it is of no joint.
     * @param times how many times what is allowed, at least 1.
     * @param what does not fit, with numbers and units.
     */
    public void anomaly(final AnomalyKind kind, final int joint, final double times, final ReasonText what) {
        final io.tendon.schemas.AnomalyKind term = SchemaTerms.of(kind);
        events.anomaly(term);
        event(EventKind.ANOMALY, Severity.WARNING, joint, times, what);
        anomalies.anomaly(term, joint, times, clock.nanoTime());
    }

    /**
     * A fault of the simulated arm begins, as it was asked for: the truth that what finds faults is held against.
     *
     * @param joint that it happens to from 0, or -1 when it is of no joint.
     * @param amount its size in the unit of its kind, NaN when it has none.
     * @param fault as {@code --sim-fault} takes it; ASCII.
     */
    public void faultInjected(final int joint, final double amount, final String fault) {
        event(
                EventKind.FAULT_INJECTED,
                Severity.INFO,
                joint,
                amount,
                text.clear().append(fault));
        anomalies.faultInjected();
    }

    /** An exception that nobody expected. */
    public void exception(final ReasonText what) {
        event(EventKind.EXCEPTION, Severity.ERROR, 0, Double.NaN, what);
    }

    /** What became of an operator's command. */
    public void commandAck(
            final OperatorCommand command, final boolean isAccepted, final SafetyState state, final ReasonText reason) {
        if (!publisher.claim(MessageLengths.commandAck(reason.lengthBytes(), 1)).isAccepted()) {
            return;
        }
        ackEncoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        ackEncoder
                .stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(clock.nanoTime())
                .source(NodeId.CONTROL);
        ackEncoder
                .commandId(command.commandId())
                .accepted(isAccepted ? BooleanType.TRUE : BooleanType.FALSE)
                .safetyState(SchemaTerms.of(state));
        ackEncoder
                .inputsCount(1)
                .next()
                .streamId(StreamCatalog.OPERATOR_COMMAND.streamId())
                .sessionId(command.sessionId())
                .fromPosition(command.fromPosition())
                .toPosition(command.toPosition());
        ackEncoder.putReason(reason.bytes(), 0, reason.lengthBytes());
        publisher.commit();
    }

    private void event(
            final EventKind kind,
            final Severity severity,
            final int code,
            final double amount,
            final ReasonText eventText) {
        events.event(kind, severity, code, amount, eventText.bytes(), eventText.lengthBytes());
    }
}

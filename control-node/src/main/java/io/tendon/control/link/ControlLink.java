package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.control.safety.SafetyState;
import io.tendon.schemas.NodeId;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * All that connects the loop to the bus. Made on the main thread before the loop starts, closed there after it has ended;
 * in between the control loop's thread owns it.
 */
public final class ControlLink implements AutoCloseable {
    private static final int COMMANDS_PER_CYCLE = 4;
    private static final int SETPOINTS_PER_CYCLE = 16;

    private final BusConnection bus;
    private final MessagePublisher statePublisher;
    private final MessagePublisher eventPublisher;
    private final StatePublisher states;
    private final EventPublisher reports;
    private final ControlEvents events;
    private final SetpointAdapter setpoints;
    private final OperatorCommandAdapter commands;
    private final MessageSubscriber setpointSubscriber;
    private final MessageSubscriber commandSubscriber;
    private final AtomicCounter safetyStateCounter;
    private final AtomicCounter limitsHitCounter;
    private final AtomicCounter setpointsRejectedCounter;
    // A restarted control goes on with the counts of its earlier lives.
    private final long earlierLimitsHit;
    private final long earlierSetpointsRejected;

    /**
     * Joins the streams.
     *
     * @param bus of control.
     * @param jointCount of the robot.
     * @param clock of the loop.
     * @param listener that receives operators' commands.
     */
    public ControlLink(
            final BusConnection bus,
            final int jointCount,
            final EpochNanoClock clock,
            final OperatorCommandAdapter.Listener listener) {
        this.bus = bus;
        statePublisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
        eventPublisher = bus.addPublisher(StreamCatalog.CONTROL_EVENT);
        final AnomalyCounters anomalies = new AnomalyCounters(bus.counters());
        states = new StatePublisher(statePublisher, anomalies);
        reports = new EventPublisher(eventPublisher, clock, NodeId.CONTROL);
        events = new ControlEvents(reports, eventPublisher, anomalies, clock);
        setpoints = new SetpointAdapter(jointCount);
        commands = new OperatorCommandAdapter(listener, clock.nanoTime());
        setpointSubscriber = bus.addSubscriber(StreamCatalog.FUSION_SETPOINT, setpoints, reports);
        commandSubscriber = bus.addSubscriber(StreamCatalog.OPERATOR_COMMAND, commands, reports);
        safetyStateCounter = bus.counters().node(BusCounter.SAFETY_STATE);
        limitsHitCounter = bus.counters().node(BusCounter.LIMITS_HIT);
        setpointsRejectedCounter = bus.counters().node(BusCounter.SETPOINTS_REJECTED);
        earlierLimitsHit = limitsHitCounter.get();
        earlierSetpointsRejected = setpointsRejectedCounter.get();
    }

    /** Goes on with another driver's logs when there are some; before a cycle says anything. */
    @RealTime
    public void succeed() {
        statePublisher.succeed();
        eventPublisher.succeed();
    }

    /** Hands on what operators ask. */
    @RealTime
    public void pollCommands(final long nowNs) {
        commands.nowNs(nowNs);
        commandSubscriber.poll(COMMANDS_PER_CYCLE);
    }

    /** Takes in set-points; only the newest counts. */
    @RealTime
    public void pollSetpoints(final long nowNs) {
        setpoints.begin(nowNs);
        setpointSubscriber.poll(SETPOINTS_PER_CYCLE);
    }

    /** Follows the own streams and reports losses; once a cycle. */
    @RealTime
    public void doWork() {
        reports.doWork();
        reports.reportRefused(statePublisher);
        statePublisher.doWork();
    }

    /** Shows the figures of the loop's life to other processes, on top of those of earlier lives. */
    @RealTime
    public void count(final SafetyState state, final long limitsHit, final long setpointsRejected) {
        safetyStateCounter.setRelease(SchemaTerms.of(state).value());
        limitsHitCounter.setRelease(earlierLimitsHit + limitsHit);
        setpointsRejectedCounter.setRelease(earlierSetpointsRejected + setpointsRejected);
    }

    /** Whether the bus is gone: nothing comes and nothing can be said until another driver has taken it over. */
    @RealTime
    public boolean isClosed() {
        return bus.isClosed();
    }

    /** Whether the bus is gone, and no other driver came in time. */
    @RealTime
    public boolean isLost() {
        return bus.isLost();
    }

    /** Says each cycle's state. */
    public StatePublisher states() {
        return states;
    }

    /** Says what happened. */
    public ControlEvents events() {
        return events;
    }

    /** What fusion wants. */
    public SetpointAdapter setpoints() {
        return setpoints;
    }

    /** The publisher behind {@link #events}, for the session's description. */
    public MessagePublisher eventPublisher() {
        return eventPublisher;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(setpointSubscriber, commandSubscriber, statePublisher, eventPublisher);
    }
}

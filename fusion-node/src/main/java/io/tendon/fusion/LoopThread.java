package io.tendon.fusion;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import org.jspecify.annotations.Nullable;

/** The loop's thread from its beginning to its end: asks for real time, announces itself, runs, says how it ended. */
final class LoopThread {
    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());

    private final FusionConfig config;
    private final FusionAssembly assembly;
    private final BusConnection bus;
    private final MappedErrorLog errors;
    private final StopSignal stop;
    private boolean isInOrder;
    private @Nullable ConfigException refusal;

    LoopThread(
            final FusionConfig config,
            final FusionAssembly assembly,
            final BusConnection bus,
            final MappedErrorLog errors,
            final StopSignal stop) {
        this.config = config;
        this.assembly = assembly;
        this.bus = bus;
        this.errors = errors;
        this.stop = stop;
    }

    /** Runs the loop on a thread of its own and waits for its end; true when that was in order. */
    boolean runToTheEnd() {
        stop.runToTheEnd(this::run, "fusion-loop");
        if (refusal != null) {
            throw refusal;
        }
        return isInOrder;
    }

    private void run() {
        try {
            final RealTimeOutcome outcome = RealTimeScheduling.apply(
                    RealTimeRequest.soft(config.rtMode(), FusionConfig.RT_PRIORITY, config.cpu()));
            outcome.publish(bus.counters());
            LOG.log(System.Logger.Level.INFO, "event=real-time " + outcome);
        } catch (final ConfigException e) {
            refusal = e;
            return;
        }
        assembly.events()
                .event(EventKind.NODE_STARTED, Severity.INFO, 0, Double.NaN, "fusion " + NodeCommand.buildVersion());
        try {
            isInOrder = assembly.loop().run(stop::isStopped, bus::isLost);
            announceEnd(isInOrder ? "asked to stop" : "the bus is gone");
        } catch (final RuntimeException e) {
            errors.onError(e);
            assembly.events().event(EventKind.EXCEPTION, Severity.ERROR, 0, Double.NaN, e.toString());
            announceEnd("exception");
        }
    }

    private void announceEnd(final String why) {
        assembly.events().event(EventKind.NODE_STOPPING, Severity.INFO, 0, Double.NaN, why);
        assembly.events().doWork();
    }
}

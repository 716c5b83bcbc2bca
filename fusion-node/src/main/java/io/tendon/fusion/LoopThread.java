package io.tendon.fusion;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/** The loop's thread from its beginning to its end: asks for real time, announces itself, runs, says how it ended. */
final class LoopThread {
    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());

    private final FusionConfig config;
    private final FusionAssembly assembly;
    private final MappedErrorLog errors;
    private final StopSignal stop;
    private final AtomicCounter realTime;
    private boolean isInOrder;
    private @Nullable ConfigException refusal;

    LoopThread(
            final FusionConfig config,
            final FusionAssembly assembly,
            final BusCounters counters,
            final MappedErrorLog errors,
            final StopSignal stop) {
        this.config = config;
        this.assembly = assembly;
        this.errors = errors;
        this.stop = stop;
        realTime = counters.node(BusCounter.REAL_TIME);
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
            final RealTimeScheduling.Outcome outcome =
                    RealTimeScheduling.apply(config.rtMode(), FusionConfig.RT_PRIORITY, config.cpu());
            realTime.setRelease(RunCommand.realTimeCode(config.rtMode(), outcome));
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=real-time fifo=" + outcome.isRealTime() + " cpu=" + outcome.cpu() + " shortfall=\""
                            + outcome.shortfall() + '"');
        } catch (final ConfigException e) {
            refusal = e;
            return;
        }
        assembly.events()
                .event(EventKind.NODE_STARTED, Severity.INFO, 0, Double.NaN, "fusion " + NodeCommand.buildVersion());
        try {
            isInOrder = assembly.loop().run(stop::isStopped);
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

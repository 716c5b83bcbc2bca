package io.tendon.certify.witness;

import io.tendon.bus.RealTime;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.TickLog;
import io.tendon.bus.signal.StopSignal;

/** The loop of {@link WitnessNode}; its thread owns it. */
final class Witness {
    private final CyclePacer pacer;
    private final TickLog log;
    private final StopSignal stop;

    Witness(final CyclePacer pacer, final TickLog log, final StopSignal stop) {
        this.pacer = pacer;
        this.log = log;
        this.stop = stop;
    }

    /** Notes every tick until it is told to stop. */
    @RealTime
    void watch(final long firstDeadlineNs) {
        pacer.start(firstDeadlineNs);
        while (!stop.isStopped()) {
            final int missed = pacer.await();
            log.executed(pacer.deadlineNs(), pacer.wokenNs() - pacer.deadlineNs(), missed);
        }
    }
}

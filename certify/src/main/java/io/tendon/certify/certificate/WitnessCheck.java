package io.tendon.certify.certificate;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.cycle.TickLogView;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.Safepoints;
import io.tendon.certify.measure.TickComparison;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.witness.WitnessProcess;

/**
 * Two witnesses side by side: whatever one has in EXCESS of the other is the error of the method, since they are equal.
 *
 * @param firstOverSecond EXCESS of the one over the other.
 * @param secondOverFirst the other way round.
 * @param hasRights whether both ran at their priority and on control's core.
 */
public record WitnessCheck(PhaseFigures firstOverSecond, PhaseFigures secondOverFirst, boolean hasRights) {
    private static final long WARM_UP_NS = 5_000_000_000L;

    /** Runs it. */
    static WitnessCheck run(final CertifyConfig config) {
        final BusClock clock = BusClock.anchoredNow();
        final WitnessProcess.Watch watch = new WitnessProcess.Watch(
                clock, CertifyConfig.PERIOD_NS, CertifyConfig.LOG_TICKS / 10, config.cpu(), config.rt());
        try (WitnessProcess first = WitnessProcess.start("witness-a", config.workDirectory(), watch);
                WitnessProcess second = WitnessProcess.start("witness-b", config.workDirectory(), watch)) {
            first.awaitTicking(clock);
            second.awaitTicking(clock);
            Waiting.sleep(WARM_UP_NS);
            final long fromNs = clock.nanoTime();
            Waiting.sleep(config.phaseNs());
            final long toNs = clock.nanoTime();
            Waiting.sleep(RobotMeasurement.NOTED_NS);
            require(first);
            require(second);
            try (TickLogView a = new TickLogView(first.tickLog());
                    TickLogView b = new TickLogView(second.tickLog())) {
                return new WitnessCheck(
                        TickComparison.compare(a, b, fromNs, toNs, Safepoints.NONE),
                        TickComparison.compare(b, a, fromNs, toNs, Safepoints.NONE),
                        first.hasRights() && second.hasRights());
            }
        }
    }

    /** Throws when a witness has ended by itself. */
    static void require(final WitnessProcess witness) {
        if (!witness.isAlive()) {
            throw new CommandFailure("the witness ended by itself; it printed\n" + witness.log());
        }
    }
}

package io.tendon.control;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.LastAnomaly;
import io.tendon.bus.counter.LiveNode;
import java.util.Locale;
import java.util.Optional;

/** What the status command says of anomalies. */
final class AnomalyStatus {
    private static final double PPM = 1e6;
    private static final double MS_PER_S = 1e3;

    private AnomalyStatus() {}

    /** One line, without its label. */
    static String text(final LiveNode control) {
        final long anomalies = control.count(BusCounter.ANOMALIES);
        final long faults = control.count(BusCounter.FAULTS_INJECTED);
        return (scorePpm(control) < 0
                        ? "nothing is judged"
                        : String.format(Locale.ROOT, "score %.2f, 1 is an anomaly", scorePpm(control) / PPM))
                + last(control)
                        .map(anomaly -> String.format(
                                Locale.ROOT,
                                "; %d so far, the last %.1f s ago: %s",
                                anomalies,
                                (control.session().clock().time() - control.count(BusCounter.LAST_ANOMALY_AT_MS))
                                        / MS_PER_S,
                                anomaly.words()))
                        .orElse("; none so far")
                + (faults == 0 ? "" : "; " + faults + " injected into the simulated arm");
    }

    /** Fields of a JSON object, without its braces. */
    static String json(final LiveNode control) {
        return String.format(
                Locale.ROOT,
                "\"anomalyScore\":%s,\"anomalies\":%d,\"lastAnomaly\":%s,\"faultsInjected\":%d",
                scorePpm(control) < 0 ? "null" : String.format(Locale.ROOT, "%.6f", scorePpm(control) / PPM),
                control.count(BusCounter.ANOMALIES),
                last(control)
                        .map(anomaly -> String.format(
                                Locale.ROOT,
                                "{\"kind\":\"%s\",\"joint\":%s,\"times\":%.3f,\"atMs\":%d}",
                                anomaly.kind(),
                                anomaly.joint() < 0 ? "null" : String.valueOf(anomaly.joint()),
                                anomaly.times(),
                                control.count(BusCounter.LAST_ANOMALY_AT_MS)))
                        .orElse("null"),
                control.count(BusCounter.FAULTS_INJECTED));
    }

    private static Optional<LastAnomaly> last(final LiveNode control) {
        return LastAnomaly.of(control.count(BusCounter.LAST_ANOMALY));
    }

    private static long scorePpm(final LiveNode control) {
        return control.count(BusCounter.ANOMALY_SCORE_PPM);
    }
}

package io.tendon.bench.ipc;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one way between two processes came to in one round. Immutable by convention: the histogram is not changed.
 *
 * @param roundTrip of single messages.
 * @param roundTripNs all of them, where the tool tells.
 * @param messagesPerSecond one way; 0 when it was not measured.
 */
public record IpcFigures(RoundTrip roundTrip, Optional<Histogram> roundTripNs, double messagesPerSecond) {
    /**
     * Percentiles of round trips, ns.
     *
     * @param count of round trips.
     * @param p50Ns median.
     * @param p99Ns 99th percentile.
     * @param p999Ns 99.9th percentile; 0 when the tool does not tell.
     * @param maxNs the longest.
     */
    public record RoundTrip(long count, long p50Ns, long p99Ns, long p999Ns, long maxNs) {}

    static IpcFigures of(final Histogram histogram, final double messagesPerSecond) {
        return new IpcFigures(
                new RoundTrip(
                        histogram.getTotalCount(),
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getValueAtPercentile(99.9),
                        histogram.getMaxValue()),
                Optional.of(histogram),
                messagesPerSecond);
    }
}

package io.tendon.fusion.link;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.status.AtomicCounter;

/** How long a model takes, over the node's life, as percentiles in the node's counters. Inference's thread. */
public final class InferenceLatency implements LongConsumer {
    private static final long HIGHEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    /** Percentiles are taken this often at most: each goes over the whole histogram. */
    private static final int EACH = 16;

    private final Histogram histogram = new Histogram(1, HIGHEST_NS, DIGITS);
    private final AtomicCounter p50;
    private final AtomicCounter p99;
    private final AtomicCounter max;

    /**
     * Latencies of one model.
     *
     * @param counters of the node.
     */
    public InferenceLatency(final BusCounters counters) {
        p50 = counters.node(BusCounter.INFERENCE_P50_NS);
        p99 = counters.node(BusCounter.INFERENCE_P99_NS);
        max = counters.node(BusCounter.INFERENCE_MAX_NS);
    }

    @Override
    public void accept(final long latencyNs) {
        histogram.recordValue(Math.max(1, Math.min(latencyNs, HIGHEST_NS)));
        final long count = histogram.getTotalCount();
        if (count < EACH || count % EACH == 0) {
            p50.setRelease(histogram.getValueAtPercentile(50));
            p99.setRelease(histogram.getValueAtPercentile(99));
            max.setRelease(histogram.getMaxValue());
        }
    }
}

package io.tendon.bench.store.robot;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** What {@link StateNode} has noted: the cost of each message, in intervals. Main thread. */
final class CostLog {
    private final Path file;

    CostLog(final Path file) {
        this.file = file;
    }

    /**
     * Adds up what lies in a stretch.
     *
     * @param fromMs since the epoch; intervals that begin before are left out.
     * @param toMs since the epoch; intervals that end behind are left out.
     * @return costs, ns.
     */
    Histogram between(final long fromMs, final long toMs) throws FileNotFoundException {
        final Histogram sum = new Histogram(3);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof Histogram histogram
                        && histogram.getStartTimeStamp() >= fromMs
                        && histogram.getEndTimeStamp() <= toMs) {
                    sum.add(histogram);
                }
            }
        }
        return sum;
    }
}

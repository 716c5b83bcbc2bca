package io.tendon.bench.store.robot;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** What {@link StateNode} has noted, once it has ended: the cost of each message, in intervals. Main thread. */
final class CostLog {
    private final Path file;

    CostLog(final Path file) {
        this.file = file;
    }

    /**
     * A stretch of time. Immutable.
     *
     * @param fromMs since the epoch.
     * @param toMs since the epoch.
     */
    record Stretch(long fromMs, long toMs) {}

    /**
     * Adds up what lies in a stretch.
     *
     * @param stretch intervals that begin before or end behind it are left out.
     * @return costs, ns; empty when nothing was noted then.
     */
    Histogram in(final Stretch stretch) throws FileNotFoundException {
        final Histogram sum = new Histogram(3);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof Histogram histogram
                        && histogram.getStartTimeStamp() >= stretch.fromMs()
                        && histogram.getEndTimeStamp() <= stretch.toMs()) {
                    sum.add(histogram);
                }
            }
        }
        return sum;
    }
}

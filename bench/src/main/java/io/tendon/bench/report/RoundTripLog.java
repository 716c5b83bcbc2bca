package io.tendon.bench.report;

import io.tendon.bench.ipc.IpcFigures;
import java.io.IOException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Every round trip of every round as an HdrHistogram log, ns, tagged with what was measured: for
 * HistogramLogProcessor and HistogramLogAnalyzer.
 */
public final class RoundTripLog {
    private static final double NS_PER_MS = 1e6;

    private RoundTripLog() {}

    /**
     * Writes it.
     *
     * @param results of a run.
     * @param file to write.
     * @throws IOException when it cannot be written.
     */
    public static void write(final Results results, final Path file) throws IOException {
        final HistogramLogWriter log = new HistogramLogWriter(file.toFile());
        try {
            log.outputComment("round trips of one message between two processes, ns; one interval is one round");
            log.outputLogFormatVersion();
            log.outputLegend();
            for (final Conversation conversation : results.conversations()) {
                int round = 0;
                for (final IpcFigures figures : conversation.rounds()) {
                    round++;
                    if (figures.roundTripNs().isPresent()) {
                        final Histogram histogram = figures.roundTripNs().get();
                        histogram.setTag(conversation.label().replace(' ', '-'));
                        histogram.setStartTimeStamp(round * 1000L);
                        histogram.setEndTimeStamp(round * 1000L + 1000L);
                        log.outputIntervalHistogram(round, round + 1.0, histogram, NS_PER_MS);
                    }
                }
            }
        } finally {
            log.close();
        }
    }
}

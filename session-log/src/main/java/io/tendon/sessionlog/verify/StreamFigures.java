package io.tendon.sessionlog.verify;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was counted of one stream, all its writers together.
 *
 * @param streamId of the stream.
 * @param stream name of the stream.
 * @param writerLives that wrote on it.
 * @param recordings of it.
 * @param messages each counted once.
 * @param missingExplained messages that the log says are missing, and why.
 * @param missingUnexplained messages that are missing without a word.
 * @param ratePerS messages a second of one writer, while it wrote; 0 when there are too few to say.
 * @param expectedRatePerS of one writer; 0 for a stream on which is spoken only when there is something to say.
 * @param firstNs capture time of the first message, ns since the epoch; {@link TimeSpan#UNKNOWN} when there is none.
 * @param lastNs capture time of the last message, ns since the epoch; {@link TimeSpan#UNKNOWN} when there is none.
 */
public record StreamFigures(
        int streamId,
        String stream,
        int writerLives,
        int recordings,
        long messages,
        long missingExplained,
        long missingUnexplained,
        double ratePerS,
        double expectedRatePerS,
        long firstNs,
        long lastNs) {

    private static final Set<StreamDescriptor> REGULAR = Set.of(
            StreamCatalog.CONTROL_STATE,
            StreamCatalog.FUSION_SETPOINT,
            StreamCatalog.FUSION_STATE,
            StreamCatalog.PERSISTENCE_PROGRESS,
            StreamCatalog.NODE_HEALTH);
    private static final double NS_PER_S = 1e9;

    /** Whether its writers speak at a fixed rate. */
    public boolean isRegular() {
        return expectedRatePerS > 0;
    }

    /**
     * Sums up.
     *
     * @param lives of all writers.
     * @param controlPeriodNs period of the control loop; 0 when it is not known.
     * @return in the order of the streams' ids.
     */
    static List<StreamFigures> of(final List<LifeFigures> lives, final long controlPeriodNs) {
        final Map<Integer, List<LifeFigures>> byStream = new TreeMap<>();
        lives.forEach(life -> byStream.computeIfAbsent(life.life().streamId(), key -> new ArrayList<>())
                .add(life));
        return byStream.values().stream()
                .map(some -> sum(some, controlPeriodNs))
                .toList();
    }

    /** Messages a second that a writer of the stream should send; 0 when it speaks only when there is something to say. */
    static double expectedRatePerS(final int streamId, final long controlPeriodNs) {
        if (streamId == StreamCatalog.CONTROL_STATE.streamId() && controlPeriodNs > 0) {
            return NS_PER_S / controlPeriodNs;
        }
        return REGULAR.stream()
                .filter(stream -> stream.streamId() == streamId)
                .mapToDouble(StreamDescriptor::messagesPerSecond)
                .findFirst()
                .orElse(0);
    }

    private static StreamFigures sum(final List<LifeFigures> lives, final long controlPeriodNs) {
        final LifeFigures any = lives.get(0);
        final List<LifeFigures> lively =
                lives.stream().filter(life -> life.ratePerS() > 0).toList();
        final double durationS = lively.stream()
                .mapToDouble(life -> (life.lastNs() - life.firstNs()) / NS_PER_S)
                .sum();
        final long steps =
                lively.stream().mapToLong(life -> life.messages() - 1).sum();
        return new StreamFigures(
                any.life().streamId(),
                any.stream(),
                (int) lives.stream().filter(life -> life.recordings() > 0).count(),
                lives.stream().mapToInt(LifeFigures::recordings).sum(),
                lives.stream().mapToLong(LifeFigures::messages).sum(),
                lives.stream().mapToLong(LifeFigures::missingExplained).sum(),
                lives.stream().mapToLong(LifeFigures::missingUnexplained).sum(),
                durationS > 0 ? steps / durationS : 0,
                expectedRatePerS(any.life().streamId(), controlPeriodNs),
                lives.stream()
                        .filter(life -> !life.isEmpty())
                        .mapToLong(LifeFigures::firstNs)
                        .min()
                        .orElse(TimeSpan.UNKNOWN),
                lives.stream().mapToLong(LifeFigures::lastNs).max().orElse(TimeSpan.UNKNOWN));
    }
}

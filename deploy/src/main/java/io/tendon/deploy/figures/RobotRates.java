package io.tendon.deploy.figures;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What two readings of a robot's figures say of the time between them. NaN where that is nothing. Immutable.
 *
 * @param intervalS between the two.
 * @param loopHz cycles a second, by node.
 * @param cpuFraction of one core, by node.
 * @param streams by stream id.
 */
public record RobotRates(
        double intervalS,
        Map<NodeId, Double> loopHz,
        Map<NodeId, Double> cpuFraction,
        Map<Integer, StreamRate> streams) {

    private static final double NS_PER_S = 1e9;
    private static final double MS_PER_S = 1e3;
    private static final double S_PER_HOUR = 3600;

    /**
     * Of one stream.
     *
     * @param messagesPerS committed.
     * @param bytesPerS published, frame headers and padding included.
     */
    public record StreamRate(double messagesPerS, double bytesPerS) {
        private static final StreamRate UNKNOWN = new StreamRate(Double.NaN, Double.NaN);
    }

    /** Copies the maps. */
    public RobotRates {
        loopHz = Map.copyOf(loopHz);
        cpuFraction = Map.copyOf(cpuFraction);
        streams = Map.copyOf(streams);
    }

    /**
     * Rates between two readings of one robot.
     *
     * @param past the earlier.
     * @param present the later; the same one knows no rates.
     * @return the rates.
     */
    public static RobotRates between(final RobotFigures past, final RobotFigures present) {
        final double intervalS = (present.readAtNs() - past.readAtNs()) / NS_PER_S;
        final Map<NodeId, Double> loopHz = new EnumMap<>(NodeId.class);
        final Map<NodeId, Double> cpuFraction = new EnumMap<>(NodeId.class);
        final Map<Integer, StreamRate> streams = new HashMap<>();
        if (intervalS > 0 && present.isLive()) {
            for (final LoopFigures loop : present.loops()) {
                past.loops().stream()
                        .filter(before -> before.node() == loop.node())
                        .forEach(
                                before -> loopHz.put(loop.node(), rate(before.executed(), loop.executed(), intervalS)));
            }
            for (final NodeFigures node : present.nodes()) {
                past.node(node.node())
                        .filter(before -> before.pid() == node.pid() && node.cpuTimeNs() > 0)
                        .ifPresent(before -> cpuFraction.put(
                                node.node(), rate(before.cpuTimeNs(), node.cpuTimeNs(), intervalS) / NS_PER_S));
            }
            for (final StreamFigures stream : present.streams()) {
                past.streams().stream()
                        .filter(before ->
                                before.stream().streamId() == stream.stream().streamId())
                        .forEach(before -> streams.put(
                                stream.stream().streamId(),
                                new StreamRate(
                                        rate(before.sent(), stream.sent(), intervalS),
                                        rate(before.publishedBytes(), stream.publishedBytes(), intervalS))));
            }
        }
        return new RobotRates(intervalS, loopHz, cpuFraction, streams);
    }

    /** Cycles a second of a node's loop. */
    public double loopHz(final NodeId node) {
        return loopHz.getOrDefault(node, Double.NaN);
    }

    /** Share of one core that a node takes; 2 is two cores. */
    public double cpuFraction(final NodeId node) {
        return cpuFraction.getOrDefault(node, Double.NaN);
    }

    /** Of a stream. */
    public StreamRate of(final StreamDescriptor stream) {
        return streams.getOrDefault(stream.streamId(), StreamRate.UNKNOWN);
    }

    /** Messages a second on all streams. */
    public double messagesPerS() {
        return streams.isEmpty()
                ? Double.NaN
                : streams.values().stream()
                        .mapToDouble(StreamRate::messagesPerS)
                        .sum();
    }

    /** Bytes a second on all streams, which is what a recording grows by. */
    public double bytesPerS() {
        return streams.isEmpty()
                ? Double.NaN
                : streams.values().stream().mapToDouble(StreamRate::bytesPerS).sum();
    }

    /** How long ago a stream's writer was where the recorder is, by its present rate, ms; 0 without lag. */
    public double lagMs(final StreamFigures stream) {
        return stream.lagBytes() == 0
                ? 0
                : stream.lagBytes() / of(stream.stream()).bytesPerS() * MS_PER_S;
    }

    /** Hours until the disk is full at the present rate. */
    public double hoursLeft(final DiskFigures disk) {
        return disk.freeBytes() < 0 || !(bytesPerS() > 0) ? Double.NaN : disk.freeBytes() / bytesPerS() / S_PER_HOUR;
    }

    private static double rate(final long before, final long now, final double intervalS) {
        return Math.max(0, now - before) / intervalS;
    }
}

package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.Damage;
import java.util.List;

/**
 * What a replay did. Immutable; any thread.
 *
 * @param sessionId that was replayed.
 * @param streams in the order of their ids.
 * @param recordedNs recorded time that was gone through, jumps left out, ns.
 * @param elapsedNs time from the first message to the last, pauses left out, ns.
 * @param speedFactor recorded time per time that passed; 0 before two messages.
 * @param isPaced whether messages were due at times; else lateness does not apply.
 * @param maxLatenessNs most by which a message came after it was due, ns.
 * @param p99LatenessNs its 99th percentile, ns.
 * @param damages that could not be replayed.
 */
public record ReplayReport(
        String sessionId,
        List<StreamFigures> streams,
        long recordedNs,
        long elapsedNs,
        double speedFactor,
        boolean isPaced,
        long maxLatenessNs,
        long p99LatenessNs,
        List<Damage> damages) {

    /**
     * Figures of one stream.
     *
     * @param name of the live stream.
     * @param messages published.
     * @param bytes of them, without frame headers.
     * @param lost given up because a reader held the replay up.
     */
    public record StreamFigures(String name, long messages, long bytes, long lost) {}

    /** Copies the lists. */
    public ReplayReport {
        streams = List.copyOf(streams);
        damages = List.copyOf(damages);
    }

    /** Messages published on all streams. */
    public long messages() {
        return streams.stream().mapToLong(StreamFigures::messages).sum();
    }

    /** Messages given up on all streams. */
    public long lost() {
        return streams.stream().mapToLong(StreamFigures::lost).sum();
    }

    static ReplayReport of(final String sessionId, final ReplayTally tally, final List<Damage> damages) {
        return new ReplayReport(
                sessionId,
                tally.streams().values().stream()
                        .map(stream ->
                                new StreamFigures(stream.name(), stream.messages(), stream.bytes(), stream.lost()))
                        .toList(),
                tally.recordedNs(),
                tally.elapsedNs(),
                tally.speed(),
                tally.isPaced(),
                tally.maxLatenessNs(),
                tally.p99LatenessNs(),
                damages);
    }
}

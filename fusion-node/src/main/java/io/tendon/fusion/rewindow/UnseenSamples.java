package io.tendon.fusion.rewindow;

import io.tendon.fusion.link.RecordedStatements;
import io.tendon.fusion.link.RecordedStatements.SaidGap;
import io.tendon.sessionlog.recording.MessageCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The samples of control that fusion says it did not get. One owner thread. */
final class UnseenSamples {
    /** By life of control: last sequence of each gap, by its first. */
    private final Map<Integer, TreeMap<Long, Long>> gaps = new HashMap<>();

    /**
     * Reads them.
     *
     * @param events of fusion.
     * @param streamId of control.state.
     * @return all that were said.
     */
    static UnseenSamples read(final MessageCursor events, final int streamId) {
        final RecordedStatements statements = new RecordedStatements();
        final UnseenSamples unseen = new UnseenSamples();
        while (events.next()) {
            if (events.message().hasStamp()) {
                final SaidGap gap = statements.gap(
                        events.message().buffer(), events.message().offset(), streamId);
                if (gap != null) {
                    unseen.add(gap);
                }
            }
        }
        return unseen;
    }

    boolean contains(final int sessionId, final long sequence) {
        final TreeMap<Long, Long> ofLife = gaps.get(sessionId);
        final Map.Entry<Long, Long> before = ofLife == null ? null : ofLife.floorEntry(sequence);
        return before != null && sequence <= before.getValue();
    }

    /** Of gaps that begin alike the longest counts: a restarted fusion says a gap of its own. */
    void add(final SaidGap gap) {
        gaps.computeIfAbsent(gap.sessionId(), id -> new TreeMap<>())
                .merge(gap.firstSequence(), gap.lastSequence(), Math::max);
    }
}

package io.tendon.sessionlog.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects findings. Of one kind in one recording the first {@value #KEPT} are kept, and the rest become one that spans
 * them, so that what is told of a recording full of holes stays short. A repair, which must know each, keeps all of them: its
 * memory grows with the number of damaged places. One owner thread.
 */
final class FindingLog {
    /** Findings of one kind in one recording that are kept one by one. */
    static final int KEPT = 50;

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparingInt(finding -> finding.place().streamId())
            .thenComparingLong(finding -> finding.place().recordingId())
            .thenComparingLong(finding -> finding.place().fromPosition());

    private final Map<Key, Kept> kept = new LinkedHashMap<>();
    private final int limit;

    FindingLog() {
        this(KEPT);
    }

    /** Keeps another number of them one by one. */
    FindingLog(final int limit) {
        this.limit = limit;
    }

    void add(final Finding finding) {
        kept.computeIfAbsent(
                        new Key(
                                finding.kind(),
                                finding.place().streamId(),
                                finding.place().recordingId()),
                        key -> new Kept(limit))
                .add(finding);
    }

    /** All findings: errors, warnings, notes; of each by stream, recording and position. */
    List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>();
        kept.values().forEach(some -> some.addTo(findings));
        findings.sort(ORDER);
        return findings;
    }

    private record Key(FindingKind kind, int streamId, long recordingId) {}

    /** Findings of one kind in one recording. */
    private static final class Kept {
        private final int limit;
        private final List<Finding> first = new ArrayList<>();
        private Finding rest = Finding.ofSession(FindingKind.SKEW, "");
        private long restCount;
        private long restMissing;

        Kept(final int limit) {
            this.limit = limit;
        }

        void add(final Finding finding) {
            if (first.size() < limit) {
                first.add(finding);
                return;
            }
            rest = restCount == 0 ? finding : spanning(rest, finding);
            restCount++;
            restMissing += finding.missing() == null ? 0 : finding.missing().count();
        }

        void addTo(final List<Finding> findings) {
            findings.addAll(first);
            if (restCount > 0) {
                findings.add(new Finding(
                        rest.kind(),
                        rest.place(),
                        rest.times(),
                        rest.missing(),
                        "and " + restCount + " more of this kind, " + restMissing
                                + " messages missing in all of them"));
            }
        }

        private static Finding spanning(final Finding from, final Finding to) {
            final SequenceRange missing = from.missing() == null
                    ? to.missing()
                    : to.missing() == null
                            ? from.missing()
                            : new SequenceRange(
                                    from.missing().first(), to.missing().last());
            return new Finding(
                    from.kind(),
                    new Place(
                            from.place().streamId(),
                            from.place().stream(),
                            from.place().recordingId(),
                            from.place().sessionId(),
                            from.place().fromPosition(),
                            to.place().toPosition()),
                    new TimeSpan(from.times().fromNs(), to.times().toNs()),
                    missing,
                    "");
        }
    }
}

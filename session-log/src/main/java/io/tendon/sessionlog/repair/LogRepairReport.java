package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.verify.VerifyReport;
import java.util.List;

/**
 * What a repair has done to a log. Immutable; any thread.
 *
 * @param sessionId name of the session.
 * @param actions for a person: files that were made again, one line each.
 * @param warnings for a person: what cannot be made again, one line each.
 * @param ranges of recordings that were replaced, and messages that were found missing.
 * @param verified what verify says of the log now.
 */
public record LogRepairReport(
        String sessionId,
        List<String> actions,
        List<String> warnings,
        List<RepairedRange> ranges,
        VerifyReport verified) {
    /** Copies the lists. */
    public LogRepairReport {
        actions = List.copyOf(actions);
        warnings = List.copyOf(warnings);
        ranges = List.copyOf(ranges);
    }

    /** Whether anything was wrong. */
    public boolean isAnythingDone() {
        return !actions.isEmpty() || !ranges.isEmpty();
    }

    /** Messages that are lost, as far as that is known. */
    public long lostMessages() {
        return ranges.stream()
                .filter(range -> range.kind() != RepairedRange.Kind.RESTORED)
                .mapToLong(RepairedRange::messages)
                .sum();
    }
}

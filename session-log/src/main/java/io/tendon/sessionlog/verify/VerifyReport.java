package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import java.util.List;

/**
 * What there is to say of a session's recording. Immutable; any thread.
 *
 * @param sessionId name of the session.
 * @param state of the session.
 * @param findings errors, warnings, notes; of each by stream, recording and position.
 * @param streams what was counted, by stream.
 * @param losses of each writer's life of which something was lost.
 * @param bytes of recordings that were read.
 */
public record VerifyReport(
        String sessionId,
        SessionState state,
        List<Finding> findings,
        List<StreamFigures> streams,
        List<LossBalance> losses,
        long bytes) {

    /** Copies the lists. */
    public VerifyReport {
        findings = List.copyOf(findings);
        streams = List.copyOf(streams);
        losses = List.copyOf(losses);
    }

    /** Whether nothing is damaged and every message that is missing is accounted for. */
    public boolean isOk() {
        return count(Severity.ERROR) == 0;
    }

    /** How many findings matter so much. */
    public long count(final Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** Messages that are recorded, each counted once. */
    public long messages() {
        return streams.stream().mapToLong(StreamFigures::messages).sum();
    }

    /** Messages that the log says are missing, and why. */
    public long missingExplained() {
        return streams.stream().mapToLong(StreamFigures::missingExplained).sum();
    }

    /** Messages that are missing without a word. */
    public long missingUnexplained() {
        return streams.stream().mapToLong(StreamFigures::missingUnexplained).sum();
    }

    /** Recordings that were read. */
    public int recordings() {
        return streams.stream().mapToInt(StreamFigures::recordings).sum();
    }

    /** Lives of writers that were recorded. */
    public int writerLives() {
        return streams.stream().mapToInt(StreamFigures::writerLives).sum();
    }
}

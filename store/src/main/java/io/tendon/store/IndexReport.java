package io.tendon.store;

import io.tendon.store.vector.RecallFigures;
import java.util.List;

/**
 * How the indices of a session stand against its recording. Immutable; any thread.
 *
 * @param findings in the order of the indices.
 * @param recall of each graph over vectors.
 */
public record IndexReport(List<IndexFinding> findings, List<RecallFigures> recall) {
    /** Copies the lists. */
    public IndexReport {
        findings = List.copyOf(findings);
        recall = List.copyOf(recall);
    }

    /** Whether all that are there answer as the recording does. */
    public boolean isOk() {
        return findings.stream().noneMatch(IndexFinding::isFault);
    }

    /** Whether something is wrong with an index. */
    public boolean isFaulty(final String index) {
        return findings.stream()
                .anyMatch(finding -> finding.isFault() && finding.index().equals(index));
    }
}

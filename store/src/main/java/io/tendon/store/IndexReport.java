package io.tendon.store;

import io.tendon.store.vector.RecallFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Files and directories of an index that are at fault by themselves. */
    public Set<Path> faultyFiles(final String index) {
        return findings.stream()
                .filter(finding -> finding.isFault() && finding.index().equals(index))
                .map(IndexFinding::file)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether something is wrong with an index that no file of it is at fault for. */
    public boolean isWhollyFaulty(final String index) {
        return findings.stream()
                .anyMatch(finding -> finding.isFault() && finding.index().equals(index) && finding.file() == null);
    }

    /** Whether something is wrong with an index. */
    public boolean isFaulty(final String index) {
        return findings.stream()
                .anyMatch(finding -> finding.isFault() && finding.index().equals(index));
    }
}

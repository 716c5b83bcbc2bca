package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.recording.SegmentFile;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.TimeSpan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a session had said of its losses and does not any more. A loss that nothing explains is named by a repair only when
 * what explained it may be among that; else it is an error of the recording, and stays one whatever else was mended.
 * Immutable; any thread.
 *
 * @param ranges of the log that cannot be read any more.
 * @param recordings of the session, by id.
 * @param isBoundless whether it is not known how much is lost: any loss may have been explained by it.
 */
record LostStatements(List<RepairedRange> ranges, Map<Long, RecordingDescriptor> recordings, boolean isBoundless) {
    /**
     * Finds out.
     *
     * @param archiveDir of the session.
     * @param recordings of the session.
     * @param ranges that repairs have replaced.
     * @param manifest as it was found; null when it cannot be read.
     * @param isCatalogLost whether what recordings there were is known from elsewhere alone.
     * @param isPurgeLedgerLost whether lines of the ledger of deleted segments are lost.
     * @return what is lost.
     */
    static LostStatements of(
            final Path archiveDir,
            final List<RecordingDescriptor> recordings,
            final List<RepairedRange> ranges,
            final @Nullable SessionManifest manifest,
            final boolean isCatalogLost,
            final boolean isPurgeLedgerLost) {
        final boolean isManifestLost = manifest == null || manifest.isRebuilt();
        final boolean isOpenEnded = recordings.stream()
                .filter(SessionVerifier::isStatedOn)
                .anyMatch(recording -> recording.isOpen() && (isManifestLost || isGone(archiveDir, recording)));
        return new LostStatements(
                ranges.stream()
                        .filter(range -> range.kind() == RepairedRange.Kind.LOST)
                        .toList(),
                recordings.stream().collect(Collectors.toMap(RecordingDescriptor::recordingId, Function.identity())),
                isPurgeLedgerLost || isOpenEnded || (isManifestLost && isCatalogLost));
    }

    /** Whether what explained a loss may be lost: it was said at the loss, or after it. */
    boolean mayExplain(final Finding loss) {
        return isBoundless
                || ranges.stream()
                        .anyMatch(range -> recordings.containsKey(range.recordingId())
                                && SessionVerifier.isStatedOn(recordings.get(range.recordingId()))
                                && (range.toNs() == TimeSpan.UNKNOWN
                                        || range.toNs() >= loss.times().fromNs()));
    }

    private static boolean isGone(final Path archiveDir, final RecordingDescriptor recording) {
        return SegmentFile.basePositions(archiveDir, recording.recordingId()).isEmpty();
    }
}

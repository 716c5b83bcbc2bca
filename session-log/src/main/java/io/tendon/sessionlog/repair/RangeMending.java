package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.FrameRestoring;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.recording.RepairedRange.Kind;
import io.tendon.sessionlog.recording.SegmentWriter;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.MessageCheck;
import io.tendon.sessionlog.verify.VerifyReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Replaces damaged ranges of a session's segments. First the bytes are copied, then the plan is written, then it is carried
 * out and becomes part of the ledger: a repair that is killed is carried on by the next, which changes the same bytes to
 * the same. One owner thread.
 */
final class RangeMending {
    /** A frame that was restored may end a damaged range, and show another one behind it. */
    private static final int MAX_PASSES = 3;

    private final SessionDirectory directory;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    private final SavedFiles saved;
    private final long nowMs;
    private final boolean isDryRun;
    private final RepairLedger plan;
    private final RepairLedger ledger;

    RangeMending(
            final SessionDirectory directory,
            final List<RecordingDescriptor> recordings,
            final SavedFiles saved,
            final org.agrona.concurrent.EpochClock clock,
            final boolean isDryRun) {
        this.directory = directory;
        recordings.forEach(recording -> this.recordings.put(recording.recordingId(), recording));
        this.saved = saved;
        this.nowMs = clock.time();
        this.isDryRun = isDryRun;
        this.plan = RepairLedger.planOf(directory.repair());
        this.ledger = RepairLedger.of(directory.repair());
    }

    /** Ends what a repair was about to do that was killed. */
    List<RepairedRange> carryOn() throws IOException {
        final List<RepairedRange> left = plan.ranges();
        if (!isDryRun) {
            perform(left);
        }
        return left;
    }

    /**
     * Replaces what verify finds damaged.
     *
     * @param first what it finds now.
     * @param verify asks it again.
     * @param done takes what was replaced.
     * @return what it finds then.
     */
    VerifyReport mend(final VerifyReport first, final Supplier<VerifyReport> verify, final List<RepairedRange> done)
            throws IOException {
        VerifyReport report = first;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            final List<RepairedRange> restored = restored(report);
            plan(restored);
            done.addAll(restored);
            if (!restored.isEmpty() && !isDryRun) {
                report = verify.get();
            }
            final List<RepairedRange> lost = lost(report, restored);
            plan(lost);
            done.addAll(lost);
            if (isDryRun || (restored.isEmpty() && lost.isEmpty())) {
                break;
            }
            report = lost.isEmpty() ? report : verify.get();
        }
        return report;
    }

    /** A line of the ledger that says what a finding does. */
    static RepairedRange range(
            final Kind kind, final Finding finding, final String detail, final String reason, final long nowMs) {
        return new RepairedRange(
                kind,
                finding.place().recordingId(),
                finding.place().streamId(),
                finding.place().fromPosition(),
                finding.place().toPosition(),
                finding.missing() == null
                        ? RepairedRange.UNKNOWN
                        : finding.missing().first(),
                finding.missing() == null
                        ? RepairedRange.UNKNOWN
                        : finding.missing().last(),
                finding.times().fromNs(),
                finding.times().toNs(),
                nowMs,
                detail,
                reason);
    }

    private List<RepairedRange> restored(final VerifyReport report) {
        final MessageCheck messages = new MessageCheck(MessageIr.of(directory, warning -> {}));
        final FrameRestoring restoring = new FrameRestoring(directory.archive(), messages::lengthBytes);
        final List<RepairedRange> restored = new ArrayList<>();
        for (final Finding finding : report.findings()) {
            final RecordingDescriptor recording = recordings.get(finding.place().recordingId());
            if (recording != null
                    && (finding.kind() == FindingKind.DAMAGED_FRAME || finding.kind() == FindingKind.WRONG_LENGTH)) {
                long position = finding.place().fromPosition();
                while (position < finding.place().toPosition()) {
                    final FrameRestoring.Restored frame = restoring
                            .find(recording, position, finding.place().toPosition())
                            .orElse(null);
                    if (frame == null) {
                        break;
                    }
                    restored.add(new RepairedRange(
                            Kind.RESTORED,
                            recording.recordingId(),
                            recording.streamId(),
                            frame.fromPosition(),
                            frame.toPosition(),
                            RepairedRange.UNKNOWN,
                            RepairedRange.UNKNOWN,
                            finding.times().fromNs(),
                            finding.times().toNs(),
                            nowMs,
                            HexFormat.of().formatHex(frame.header()),
                            "damaged frame header, the message is whole"));
                    position = frame.toPosition();
                }
            }
        }
        return restored;
    }

    private List<RepairedRange> lost(final VerifyReport report, final List<RepairedRange> restored) throws IOException {
        final List<RepairedRange> lost = new ArrayList<>();
        for (final Finding finding : report.findings()) {
            final RecordingDescriptor recording = recordings.get(finding.place().recordingId());
            if (recording != null
                    && finding.kind() == FindingKind.DAMAGED_FRAME
                    && restored.stream().noneMatch(frame -> isWhole(frame, finding))) {
                final String name = isDryRun
                        ? ""
                        : saved.copy(
                                directory.archive(),
                                recording,
                                finding.place().fromPosition(),
                                finding.place().toPosition());
                lost.add(range(
                        Kind.LOST, finding, name.isEmpty() ? RepairedRange.NO_DETAIL : name, reason(finding), nowMs));
            }
        }
        return lost;
    }

    /** Of a dry run, in which nothing is restored before what is lost is looked for. */
    private static boolean isWhole(final RepairedRange frame, final Finding finding) {
        return frame.recordingId() == finding.place().recordingId()
                && frame.fromPosition() == finding.place().fromPosition()
                && frame.toPosition() == finding.place().toPosition();
    }

    /** The fault alone: what is lost by it stands beside it. */
    private static String reason(final Finding finding) {
        final int end = finding.text().indexOf(": ");
        final int semicolon = finding.text().indexOf("; no message");
        return end >= 0
                ? finding.text().substring(0, end)
                : semicolon >= 0 ? finding.text().substring(0, semicolon) : finding.text();
    }

    private void plan(final List<RepairedRange> ranges) throws IOException {
        if (!ranges.isEmpty() && !isDryRun) {
            plan.add(ranges);
            perform(ranges);
        }
    }

    private void perform(final List<RepairedRange> ranges) throws IOException {
        if (ranges.isEmpty()) {
            return;
        }
        for (final RepairedRange range : ranges) {
            final RecordingDescriptor recording = recordings.get(range.recordingId());
            if (recording == null) {
                continue;
            }
            final SegmentWriter writer = new SegmentWriter(directory.archive(), recording);
            if (range.kind() == Kind.RESTORED) {
                writer.header(range.fromPosition(), HexFormat.of().parseHex(range.detail()));
            } else {
                writer.pad(range.fromPosition(), range.toPosition());
            }
        }
        ledger.add(ranges);
        plan.delete();
    }
}

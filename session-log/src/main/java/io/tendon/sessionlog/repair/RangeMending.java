package io.tendon.sessionlog.repair;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.DiskSteps;
import io.tendon.sessionlog.recording.FrameFault;
import io.tendon.sessionlog.recording.FrameRestoring;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.recording.RepairedRange.Kind;
import io.tendon.sessionlog.recording.SegmentWriter;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.MessageCheck;
import io.tendon.sessionlog.verify.Place;
import io.tendon.sessionlog.verify.VerifyReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    private final DiskSteps steps;
    private final RepairLedger plan;
    private final RepairLedger ledger;

    /**
     * Replaces nothing yet.
     *
     * @param directory of the session.
     * @param recordings as they are, whatever its catalog says.
     * @param saved keeps what is replaced.
     * @param nowMs when it is repaired, ms since the epoch.
     * @param isDryRun whether to only say what would be done.
     * @param steps is told of each change before it is made.
     */
    RangeMending(
            final SessionDirectory directory,
            final List<RecordingDescriptor> recordings,
            final SavedFiles saved,
            final long nowMs,
            final boolean isDryRun,
            final DiskSteps steps) {
        this.directory = directory;
        recordings.forEach(recording -> this.recordings.put(recording.recordingId(), recording));
        this.saved = saved;
        this.nowMs = nowMs;
        this.isDryRun = isDryRun;
        this.steps = steps;
        this.plan = RepairLedger.planOf(directory.repair());
        this.ledger = RepairLedger.of(directory.repair());
    }

    /**
     * Ends what a repair was about to do that was killed. A range in which messages can be read by now was put back from a
     * copy meanwhile, and is left.
     *
     * @return what was done; nothing in a dry run, which finds the same damage again.
     */
    List<RepairedRange> carryOn() throws IOException {
        if (isDryRun) {
            return List.of();
        }
        final List<RepairedRange> left =
                plan.ranges().stream().filter(this::isStillDamaged).toList();
        perform(left);
        if (left.isEmpty()) {
            plan.delete();
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

    private boolean isStillDamaged(final RepairedRange range) {
        final RecordingDescriptor recording = recordings.get(range.recordingId());
        if (recording == null || range.kind() == Kind.RESTORED) {
            return recording != null;
        }
        try (RecordingReader reader = new RecordingReader(directory.archive(), recording, DamageListener.IGNORED)) {
            reader.seek(range.fromPosition());
            reader.limit(range.toPosition());
            return !reader.next();
        }
    }

    private List<RepairedRange> restored(final VerifyReport report) throws IOException {
        final MessageCheck messages = new MessageCheck(MessageIr.of(directory, warning -> {}));
        final FrameRestoring restoring = new FrameRestoring(directory.archive(), messages::lengthBytes);
        final List<RepairedRange> restored = new ArrayList<>();
        final Set<Place> seen = new HashSet<>();
        for (final Finding finding : report.findings()) {
            final Place place = finding.place();
            final RecordingDescriptor recording = recordings.get(place.recordingId());
            if (recording != null
                    && (finding.kind() == FindingKind.DAMAGED_FRAME || finding.kind() == FindingKind.WRONG_LENGTH)
                    && seen.add(place)) {
                for (final FrameRestoring.Restored frame :
                        restoring.find(recording, place.fromPosition(), place.toPosition())) {
                    if (frame.isBetween(
                            finding.times().fromNs(), finding.times().toNs())) {
                        restored.add(restored(recording, finding, frame));
                    }
                }
            }
        }
        return restored;
    }

    private RepairedRange restored(
            final RecordingDescriptor recording, final Finding finding, final FrameRestoring.Restored frame)
            throws IOException {
        if (!isDryRun) {
            saved.copy(directory.archive(), recording, frame.fromPosition(), frame.fromPosition() + HEADER_LENGTH);
        }
        return new RepairedRange(
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
                "damaged frame header, the message is whole");
    }

    private List<RepairedRange> lost(final VerifyReport report, final List<RepairedRange> restored) throws IOException {
        final List<RepairedRange> lost = new ArrayList<>();
        for (final Finding finding : report.findings()) {
            final RecordingDescriptor recording = recordings.get(finding.place().recordingId());
            if (recording != null
                    && finding.kind() == FindingKind.DAMAGED_FRAME
                    && !(isDryRun && isWhole(restored, finding.place()))) {
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

    /** Of a dry run, in which nothing is restored before what is lost is looked for: what is lost at most. */
    private static boolean isWhole(final List<RepairedRange> restored, final Place place) {
        long position = place.fromPosition();
        for (final RepairedRange frame : restored) {
            if (frame.recordingId() == place.recordingId() && frame.fromPosition() == position) {
                position = frame.toPosition();
            }
        }
        return position >= place.toPosition();
    }

    /** The fault alone: what is lost by it stands beside it. */
    private static String reason(final Finding finding) {
        return Stream.of(FrameFault.values())
                .map(FrameFault::text)
                .filter(finding.text()::startsWith)
                .findFirst()
                .orElse(finding.text());
    }

    private void plan(final List<RepairedRange> ranges) throws IOException {
        if (!ranges.isEmpty() && !isDryRun) {
            steps.before("plan " + ranges.size() + " ranges");
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
                throw new IllegalStateException("recording " + range.recordingId() + ": must be one that is known");
            }
            final SegmentWriter writer = new SegmentWriter(directory.archive(), recording, steps);
            if (range.kind() == Kind.RESTORED) {
                writer.header(range.fromPosition(), HexFormat.of().parseHex(range.detail()));
            } else {
                writer.pad(range.fromPosition(), range.toPosition());
            }
        }
        steps.before("name " + ranges.size() + " ranges");
        ledger.add(ranges);
        steps.before("delete the plan");
        plan.delete();
    }
}

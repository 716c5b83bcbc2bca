package io.tendon.sessionlog.verify;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.verify.SessionEvents.ReplacedLog;
import io.tendon.sessionlog.verify.SessionEvents.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that no gap in a recording shows, because nothing was recorded behind them: what the recorder knew to be
 * published behind the end of its recordings, and writers of whom the driver took all with it. One owner thread.
 */
final class LostTails {
    private final SessionManifest manifest;
    private final SessionStatements statements;
    private final List<LifeFigures> recorded;
    private final RepairedRanges repaired;
    private final FindingLog log;
    private final List<LifeFigures> lost = new ArrayList<>();

    private LostTails(
            final SessionManifest manifest,
            final SessionStatements statements,
            final List<LifeFigures> recorded,
            final RepairedRanges repaired,
            final FindingLog log) {
        this.manifest = manifest;
        this.statements = statements;
        this.recorded = recorded;
        this.repaired = repaired;
        this.log = log;
    }

    /**
     * Finds them.
     *
     * @param manifest of the session.
     * @param statements of the session.
     * @param recorded lives of writers.
     * @param isSessionKnown whether lives are told apart by Aeron's session ids.
     * @param repaired ranges of the session.
     * @param log takes the findings.
     * @return lives without messages, that count what is missing.
     */
    static List<LifeFigures> find(
            final SessionManifest manifest,
            final SessionStatements statements,
            final List<LifeFigures> recorded,
            final boolean isSessionKnown,
            final RepairedRanges repaired,
            final FindingLog log) {
        final LostTails tails = new LostTails(manifest, statements, recorded, repaired, log);
        manifest.unrecorded().forEach(tails::unrecorded);
        if (isSessionKnown) {
            statements.events().replacedLogs().forEach(tails::replaced);
        }
        return tails.lost;
    }

    private void unrecorded(final UnrecordedTail tail) {
        final List<LifeFigures> lives = recorded.stream()
                .filter(life -> life.life().streamId() == tail.streamId())
                .toList();
        final String amount = tail.messages() == 1
                ? "1 message"
                : tail.messages() > 0 ? tail.messages() + " messages" : tail.bytes() + " bytes";
        final String stated = cause(tail.streamId(), lives);
        final String cause = stated == null && repaired.hasTail(tail)
                ? "why is not known any more; named when the session was repaired"
                : stated;
        final boolean isExplained = cause != null;
        log.add(new Finding(
                isExplained ? FindingKind.EXPLAINED_LOSS : FindingKind.UNEXPLAINED_LOSS,
                Place.of(tail.streamId(), tail.streamName()),
                new TimeSpan(
                        lives.stream().mapToLong(LifeFigures::lastNs).max().orElse(TimeSpan.UNKNOWN),
                        manifest.endedNs()),
                null,
                amount + " missing at the end, published and not recorded"
                        + (isExplained ? ": " + cause : ", and nothing in the session says why")));
        count(
                new WriterLife(tail.streamId(), 0),
                tail.streamName(),
                isExplained ? tail.messages() : 0,
                isExplained ? 0 : tail.messages());
    }

    /** Why a stream's recording did not go on to its end: what was said behind a writer's last recorded message. */
    private @Nullable String cause(final int streamId, final List<LifeFigures> lives) {
        final Said failure = statements.events().recordingFailure(streamId);
        if (failure != null
                && (isBehindALife(failure.timeNs(), lives)
                        || statements.events().isRecordingOver(streamId))) {
            return failure.text() + ", as was said at " + TimeSpan.instant(failure.timeNs());
        }
        // A driver takes all logs with it, those of writers too that could not say so, such as heartbeats.
        return statements.events().replacedLogs().values().stream()
                .filter(replaced -> isBehindALife(replaced.saidNs(), lives))
                .max(Comparator.comparingLong(ReplacedLog::saidNs))
                .map(LifeLosses::driverDied)
                .orElse(isCutOff() ? "the driver died or the disk was full, and the session ended with that" : null);
    }

    private static boolean isBehindALife(final long timeNs, final List<LifeFigures> lives) {
        return lives.isEmpty() || lives.stream().anyMatch(life -> life.lastNs() <= timeNs);
    }

    /** Whether the recorder lived to write the manifest, but could not even record that it stops. */
    private boolean isCutOff() {
        return manifest.state() == SessionState.INTERRUPTED
                && !statements.events().isStopped(NodeId.PERSISTENCE);
    }

    private void replaced(final WriterLife life, final ReplacedLog replaced) {
        if (replaced.usedUp() <= 0
                || recorded.stream().anyMatch(figures -> figures.life().equals(life))) {
            return;
        }
        final StreamDescriptor stream = StreamCatalog.byId(life.streamId());
        final String name = stream == null ? "stream-" + life.streamId() : stream.name();
        final SequenceRange missing = new SequenceRange(0, replaced.usedUp() - 1);
        log.add(new Finding(
                FindingKind.EXPLAINED_LOSS,
                new Place(life.streamId(), name, Place.UNKNOWN, life.sessionId(), 0, replaced.endPosition()),
                new TimeSpan(TimeSpan.UNKNOWN, replaced.saidNs()),
                missing,
                missing.text() + " missing: " + LifeLosses.driverDied(replaced)));
        count(life, name, missing.count(), 0);
    }

    private void count(
            final WriterLife life, final String stream, final long missingExplained, final long missingUnexplained) {
        lost.add(new LifeFigures(
                life,
                stream,
                NodeId.NULL_VAL,
                0,
                0,
                0,
                missingExplained,
                missingUnexplained,
                TimeSpan.UNKNOWN,
                TimeSpan.UNKNOWN,
                new TimeSpan(0, 0)));
    }
}

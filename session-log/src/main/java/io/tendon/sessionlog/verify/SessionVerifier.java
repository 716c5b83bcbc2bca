package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a recorded session: every frame is sound, every message is whole, and of every sequence number that was used up
 * the message is there or the log says why not. Reads the files twice where statements are made (events, heartbeats,
 * progress) and once elsewhere, in memory that grows with the gaps and
 * damaged places in the recording, and not with its length. Writes nothing. One owner
 * thread.
 */
public final class SessionVerifier {
    /** How long it may take, while a session is being recorded, until a loss is stated and recorded. */
    private static final long STATEMENT_DELAY_NS = 5_000_000_000L;

    private final Session session;
    private final Path archiveDir;
    private final Map<Long, RecordingEntry> entries;
    private final boolean isLive;
    private final FindingLog log;
    private final RepairedRanges repaired;
    private final List<RecordingDescriptor> listed;
    private final List<LossBalance> balances = new ArrayList<>();

    private SessionVerifier(final Session session, final List<RecordingDescriptor> recordings, final int findingsKept) {
        this.session = session;
        this.listed = recordings;
        this.log = new FindingLog(findingsKept);
        this.repaired = RepairedRanges.of(session.directory());
        this.archiveDir = session.directory().archive();
        this.isLive = session.manifest().presentState() == SessionState.OPEN;
        this.entries = entries(session);
    }

    /**
     * Reads a session and judges it.
     *
     * @param session as it stands; one that is being recorded is judged as of when it was opened.
     * @return what was found.
     */
    public static VerifyReport verify(final Session session) {
        return verify(session, ArchiveListing.of(session.directory().archive()).recordings(), FindingLog.KEPT);
    }

    /**
     * The same of recordings that are known from elsewhere than the archive's catalog.
     *
     * @param session as it stands.
     * @param recordings of it.
     * @param findingsKept how many findings of one kind in one recording are told one by one.
     * @return what was found.
     */
    public static VerifyReport verify(
            final Session session, final List<RecordingDescriptor> recordings, final int findingsKept) {
        return new SessionVerifier(session, recordings, findingsKept).verify();
    }

    /**
     * Whether what a session says of itself, such as why messages are missing, is said on a recording's stream.
     *
     * @param recording of the session.
     * @return true of events, heartbeats, and how far the recorder was.
     */
    public static boolean isStatedOn(final RecordingDescriptor recording) {
        return SessionStatements.isStatedOn(recording);
    }

    private VerifyReport verify() {
        session.faults().forEach(text -> log.add(Finding.ofSession(FindingKind.MISSING_FILES, text)));
        session.warnings().forEach(text -> log.add(Finding.ofSession(FindingKind.REPLACED_FILE, text)));
        if (!isLive) {
            CatalogCheck.note(archiveDir, log);
        }
        final MessageCheck messages = new MessageCheck(SchemaCheck.read(session.directory(), log));
        final List<RecordingDescriptor> recordings =
                listed.stream().map(this::named).toList();
        repaired.note(recordings, log);
        final boolean isSessionKnown = recordings.stream().allMatch(RecordingDescriptor::isSessionKnown);
        recordings.forEach(this::compare);
        final SessionStatements statements = statements(recordings, isSessionKnown);
        final List<LifeFigures> lives = new ArrayList<>();
        byLife(recordings).forEach(life -> lives.add(check(life, statements, messages)));
        lives.addAll(LostTails.find(session.manifest(), statements, lives, isSessionKnown, repaired, log));
        noteState(lives, statements);
        final boolean isClosed = session.manifest().presentState() == SessionState.CLOSED;
        new NodeSilences(statements, lives, isClosed, log).add();
        final List<StreamFigures> streams = StreamFigures.of(lives, statements.controlPeriodNs());
        RateNotes.add(streams, lives, log);
        return new VerifyReport(
                session.directory().sessionId(),
                session.manifest().presentState(),
                log.findings(),
                streams,
                balances,
                lives.stream().mapToLong(LifeFigures::bytes).sum());
    }

    /** What the manifest's file says of recordings that were stopped is not made good by a catalog that says otherwise. */
    private static Map<Long, RecordingEntry> entries(final Session session) {
        final Map<Long, RecordingEntry> entries = new HashMap<>();
        session.manifest().recordings().forEach(entry -> entries.put(entry.recordingId(), entry));
        try {
            SessionManifestFile.read(session.directory().manifest()).recordings().stream()
                    .filter(RecordingEntry::isStopped)
                    .forEach(entry -> entries.put(entry.recordingId(), entry));
        } catch (final ManifestException e) {
            // Among the session's warnings.
        }
        return entries;
    }

    /** With the session id that the manifest knows, when the archive's catalog is gone. */
    private RecordingDescriptor named(final RecordingDescriptor recording) {
        final RecordingEntry entry = entries.get(recording.recordingId());
        return recording.isSessionKnown()
                        || entry == null
                        || session.manifest().isRebuilt()
                        || entry.sessionId() == recording.sessionId()
                ? recording
                : recording.withSession(entry.sessionId());
    }

    private void compare(final RecordingDescriptor recording) {
        final RecordingEntry entry = entries.get(recording.recordingId());
        if (entry != null
                && entry.isStopped()
                && !recording.isOpen()
                && entry.stopPosition() != recording.stopPosition()) {
            log.add(new Finding(
                    FindingKind.CATALOG_MISMATCH,
                    Place.of(
                            recording,
                            Math.min(entry.stopPosition(), recording.stopPosition()),
                            Math.max(entry.stopPosition(), recording.stopPosition())),
                    TimeSpan.NONE,
                    null,
                    "the archive's catalog says that it ends at " + recording.stopPosition() + ", the manifest says at "
                            + entry.stopPosition()));
        }
    }

    private SessionStatements statements(final List<RecordingDescriptor> recordings, final boolean isSessionKnown) {
        final SessionStatements statements = new SessionStatements(isSessionKnown);
        for (final RecordingDescriptor recording : recordings) {
            if (SessionStatements.isStatedOn(recording)) {
                try (RecordingLane lane = new RecordingLane(
                        archiveDir, recording, extent(recording, 0), RecordingLane.Listener.IGNORED)) {
                    for (lane.advance(); lane.isLoaded(); lane.advance()) {
                        statements.onMessage(lane.message());
                    }
                }
            }
        }
        return statements;
    }

    private LifeFigures check(
            final List<RecordingDescriptor> life, final SessionStatements statements, final MessageCheck messages) {
        final RecordingDescriptor first = life.get(0);
        final long undecidedFromNs = isLive ? session.manifest().endedNs() - STATEMENT_DELAY_NS : Long.MAX_VALUE;
        try (LifeCheck check = new LifeCheck(first, statements.losses(), repaired, undecidedFromNs, messages, log)) {
            long usedUp = 0;
            for (final RecordingDescriptor recording : life) {
                final long durablePosition = statements.durablePosition(recording.recordingId());
                check.add(new RecordingLane(archiveDir, recording, extent(recording, durablePosition), check));
                final RecordingEntry entry = entries.get(recording.recordingId());
                usedUp = entry == null ? usedUp : Math.max(usedUp, entry.nextSequence());
            }
            final LifeFigures figures =
                    check.run(usedUp, statements.events().replacedLogs().get(WriterLife.of(first)));
            balance(check.balance());
            return figures;
        }
    }

    private void balance(final LossBalance balance) {
        if (balance.isEmpty()) {
            return;
        }
        balances.add(balance);
        final Place place = Place.of(balance.streamId(), balance.stream());
        if (balance.refusedButRecorded() > 0) {
            log.add(new Finding(
                    FindingKind.REFUSAL_RECORDED,
                    place,
                    TimeSpan.NONE,
                    null,
                    "recorded, and refused as their writer says: " + balance.refusedButRecorded() + "; "
                            + balance.text()));
        }
        if (balance.readers().stream().anyMatch(reader -> reader.recorded() > 0)) {
            log.add(new Finding(FindingKind.READER_LEFT_BEHIND, place, TimeSpan.NONE, null, balance.text()));
        }
    }

    private RecordingExtent extent(final RecordingDescriptor recording, final long durablePosition) {
        return RecordingExtent.of(recording, entries.get(recording.recordingId()), durablePosition, isLive);
    }

    private void noteState(final List<LifeFigures> lives, final SessionStatements statements) {
        final long lastNs = lives.stream().mapToLong(LifeFigures::lastNs).max().orElse(TimeSpan.UNKNOWN);
        final SessionState state = session.manifest().presentState();
        if (state == SessionState.OPEN) {
            log.add(Finding.ofSession(
                    FindingKind.BEING_RECORDED,
                    "the session is being recorded: judged as of " + TimeSpan.instant(lastNs)));
        } else if (state == SessionState.INTERRUPTED) {
            log.add(Finding.ofSession(
                    FindingKind.INTERRUPTED,
                    "the session was not ended in order (recorder killed, driver dead, power cut or disk full): what was published"
                            + " after the last recorded message, of " + TimeSpan.instant(lastNs) + ", is not known"));
        }
        if (statements.unread() > 0) {
            log.add(Finding.ofSession(
                    FindingKind.YOUNGER_BUILD,
                    statements.unread() + " statements of a younger build cannot be read by this one"));
        }
    }

    private static Collection<List<RecordingDescriptor>> byLife(final List<RecordingDescriptor> recordings) {
        final Map<WriterLife, List<RecordingDescriptor>> byLife = new LinkedHashMap<>();
        recordings.forEach(recording -> byLife.computeIfAbsent(WriterLife.of(recording), key -> new ArrayList<>())
                .add(recording));
        return byLife.values();
    }
}

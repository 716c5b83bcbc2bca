package io.tendon.sessionlog.repair;

import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.CatalogFile;
import io.tendon.sessionlog.recording.DiskSteps;
import io.tendon.sessionlog.recording.DurableFiles;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.recording.SegmentFile;
import io.tendon.sessionlog.recording.SegmentWriter;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Mends the log of a session, in this order, each step of which is done again when a repair was killed. What its recordings are
 * is found out before the first ({@link TrustedRecordings}); where that is not certain, nothing is done:
 *
 * <pre>
 *   1  purged.log         lines that cannot be read go
 *   2  archive.catalog    made anew, when it is found wrong; a plan that was left is carried out
 *   3  schema             the installation's, when the session's own cannot be read
 *   4  segments           frames of which only the header is damaged are restored; the rest of what verify finds damaged
 *                         becomes padding ({@link RangeMending})
 *   5  losses             that nothing explains are named, if what did may be lost ({@link LostStatements})
 *   6  manifest           made anew, or counted again
 * </pre>
 *
 * <p>What is replaced is copied into the session's directory {@code repair/} before. One owner thread; nobody else may have
 * the session open.
 */
public final class LogRepair {
    private final SessionDirectory directory;
    private final Path archiveDir;
    private final boolean isDryRun;
    private final EpochClock clock;
    private final DiskSteps steps;
    private final SavedFiles saved;
    private final RepairLedger ledger;
    private final List<String> actions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<RepairedRange> ranges = new ArrayList<>();

    private LogRepair(
            final SessionDirectory directory, final boolean isDryRun, final EpochClock clock, final DiskSteps steps) {
        this.directory = directory;
        this.archiveDir = directory.archive();
        this.isDryRun = isDryRun;
        this.clock = clock;
        this.steps = steps;
        this.saved = new SavedFiles(directory.repair(), steps);
        this.ledger = RepairLedger.of(directory.repair());
    }

    /**
     * Mends a session's log.
     *
     * @param directory of the session.
     * @param isDryRun whether to only say what would be done.
     * @param clock for when it was repaired.
     * @return what was done, and what verify says of the log then; of a dry run, what it says now.
     * @throws IOException when the disk refuses; what was done until then stays, and the rest is done the next time.
     * @throws CommandFailure when a younger build has recorded the session, or what a recording is cannot be told for certain;
     *     nothing was changed then.
     */
    public static LogRepairReport run(final SessionDirectory directory, final boolean isDryRun, final EpochClock clock)
            throws IOException {
        return run(directory, isDryRun, clock, DiskSteps.UNHEARD);
    }

    /** The same, telling of each change of the disk before it is made. */
    static LogRepairReport run(
            final SessionDirectory directory, final boolean isDryRun, final EpochClock clock, final DiskSteps steps)
            throws IOException {
        return new LogRepair(directory, isDryRun, clock, steps).run();
    }

    private LogRepairReport run() throws IOException {
        final @Nullable SessionManifest manifest = manifest();
        final TrustedRecordings trusted = TrustedRecordings.of(archiveDir, manifest);
        mendPurgeLedger();
        if (!Files.isDirectory(archiveDir) && !isDryRun && manifest != null) {
            Files.createDirectories(archiveDir);
        }
        final List<RecordingDescriptor> recordings = trusted.recordings();
        mendCatalog(trusted);
        final RangeMending mending = new RangeMending(directory, recordings, saved, clock.time(), isDryRun, steps);
        ranges.addAll(mending.carryOn());
        final VerifyReport found = verify(recordings);
        mendSchema(found);
        final VerifyReport mended = mending.mend(found, () -> verify(recordings), ranges);
        lengthen(recordings);
        noteGone(recordings);
        nameMissing(
                mended,
                LostStatements.of(
                        archiveDir,
                        recordings,
                        ledger.ranges(),
                        manifest,
                        !trusted.faults().isEmpty(),
                        Files.exists(saved.damaged(purgeLedger()))));
        mendManifest(manifest, recordings);
        new IncidentFiles(directory.incidents()).read(warnings::add);
        final boolean isAsFound = isDryRun || (actions.isEmpty() && ranges.isEmpty());
        return new LogRepairReport(
                directory.sessionId(),
                actions,
                warnings,
                ranges,
                isAsFound ? found : SessionVerifier.verify(Session.open(directory)));
    }

    private @Nullable SessionManifest manifest() {
        try {
            return SessionManifestFile.read(directory.manifest());
        } catch (final ManifestException e) {
            if (e.kind() == ManifestException.Kind.YOUNGER) {
                throw new CommandFailure(e.getMessage() + ". Nothing was changed");
            }
            return null;
        }
    }

    private VerifyReport verify(final List<RecordingDescriptor> recordings) {
        return SessionVerifier.verify(
                Session.open(directory, new ArchiveListing(recordings, List.of())), recordings, Integer.MAX_VALUE);
    }

    private void mendPurgeLedger() throws IOException {
        final PurgeLedger purged = new PurgeLedger(archiveDir);
        if (!purged.isWhole()) {
            actions.add(purgeLedger()
                    + ": lines that cannot be read are taken out; what they named as deleted is called lost");
            if (!isDryRun) {
                saved.copy(purgeLedger());
                steps.before("clean " + purgeLedger());
                purged.clean();
            }
        }
    }

    private Path purgeLedger() {
        return archiveDir.resolve(PurgeLedger.FILE_NAME);
    }

    private void mendCatalog(final TrustedRecordings trusted) throws IOException {
        if (trusted.faults().isEmpty() || trusted.recordings().isEmpty()) {
            return;
        }
        final Path file = archiveDir.resolve(ArchiveCatalog.FILE_NAME);
        actions.add(file + ": " + String.join("; ", trusted.faults())
                + "; made again from the manifest, the segment files and what was recorded");
        if (!isDryRun) {
            saved.copy(file);
            steps.before("write " + file);
            CatalogFile.write(archiveDir, trusted.recordings());
        }
    }

    private void mendSchema(final VerifyReport report) throws IOException {
        final List<String> faults = new ArrayList<>();
        MessageIr.of(directory, faults::add);
        report.findings().stream()
                .filter(finding -> finding.kind() == FindingKind.SCHEMA_MISMATCH)
                .map(Finding::text)
                .forEach(faults::add);
        if (!faults.isEmpty() && Files.isDirectory(directory.root())) {
            actions.add(directory.schema() + ": replaced by this installation's, which was recorded with most likely ("
                    + String.join("; ", faults) + ")");
            if (!isDryRun) {
                saved.copy(directory.schema());
                steps.before("write " + directory.schema());
                DurableFiles.replace(directory.schema(), MessageSchema.irBytes());
            }
        }
    }

    private void lengthen(final List<RecordingDescriptor> recordings) throws IOException {
        for (final RecordingDescriptor recording : recordings) {
            final SegmentWriter writer = new SegmentWriter(archiveDir, recording, steps);
            for (final long base : SegmentFile.basePositions(archiveDir, recording.recordingId())) {
                if (writer.isCut(base)) {
                    actions.add(recording.segmentFile(archiveDir, base) + ": given its length again, "
                            + recording.segmentLengthBytes() + " bytes");
                    if (!isDryRun) {
                        writer.lengthen(base);
                    }
                }
            }
        }
    }

    /** Of a recording that was not stopped, and of which there is no file, nothing else says how far it went. */
    private void noteGone(final List<RecordingDescriptor> recordings) {
        for (final RecordingDescriptor recording : recordings) {
            if (recording.isOpen()
                    && SegmentFile.basePositions(archiveDir, recording.recordingId())
                            .isEmpty()) {
                warnings.add(archiveDir + ": of recording " + recording.recordingId() + " of " + recording.streamName()
                        + " there is no file, and nothing says how long it was");
            }
        }
    }

    /** Messages that are missing, when what could have said why may be lost itself. */
    private void nameMissing(final VerifyReport report, final LostStatements lost) throws IOException {
        if (isDryRun) {
            return;
        }
        final List<RepairedRange> missing = report.findings().stream()
                .filter(finding -> finding.kind() == FindingKind.UNEXPLAINED_LOSS)
                .filter(lost::mayExplain)
                .map(finding -> RangeMending.range(
                        RepairedRange.Kind.MISSING,
                        finding,
                        RepairedRange.NO_DETAIL,
                        "nothing says why any more",
                        clock.time()))
                .toList();
        if (!missing.isEmpty()) {
            steps.before("name " + missing.size() + " losses");
            ledger.add(missing);
            ranges.addAll(missing);
        }
    }

    private void mendManifest(final @Nullable SessionManifest manifest, final List<RecordingDescriptor> recordings)
            throws IOException {
        if (manifest == null) {
            if (recordings.isEmpty()) {
                warnings.add(directory.root()
                        + ": holds neither a manifest that can be read nor recordings: there is nothing to make one"
                        + " from; restore it from a copy, or delete it");
                return;
            }
            actions.add(directory.manifest()
                    + ": made again from the archive; Java, host and kernel are lost, and what was published behind the"
                    + " end of the recordings");
            if (!isDryRun) {
                replaceManifest(new ManifestRecount(directory, recordings).rebuilt());
            }
        } else if (!isDryRun && !ledger.ranges().isEmpty()) {
            final SessionManifest counted = new ManifestRecount(directory, recordings).counted(manifest);
            if (!Objects.equals(counted, manifest)) {
                actions.add(directory.manifest() + ": counted again");
                replaceManifest(counted);
            }
        }
    }

    private void replaceManifest(final SessionManifest manifest) throws IOException {
        saved.copy(directory.manifest());
        steps.before("write " + directory.manifest());
        SessionManifestFile.write(directory.manifest(), manifest);
    }
}

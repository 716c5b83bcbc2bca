package io.tendon.store;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.LogFollower;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.history.HistoryCheck;
import io.tendon.store.state.StateCheck;
import io.tendon.store.vector.RecallFigures;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorCheck;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * Holds the indices of a session that are there against its recording, which is read once. One that is not there is no fault,
 * nor is one that is behind: both are made up for when they are asked. Nothing is changed; the state is looked into as a copy
 * beside it. Main thread.
 */
public final class IndexVerifier {
    private static final int MESSAGES_AT_ONCE = 10_000;
    private static final int RECALL_SAMPLES = 100;
    private static final long RECALL_SEED = 1;

    private IndexVerifier() {}

    /**
     * Checks the indices.
     *
     * @param directory of the session.
     * @return what was found.
     */
    public static IndexReport verify(final SessionDirectory directory) {
        final List<IndexFinding> findings = new ArrayList<>();
        final ArchiveListing listing = ArchiveListing.of(directory.archive());
        if (!listing.warnings().isEmpty()) {
            return unchecked(directory, "without the archive's catalog it is not known whose messages are whose");
        }
        final List<RecordingDescriptor> recordings = listing.recordings();
        // What is wrong with the schema is said of the log.
        final Ir ir = MessageIr.of(directory, warning -> {});
        final List<IndexCheck> checks = new ArrayList<>();
        try {
            Stream.<Optional<? extends IndexCheck>>of(
                            HistoryCheck.open(directory, ir, recordings, findings::add),
                            StateCheck.open(directory, ir, recordings, findings::add),
                            VectorCheck.open(directory, recordings, findings::add))
                    .flatMap(Optional::stream)
                    .forEach(checks::add);
            if (!checks.isEmpty()) {
                feed(directory, recordings, checks);
                checks.forEach(check -> findings.addAll(check.finish()));
            }
        } finally {
            CloseHelper.quietCloseAll(checks);
        }
        return new IndexReport(findings, recall(directory, findings));
    }

    /**
     * Of a session whose log is damaged, so that an index that says what it said is not wrong.
     *
     * @param directory of the session.
     * @param why for a person.
     * @return a note, if there are indices.
     */
    public static IndexReport unchecked(final SessionDirectory directory, final String why) {
        return new IndexReport(
                Files.isDirectory(directory.index())
                        ? List.of(IndexFinding.note(
                                "indices",
                                "were not checked: " + why + "; `persistence-node repair` mends the log first"))
                        : List.of(),
                List.of());
    }

    private static void feed(
            final SessionDirectory directory,
            final List<RecordingDescriptor> recordings,
            final List<IndexCheck> checks) {
        try (LogFollower log = new LogFollower(directory.archive(), key -> 0, DamageListener.IGNORED)) {
            recordings.forEach(log::update);
            while (log.poll(MESSAGES_AT_ONCE, message -> checks.forEach(check -> check.onMessage(message))) > 0) {
                // To the end of what is written.
            }
        }
    }

    private static List<RecallFigures> recall(final SessionDirectory directory, final List<IndexFinding> findings) {
        try (SessionVectors vectors = SessionVectors.open(directory, notice -> {})) {
            return vectors.recall(RECALL_SAMPLES, RECALL_SEED);
        } catch (final StoreException e) {
            findings.add(IndexFinding.fault("vectors", String.valueOf(e.getMessage())));
            return List.of();
        }
    }
}

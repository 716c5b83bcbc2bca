package io.tendon.persistence.retention;

import static io.tendon.persistence.retention.OldSession.modified;
import static io.tendon.persistence.retention.OldSession.timeNs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentCause;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.VerifyReport;
import io.tendon.store.SessionStore;
import io.tendon.store.vector.PurgedMoments;
import io.tendon.store.vector.VectorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final String ID = OldSession.ID;
    private static final int MESSAGES = OldSession.MESSAGES;
    private static final long LONG_AFTER = 500_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final RetentionConfig BY_AGE = new RetentionConfig(MINUTE_NS, RetentionConfig.UNLIMITED, 0);

    @TempDir
    private Path data;

    private final List<String> deleted = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private long nowNs;
    private OldSession old = new OldSession(new SessionDirectory(Path.of("unset"), ID));
    private SessionDirectory session = new SessionDirectory(Path.of("unset"), ID);

    @BeforeEach
    void record() throws IOException {
        old = OldSession.record(data);
        session = old.directory();
    }

    @Test
    void shouldDeleteTheOldestSegmentsOfTheSessionThatIsRecordedAndNothingElse() throws Exception {
        final int files = segmentFiles();
        final List<String> before = index();
        retain(ID, 1_500);

        final List<Long> left = old.sequences();
        final long first = left.get(0);
        assertThat(first).isBetween(1_300L, 1_500L);
        assertThat(left).hasSize(MESSAGES - (int) first);
        assertThat(left.get(left.size() - 1)).isEqualTo(MESSAGES - 1L);
        assertThat(segmentFiles()).isLessThan(files);
        assertThat(deleted).allSatisfy(text -> assertThat(text).startsWith("a segment of control.state, "));
        assertThat(new PurgeLedger(session.archive()).segments()).hasSize(deleted.size());

        final VerifyReport report = SessionVerifier.verify(Session.open(session));
        assertThat(report.missingUnexplained()).isZero();
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.DELETED)
                .extracting(Finding::text)
                .containsExactly(first + " messages deleted to make room");
        assertThat(Session.open(session).faults()).isEmpty();
        final StreamTotal counted = Session.open(session).manifest().streams().get(0);
        assertThat(counted.messages()).isEqualTo(left.size());
        assertThat(counted.missing()).isZero();

        assertThat(index()).hasSizeLessThan(before.size()).isEqualTo(indexAnew());

        final PurgedMoments gone = PurgedMoments.of(session);
        assertThat(gone.holds(moment(timeNs(100), timeNs(first - 1)))).isTrue();
        assertThat(gone.holds(moment(timeNs(first - 1), timeNs(first)))).isFalse();
        assertThat(gone.holds(moment(timeNs(2_000), timeNs(2_000)))).isFalse();
    }

    /** What fusion has said of a range of time. */
    private static VectorEntry moment(final long fromNs, final long toNs) {
        return new VectorEntry(
                StreamCatalog.FUSION_EMBEDDING.streamId(), 1, 0, 64, fromNs, toNs, toNs, EmbeddingKind.WINDOW, "");
    }

    @Test
    void shouldKeepWhatAnIncidentTouchesAndReadOnBehindTheHole() throws Exception {
        new IncidentFiles(session.incidents())
                .write(Incident.of(IncidentCause.OPERATOR, "look", timeNs(700), SECOND_NS / 10, SECOND_NS / 10));
        index();
        retain(ID, 2_000);

        final List<Long> left = old.sequences();
        assertThat(left).contains(600L, 700L, 799L).doesNotContain(300L, 1_200L);
        final VerifyReport report = SessionVerifier.verify(Session.open(session));
        assertThat(report.missingUnexplained()).isZero();
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.DELETED)
                .hasSize(2);
        assertThat(index()).isEqualTo(indexAnew());
        assertThat(new TreeSet<>(left)).hasSize(left.size());
    }

    @Test
    void shouldDeleteASessionAsAWholeUnlessSomethingInItIsKept() throws Exception {
        new IncidentFiles(session.incidents())
                .write(Incident.of(IncidentCause.SAFETY_STOP, "stopped", timeNs(700), 0, SECOND_NS / 10));
        retain("another", LONG_AFTER);
        assertThat(old.sequences()).contains(700L).doesNotContain(100L);

        try (Stream<Path> incidents = Files.list(session.incidents())) {
            for (final Path file : incidents.toList()) {
                Files.delete(file);
            }
        }
        retain("another", LONG_AFTER);
        assertThat(session.root()).doesNotExist();
        assertThat(deleted).last().isEqualTo("session " + ID);
        try (Stream<Path> left = Files.list(data.resolve(Retention.DELETED))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldDeleteNothingWhileAnIncidentCannotBeRead() throws Exception {
        Files.createDirectories(session.incidents());
        Files.writeString(session.incidents().resolve("bad.properties"), "cause=");
        retain("another", LONG_AFTER);

        assertThat(deleted).isEmpty();
        assertThat(old.sequences()).hasSize(MESSAGES);
    }

    @Test
    void shouldReadNothingOfASegmentThatACrashLeftBehind() throws Exception {
        final PurgeLedger ledger = new PurgeLedger(session.archive());
        ledger.add(SegmentContent.of(
                session.archive(),
                ArchiveListing.of(session.archive()).recordings().get(0),
                0));
        Files.writeString(
                session.archive().resolve(PurgeLedger.FILE_NAME), "\n0 65536 131072 9", StandardOpenOption.APPEND);

        final long first = ledger.segments().get(0).lastSequence() + 1;
        assertThat(ledger.segments()).hasSize(1);
        assertThat(old.sequences()).hasSize(MESSAGES - (int) first).first().isEqualTo(first);
    }

    @Test
    void shouldDeleteWhatAnEarlierProcessHasMovedAside() throws Exception {
        final Path left =
                data.resolve(Retention.DELETED).resolve("20231113-000000-cccc").resolve("archive");
        Files.createDirectories(left);
        Files.writeString(left.resolve("0-0.rec"), "recorded");

        retain(ID, 0);

        assertThat(data.resolve(Retention.DELETED)).isEmptyDirectory();
        assertThat(old.sequences()).hasSize(MESSAGES);
    }

    @Test
    void shouldLeaveASessionAloneThatIsBeingMade() throws Exception {
        final SessionDirectory made = new SessionDirectory(data, "20240101-000000-bbbb");
        Files.createDirectories(made.archive());
        retain(ID, LONG_AFTER);
        assertThat(made.archive()).exists();
    }

    @Test
    void shouldDeleteTheFileThatACrashLeftBehindItsLineInTheLedger() throws Exception {
        final Path file = first().segmentFile(session.archive(), 0);
        final byte[] bytes = Files.readAllBytes(file);
        final Retention retention = retention(ID, BY_AGE);
        nowNs = timeNs(1_500) + MINUTE_NS;
        retention.run();
        assertThat(file).doesNotExist();
        final int lines = new PurgeLedger(session.archive()).segments().size();

        for (int i = 0; i < 2; i++) {
            Files.write(file, bytes);
            retention.run();
            assertThat(file).doesNotExist();
        }
        assertThat(new PurgeLedger(session.archive()).segments()).hasSize(lines);
    }

    @Test
    void shouldKeepWhatCannotBeReadAsLongAsItsFileIsYoungOrAnIncidentMayBeInIt() throws Exception {
        final Path file = first().segmentFile(session.archive(), RecordedArchive.LENGTH_BYTES);
        Files.write(file, new byte[RecordedArchive.LENGTH_BYTES]);
        modified(file, timeNs(1_500));
        retain(ID, 1_500);
        assertThat(file).exists();

        new IncidentFiles(session.incidents())
                .write(Incident.of(IncidentCause.OPERATOR, "look", timeNs(2_900), SECOND_NS / 10, SECOND_NS / 10));
        retain(ID, 2_000);
        assertThat(file).exists();

        try (Stream<Path> incidents = Files.list(session.incidents())) {
            for (final Path incident : incidents.toList()) {
                Files.delete(incident);
            }
        }
        retain(ID, 2_000);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldGoOnWithTheRestWhenSomethingCannotBeDeleted() throws Exception {
        final SessionDirectory other = new SessionDirectory(data, "20231114-221319-zzzz");
        old.copyTo(other);
        new IncidentFiles(other.incidents()).write(Incident.of(IncidentCause.OPERATOR, "look", timeNs(2_900), 0, 1));
        Files.createDirectories(other.archive().resolve(PurgeLedger.FILE_NAME));
        modified(other.root(), TestMessages.START_NS);

        retain(ID, 1_500);

        assertThat(errors).isNotEmpty();
        assertThat(old.sequences()).doesNotContain(0L).contains(2_000L);
        assertThat(first().segmentFile(other.archive(), 0)).exists();
    }

    /** By age alone: what was captured a minute before the message of that number, and later, is kept. */
    private void retain(final String ownSession, final long sequence) throws IOException {
        nowNs = timeNs(sequence) + MINUTE_NS;
        // Made long ago, and not just now.
        modified(session.root(), TestMessages.START_NS);
        retention(ownSession, BY_AGE).run();
    }

    private Retention retention(final String ownSession, final RetentionConfig config) {
        return new Retention(
                data, ownSession, config, () -> nowNs, deletion -> deleted.add(deletion.text()), errors::add);
    }

    private RecordingDescriptor first() {
        return ArchiveListing.of(session.archive()).recordings().get(0);
    }

    private List<String> index() throws SQLException {
        try (SessionStore store = SessionStore.open(session, 128, notice -> {}, damage -> {})) {
            return rows(store);
        }
    }

    private List<String> indexAnew() throws SQLException {
        try (SessionStore store = SessionStore.openAnew(session, 128, notice -> {}, damage -> {})) {
            return rows(store);
        }
    }

    private List<String> rows(final SessionStore store) throws SQLException {
        ArchiveListing.of(session.archive()).recordings().forEach(store.indexer()::update);
        store.indexer().catchUp(1_000);
        final List<String> all = new ArrayList<>();
        try (DuckDBConnection connection = store.history().connection(ID);
                Statement statement = connection.createStatement()) {
            for (final String table : List.of("joint_state", "joint_state_1s", "joint_state_1min")) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT t::VARCHAR FROM " + table + " AS t ORDER BY capture_time, position")) {
                    while (rows.next()) {
                        all.add(table + rows.getString(1));
                    }
                }
            }
        }
        return all;
    }

    private int segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(session.archive())) {
            return (int) files.filter(file -> file.toString().endsWith(".rec")).count();
        }
    }
}

package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.StateEntryEncoder;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.repair.Mutation;
import io.tendon.sessionlog.repair.PristineLog;
import io.tendon.store.IndexReport;
import io.tendon.store.IndexVerifier;
import io.tendon.store.SessionStore;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.state.StateCatchUp;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateStore;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorCatchUp;
import io.tendon.store.vector.VectorFilter;
import io.tendon.store.vector.VectorQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to any file of a session with its indices, {@code repair} says so in words, and afterwards the indices are
 * those that are made of the log that is left. The log by itself is tried a thousand times in session-log; each of these opens
 * two databases and two maps. {@code -Dtendon.indexMutations=N} sets how many there are, {@code -Dtendon.seed=N} repeats some.
 */
class RepairTest {
    private static final int MUTATIONS = Integer.getInteger("tendon.indexMutations", 40);
    private static final int MESSAGES = 170;
    private static final int DIMENSION = 8;
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    @TempDir
    private static Path dir = Path.of("unset");

    private static SessionDirectory whole = new SessionDirectory(Path.of("unset"), "unset");

    @BeforeAll
    static void record() throws IOException {
        try (io.tendon.sessionlog.verify.RecordedSession session =
                new io.tendon.sessionlog.verify.RecordedSession(dir)) {
            session.record(
                    StreamCatalog.CONTROL_STATE,
                    StreamCatalog.CONTROL_EVENT,
                    StreamCatalog.STATE_ENTRY,
                    StreamCatalog.FUSION_EMBEDDING);
            try (ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = session.writer(StreamCatalog.CONTROL_EVENT);
                    ExclusivePublication entries = session.writer(StreamCatalog.STATE_ENTRY);
                    ExclusivePublication embeddings = session.writer(StreamCatalog.FUSION_EMBEDDING)) {
                for (int i = 0; i < MESSAGES; i++) {
                    session.publish(states, TestMessages.jointState(i));
                    session.publish(events, TestMessages.event(i));
                    session.publish(entries, entry(i));
                    session.publish(embeddings, embedding(i));
                }
                for (final ExclusivePublication writer : List.of(states, events, entries, embeddings)) {
                    session.awaitRecorded(writer);
                }
            }
            whole = session.stop();
        }
        index(whole);
    }

    @Test
    void shouldFindNothingWrongWithIndicesThatWereClosedInOrder() throws IOException {
        final SessionDirectory copy = copy("sound");
        final Map<Path, Long> before = lengths(copy);

        final IndexReport report = IndexVerifier.verify(copy);

        assertThat(report.findings()).isEmpty();
        assertThat(lengths(copy)).isEqualTo(before);
        final CommandRun verify = CommandRun.of("verify", "--data", copy.data().toString());
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        final CommandRun repair = CommandRun.of("repair", "--data", copy.data().toString());
        assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
        assertThat(repair.out()).endsWith("nothing to repair\n");
    }

    @Test
    void shouldRebuildIndicesThatHoldWhatTheLogHasLost() throws IOException, SQLException {
        final SessionDirectory copy = copy("lost");
        // The last message of the stream, which the state holds.
        final PristineLog.Frame last = PristineLog.of(whole).messages().values().stream()
                .filter(frame -> frame.recordingId() == 0)
                .max(Comparator.comparingLong(PristineLog.Frame::position))
                .orElseThrow();
        new Mutation(Mutation.Kind.FLIP, copy.archive().resolve(last.file()), last.offset() + 100, 8).apply();
        final CommandRun dry =
                CommandRun.of("repair", "--dry-run", "--data", copy.data().toString());
        assertThat(dry.exitCode()).isEqualTo(1);
        assertThat(dry.out()).contains("lost    control.state recording 0").endsWith("nothing was changed\n");
        assertThat(copy.repair()).doesNotExist();

        final CommandRun repair = CommandRun.of("repair", "--data", copy.data().toString());

        assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
        assertThat(repair.out()).contains("history: made again from the log", "state: made again", "(sequence 169)");
        final CommandRun verify = CommandRun.of("verify", "--data", copy.data().toString());
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("warning control.state recording 0 at", "repaired ");
        assertThat(CommandRun.of("repair", "--data", copy.data().toString(), "--session", "all")
                        .out())
                .endsWith("nothing to repair\n");
    }

    @Test
    void shouldMakeIndicesOfWhatIsLeftWhateverHappensToAnyFile() throws IOException, SQLException {
        final long firstSeed = Long.getLong("tendon.seed", System.nanoTime());
        final PristineLog pristine = PristineLog.of(whole);
        for (long seed = firstSeed; seed < firstSeed + MUTATIONS; seed++) {
            final SessionDirectory copy = copy("mutated");
            final Random random = new Random(seed);
            final Mutation mutation = Mutation.any(random, files(copy));
            mutation.apply();
            try {
                check(pristine, copy);
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "-Dtendon.seed=" + seed + " -Dtendon.indexMutations=1: " + mutation + ": " + e, e);
            }
        }
    }

    private static void check(final PristineLog pristine, final SessionDirectory copy)
            throws IOException, SQLException {
        final Set<String> untouched = Set.copyOf(pristine.untouched(copy));

        final CommandRun repair = CommandRun.of("repair", "--data", copy.data().toString());

        final String said = repair.out() + repair.err();
        assertThat(said).doesNotContain("\tat ", "failed unexpectedly");
        assertThat(repair.exitCode()).as(said).isZero();
        final List<Damage> damages = new ArrayList<>();
        final Map<String, ByteBuffer> readable = PristineLog.readable(copy, damages);
        assertThat(damages).isEmpty();
        pristine.messages().forEach((key, frame) -> {
            if (untouched.contains(key)) {
                assertThat(readable.get(key)).as(key).isEqualTo(frame.message());
            }
        });
        final CommandRun verify = CommandRun.of("verify", "--data", copy.data().toString());
        assertThat(verify.exitCode()).as(said + verify.out() + verify.err()).isZero();
        final SessionDirectory fresh = copyTo(copy, dir.resolve("fresh"));
        IoUtil.delete(fresh.index().toFile(), true);
        IoUtil.delete(fresh.data().resolve("state").toFile(), true);
        index(copy);
        index(fresh);
        assertThat(content(copy)).as(said).isEqualTo(content(fresh));
    }

    /** Brings all indices of a session to the end of its log. */
    private static void index(final SessionDirectory session) throws IOException {
        try (SessionStore store =
                SessionStore.open(session, EngineLimits.LIVE_MEMORY_MIB, notice -> {}, damage -> {})) {
            ArchiveListing.of(session.archive()).recordings().forEach(store.indexer()::update);
            store.indexer().catchUp(10_000);
        }
        final StateLimits limits = Files.exists(session.data().resolve("state").resolve("state.seal"))
                ? StateStore.limitsOf(session.data())
                : new StateLimits(64, 1_280);
        try (StateStore store = StateStore.open(session.data(), limits, notice -> {})) {
            new StateCatchUp(store, session.data(), notice -> {}).run(name -> true, () -> false);
        }
        VectorCatchUp.run(session, damage -> {}, notice -> {});
    }

    private static Map<String, String> content(final SessionDirectory session) throws SQLException {
        final Map<String, String> content = new TreeMap<>();
        try (SessionStore store = SessionStore.open(session, EngineLimits.LIVE_MEMORY_MIB, notice -> {}, damage -> {});
                DuckDBConnection connection = store.history().connection(session.sessionId());
                Statement statement = connection.createStatement()) {
            final List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_name FROM duckdb_tables() WHERE database_name = 'history' ORDER BY 1")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (final String table : tables) {
                try (ResultSet rows =
                        statement.executeQuery("SELECT count(*), bit_xor(hash(t)) FROM history.main." + table + " t")) {
                    rows.next();
                    content.put(table, rows.getLong(1) + " " + rows.getString(2));
                }
            }
        }
        try (StateStore store = StateStore.open(session.data(), StateStore.limitsOf(session.data()), notice -> {})) {
            store.list("")
                    .forEach(value -> content.put(
                            value.key().text(), value.position() + " " + value.sessionId() + " " + value.isRemoved()));
        }
        try (SessionVectors vectors = SessionVectors.open(session, notice -> {})) {
            final float[] question = new float[DIMENSION];
            question[0] = 1;
            vectors.search(new VectorQuery("test", question, 10_000, Set.of(), VectorFilter.ALL))
                    .forEach(match -> content.put("vector " + match.entry(), Double.toString(match.similarity())));
        }
        return content;
    }

    private static SessionDirectory copy(final String name) throws IOException {
        return copyTo(whole, dir.resolve(name));
    }

    private static SessionDirectory copyTo(final SessionDirectory session, final Path data) throws IOException {
        IoUtil.delete(data.toFile(), true);
        try (Stream<Path> all = Files.walk(session.data())) {
            for (final Path file : all.toList()) {
                final Path target = data.resolve(session.data().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return new SessionDirectory(data, session.sessionId());
    }

    /** All that is not a lock and has a content. */
    private static List<Path> files(final SessionDirectory session) throws IOException {
        try (Stream<Path> all = Files.walk(session.data())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("lock"))
                    .filter(file -> !file.endsWith("archive-mark.dat"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<Path, Long> lengths(final SessionDirectory session) throws IOException {
        final Map<Path, Long> lengths = new TreeMap<>();
        for (final Path file : files(session)) {
            lengths.put(file, Files.size(file) + Files.getLastModifiedTime(file).toMillis());
        }
        return lengths;
    }

    private static UnsafeBuffer entry(final int sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        final StateEntryEncoder encoder = new StateEntryEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(TestMessages.START_NS + sequence * TestMessages.PERIOD_NS)
                .source(NodeId.PERSISTENCE);
        encoder.removed(BooleanType.FALSE).inputsCount(0);
        encoder.key("object/mug-" + sequence % 5).content("{\"i\":" + sequence + "}");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static UnsafeBuffer embedding(final int sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        final EmbeddingEncoder encoder = new EmbeddingEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        final long timeNs = TestMessages.START_NS + sequence * TestMessages.PERIOD_NS;
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs).source(NodeId.FUSION);
        encoder.fromTimeNs(timeNs).toTimeNs(timeNs).kind(EmbeddingKind.WINDOW).inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder elements = encoder.elementsCount(DIMENSION);
        for (int i = 0; i < DIMENSION; i++) {
            elements.next().amount((float) Math.sin(sequence * 0.1 + i));
        }
        encoder.label("").model("test");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}

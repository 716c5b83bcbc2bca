package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestJvm;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.Indexer;
import io.tendon.store.rows.JsonLinesSink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of several parts says what one of a single part says. */
class HistoryPartsTest {
    /** Between two joint states: 1,000 are a second. */
    private static final int STEP = 100;

    private static final int A_MINUTE = 60_000 / STEP;
    /** The clock of the test's messages begins within a minute. */
    private static final int ROWS_OF_THE_MINUTE_BEFORE =
            (int) (((TestMessages.START_NS / TestMessages.PERIOD_NS) % 60_000) / STEP);

    private static final long SEED = Long.getLong("tendon.seed", System.nanoTime());
    private static final int PART_ROWS = 200;
    private static final int KILLS = 10;
    private static final int LONGEST_MS = 300;
    private static final int STATES = 5 * A_MINUTE + 100;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();
    private RecordedArchive archive;
    private ExclusivePublication states;
    private ExclusivePublication events;

    @BeforeEach
    void record() {
        archive = new RecordedArchive(dir.resolve("recorder"));
        archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
        archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
        states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
        events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
        publish(0, STATES);
        // Seldom, and so read far ahead if it were not for their time.
        for (int i = 0; i < 10; i++) {
            archive.publish(
                    events, TestMessages.event(i, TestMessages.START_NS + i * 30_000L * TestMessages.PERIOD_NS, "x"));
        }
        await();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void shouldAnswerFromAllPartsAsFromOne() throws SQLException {
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
            assertAsOfOnePart(index);
            assertThat(HistoryIndex.files(dir.resolve("parts"))).hasSize(6);
        }
        publish(STATES, 3 * A_MINUTE);
        await();
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
            assertAsOfOnePart(index);
            assertThat(HistoryIndex.files(dir.resolve("parts"))).hasSize(9);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldAnswerOfARangeFromItsPartsAsFromAll() throws SQLException, IOException {
        try (HistoryIndex index = open("parts", PART_ROWS);
                HistoryIndex one = open("one", Long.MAX_VALUE)) {
            catchUp(index);
            catchUp(one);
            final List<SeriesField> fields = List.of(SeriesField.parse("joint_position[2]"));
            final Random random = new Random(SEED);
            for (int i = 0; i < 20; i++) {
                final long fromNs =
                        TestMessages.START_NS + (long) random.nextInt(STATES) * STEP * TestMessages.PERIOD_NS;
                final long lengthNs = 1 + random.nextInt(150_000) * TestMessages.PERIOD_NS;
                final SeriesQuestion question = new SeriesQuestion(
                        "joint_state",
                        "control.state",
                        fields,
                        fields,
                        i == 0 ? TimeRange.ALL : new TimeRange(fromNs, fromNs + lengthNs));
                for (final String sql : List.of(
                        question.everyValue(),
                        question.spans(1_000_000_000L, List.of(SeriesAggregate.values()), true),
                        question.spans(60_000_000_000L, List.of(SeriesAggregate.values()), true))) {
                    assertThat(answer(index, sql)).as("seed %d: %s", SEED, sql).isEqualTo(answer(one, sql));
                }
            }
            for (final String sql : List.of("SHOW TABLES", "SELECT count(*) FROM event", "SELECT 1 AS one")) {
                assertThat(answer(index, sql)).isNotEmpty().isEqualTo(answer(one, sql));
            }
            // In the last part there is no event.
            final long lastNs = TestMessages.START_NS + 300_000_000_000L;
            final SeriesField text = SeriesField.parse("text");
            assertThat(answer(
                            index,
                            new SeriesQuestion(
                                            "event",
                                            "control.event",
                                            List.of(text),
                                            List.of(),
                                            new TimeRange(lastNs, Long.MAX_VALUE))
                                    .everyValue()))
                    .isEmpty();
        }
    }

    private static String answer(final HistoryIndex index, final String question) throws SQLException, IOException {
        final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (DuckDBConnection connection = index.connection("s1", question)) {
            new SqlQuestion(connection, TimeUnit.SECONDS.toNanos(30)).ask(question, new JsonLinesSink(lines));
        }
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeginAPartWhileQuestionsAreAsked() throws SQLException {
        try (HistoryIndex index = open("parts", PART_ROWS);
                DuckDBConnection asked = index.connection("s1")) {
            catchUp(index);
            assertAsOfOnePart(index);
            publish(STATES, 2 * A_MINUTE);
            await();
            try (Statement statement = asked.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT sequence FROM history.main.joint_state")) {
                assertThat(rows.next()).isTrue();
                catchUp(index);
                int count = 1;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(A_MINUTE - ROWS_OF_THE_MINUTE_BEFORE);
            }
            assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldPutWhatComesLateIntoThePartOfItsTime() throws SQLException {
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
        }
        // One in the first part, one in a part that goes on, one in the last.
        for (final int late : new int[] {777, 2 * A_MINUTE * STEP + 13, (STATES - 1) * STEP + 1}) {
            archive.publish(states, TestMessages.jointState(late));
        }
        publish(STATES, 100);
        await();
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
            assertAsOfOnePart(index);
        }
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            assertThat(catchUp(index)).isZero();
            assertAsOfOnePart(index);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldMakeAPartAgainThatIsDamagedOrGoneAndLeaveTheOthers() throws SQLException, IOException {
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
        }
        archive.publish(states, TestMessages.jointState(777));
        await();
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
        }
        final int parts = HistoryIndex.files(dir.resolve("parts")).size();
        for (int i = 0; i < parts; i++) {
            final List<Path> files = HistoryIndex.files(dir.resolve("parts"));
            for (final boolean isToDelete : new boolean[] {false, true}) {
                if (isToDelete) {
                    Files.delete(files.get(i));
                } else {
                    flipABit(files.get(i));
                }
                notices.clear();
                try (HistoryIndex index = open("parts", PART_ROWS)) {
                    assertThat(notices)
                            .as("part %d", i)
                            .singleElement()
                            .asString()
                            .contains("made again from the recording");
                    assertThat(catchUp(index)).isGreaterThan(STATES);
                    assertAsOfOnePart(index);
                }
                notices.clear();
                try (HistoryIndex index = open("parts", PART_ROWS)) {
                    assertThat(notices).isEmpty();
                    assertThat(catchUp(index)).isZero();
                    assertAsOfOnePart(index);
                }
            }
        }
    }

    @Test
    void shouldGoOnMakingAPartAgainThatItWasBrokenOffAt() throws SQLException, IOException {
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
        }
        flipABit(HistoryIndex.files(dir.resolve("parts")).get(2));
        for (int i = 0; i < 4; i++) {
            try (HistoryIndex index = open("parts", PART_ROWS);
                    Indexer indexer = indexer(index)) {
                indexer.poll(STATES / 5);
                indexer.commit();
                indexer.poll(STATES / 7);
            }
        }
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
            assertAsOfOnePart(index);
        }
        assertThat(notices).hasSize(1);
    }

    @Test
    void shouldNeitherLoseNorDoubleWhenItIsKilled() throws SQLException, IOException, InterruptedException {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            publish(STATES + i * 40, 40);
            archive.publish(states, TestMessages.jointState((long) random.nextInt(STATES) * STEP + 1 + i));
        }
        await();
        int kills = 0;
        while (fill(random, kills < KILLS)) {
            kills++;
        }
        assertThat(kills).as("seed %d", SEED).isGreaterThan(KILLS / 2);
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            assertThat(catchUp(index)).isZero();
            assertAsOfOnePart(index);
        }
        assertThat(notices).isEmpty();
    }

    /** Whether the process was killed before it had come to the end. */
    private boolean fill(final Random random, final boolean isToBeKilled) throws IOException, InterruptedException {
        final List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D"))
                .toList();
        final Process filler = TestJvm.command(
                        options,
                        HistoryFiller.class,
                        archive.archiveDir().toString(),
                        dir.resolve("parts").toString(),
                        Integer.toString(PART_ROWS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = filler.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo(HistoryFiller.READY);
            if (isToBeKilled) {
                filler.waitFor(random.nextInt(LONGEST_MS), TimeUnit.MILLISECONDS);
                filler.toHandle().destroyForcibly();
            }
            return filler.waitFor() != 0;
        }
    }

    @Test
    void shouldNotTakeAPartThatIsMadeAgainForOneWhoseRowsAreAllDeleted() throws SQLException, IOException {
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
        }
        final int parts = HistoryIndex.files(dir.resolve("parts")).size();
        flipABit(HistoryIndex.files(dir.resolve("parts")).get(1));
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            final RecordingDescriptor recording =
                    ArchiveListing.of(archive.archiveDir()).recordings().get(0);
            final long nowhere = Long.MAX_VALUE - 1;
            index.forget(
                    recording,
                    new PurgedSegment(
                            recording.recordingId(),
                            nowhere,
                            Long.MAX_VALUE,
                            1,
                            0,
                            0,
                            TestMessages.START_NS,
                            Long.MAX_VALUE - 1));
            assertThat(HistoryIndex.files(dir.resolve("parts"))).hasSize(parts);
            catchUp(index);
            assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldDeleteAPartWhoseRowsAreAllDeleted() throws SQLException {
        try (HistoryIndex index = open("parts", PART_ROWS);
                HistoryIndex one = open("one", Long.MAX_VALUE)) {
            catchUp(index);
            catchUp(one);
            for (final int minutes : new int[] {1, 3}) {
                forget(index, one, minutes);
                assertThat(contents(index)).isEqualTo(contents(one));
            }
            assertThat(HistoryIndex.files(dir.resolve("parts"))).hasSize(3);
        }
        notices.clear();
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            assertThat(catchUp(index)).isZero();
            assertAsOf(index, "one");
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldShowArraysOfSeveralLengthsAsListsAndNoFiguresOfThem() throws SQLException {
        for (int i = 0; i < A_MINUTE; i++) {
            archive.publish(states, TestMessages.jointState((long) (STATES + i) * STEP, i < 10 ? 6 : 7));
        }
        await();
        try (HistoryIndex index = open("parts", PART_ROWS)) {
            catchUp(index);
            try (DuckDBConnection connection = index.connection("s1");
                    Statement statement = connection.createStatement()) {
                assertThat(column(statement, "SELECT typeof(joint_position) FROM joint_state LIMIT 1"))
                        .isEqualTo("DOUBLE[]");
                assertThat(column(statement, "SELECT count(*) FROM joint_state WHERE len(joint_position) = 7"))
                        .isEqualTo(Integer.toString(A_MINUTE - 10));
                assertThat(column(
                                statement,
                                "SELECT count(*) FROM duckdb_columns() WHERE database_name = 'memory' AND table_name ="
                                        + " 'joint_state_1s' AND column_name = 'joint_position'"))
                        .isEqualTo("0");
                assertThat(column(statement, "SELECT sum(wrist_force_n_x.count) FROM joint_state_1s"))
                        .isEqualTo(Integer.toString(STATES + A_MINUTE));
            }
        }
    }

    /** Deletes what was captured in the first minutes, as when the segments of their log are deleted. */
    private void forget(final HistoryIndex index, final HistoryIndex one, final int minutes) throws SQLException {
        final long untilNs = TestMessages.START_NS + minutes * 60_000_000_000L;
        for (final RecordingDescriptor recording :
                ArchiveListing.of(archive.archiveDir()).recordings()) {
            final String table = recording.streamName().equals("control.event") ? "event" : "joint_state";
            final long position;
            try (DuckDBConnection connection = one.connection("s1");
                    Statement statement = connection.createStatement()) {
                position = Long.parseLong(column(
                        statement,
                        "SELECT min(position) FROM " + table + " WHERE capture_time >= make_timestamp_ns(" + untilNs
                                + ")"));
            }
            for (final HistoryIndex each : List.of(index, one)) {
                each.forget(
                        recording,
                        new PurgedSegment(
                                recording.recordingId(),
                                -minutes,
                                position,
                                1,
                                0,
                                0,
                                TestMessages.START_NS,
                                untilNs - 1));
            }
        }
    }

    private static void flipABit(final Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(8);
            final int was = bytes.read();
            bytes.seek(8);
            bytes.write(was ^ 1);
        }
    }

    private void assertAsOfOnePart(final HistoryIndex index) throws SQLException {
        try (HistoryIndex one = open("one", Long.MAX_VALUE)) {
            catchUp(one);
        }
        assertAsOf(index, "one");
        assertThat(HistoryIndex.files(dir.resolve("one"))).hasSize(1);
    }

    private void assertAsOf(final HistoryIndex index, final String other) throws SQLException {
        try (HistoryIndex one = open(other, Long.MAX_VALUE)) {
            assertThat(contents(index)).isEqualTo(contents(one));
        }
    }

    /** Of each table: how many rows, and one number that is the same for the same ones in any order. */
    private static Map<String, String> contents(final HistoryIndex index) throws SQLException {
        final Map<String, String> contents = new TreeMap<>();
        try (DuckDBConnection connection = index.connection("s1");
                Statement statement = connection.createStatement()) {
            final List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (final String table : tables) {
                contents.put(
                        table, column(statement, "SELECT count(*) || ' ' || bit_xor(hash(t)) FROM " + table + " t"));
            }
        }
        assertThat(contents).containsKeys("joint_state", "joint_state_1s", "joint_state_1min", "event");
        return contents;
    }

    private static String column(final Statement statement, final String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private HistoryIndex open(final String name, final long partRows) {
        return HistoryIndex.open(
                dir.resolve(name),
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill"), partRows),
                notices::add);
    }

    private Indexer indexer(final HistoryIndex index) {
        final Indexer indexer = new Indexer(archive.archiveDir(), List.of(index), DamageListener.IGNORED);
        ArchiveListing.of(archive.archiveDir()).recordings().forEach(indexer::update);
        return indexer;
    }

    private long catchUp(final HistoryIndex index) {
        final Indexer indexer = indexer(index);
        indexer.catchUp(1_000);
        return indexer.indexedMessages();
    }

    private void publish(final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            archive.publish(states, TestMessages.jointState((long) i * STEP));
        }
    }

    private void await() {
        archive.awaitRecorded(states, 1);
        archive.awaitRecorded(events, 1);
    }
}

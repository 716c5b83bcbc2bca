package io.tendon.store.history;

import static io.tendon.store.history.RecordedHistory.A_MINUTE;
import static io.tendon.store.history.RecordedHistory.PART_ROWS;
import static io.tendon.store.history.RecordedHistory.ROWS_OF_THE_FIRST_PART;
import static io.tendon.store.history.RecordedHistory.STEP;
import static io.tendon.store.history.RecordedHistory.column;
import static io.tendon.store.history.RecordedHistory.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.TestJvm;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveListing;
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
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of several parts says what one of a single part says. */
class HistoryPartsTest {
    private static final int STATES = 5 * A_MINUTE + 100;
    private static final long SEED = Long.getLong("tendon.seed", System.nanoTime());
    private static final int KILLS = 10;
    private static final int LONGEST_MS = 300;

    @TempDir
    private Path dir;

    private RecordedHistory history;

    @BeforeEach
    void record() {
        history = new RecordedHistory(dir, STATES);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void shouldAnswerFromAllPartsAsFromOne() throws SQLException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
            history.assertAsOfOnePart(index);
            assertThat(history.files()).hasSize(6);
        }
        history.publish(STATES, 3 * A_MINUTE);
        history.await();
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
            history.assertAsOfOnePart(index);
            assertThat(history.files()).hasSize(9);
        }
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldAnswerOfARangeFromItsPartsAsFromAll() throws SQLException, IOException {
        try (HistoryIndex index = history.open();
                HistoryIndex one = history.openOne()) {
            history.catchUp(index);
            history.catchUp(one);
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
        try (HistoryIndex index = history.open();
                DuckDBConnection asked = index.connection("s1")) {
            history.catchUp(index);
            history.assertAsOfOnePart(index);
            history.publish(STATES, 2 * A_MINUTE);
            history.await();
            try (Statement statement = asked.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT sequence FROM history.main.joint_state")) {
                assertThat(rows.next()).isTrue();
                history.catchUp(index);
                int count = 1;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(ROWS_OF_THE_FIRST_PART);
            }
            history.assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldPutWhatComesLateIntoThePartOfItsTime() throws SQLException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        // One in the first part, one in a part that goes on, one in the last.
        for (final int late : new int[] {777, 2 * A_MINUTE * STEP + 13, (STATES - 1) * STEP + 1}) {
            history.publishOne(late);
        }
        history.publish(STATES, 100);
        history.await();
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
            history.assertAsOfOnePart(index);
        }
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePart(index);
        }
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldMakeAPartAgainThatIsDamagedOrGoneAndLeaveTheOthers() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        history.publishOne(777);
        history.await();
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        final int parts = history.files().size();
        for (int i = 0; i < parts; i++) {
            final List<Path> files = history.files();
            for (final boolean isToDelete : new boolean[] {false, true}) {
                if (isToDelete) {
                    Files.delete(files.get(i));
                } else {
                    flipABit(files.get(i));
                }
                history.notices().clear();
                try (HistoryIndex index = history.open()) {
                    assertThat(history.notices())
                            .as("part %d", i)
                            .singleElement()
                            .asString()
                            .contains("made again from the recording");
                    assertThat(history.catchUp(index)).isGreaterThan(STATES);
                    history.assertAsOfOnePart(index);
                }
                history.notices().clear();
                try (HistoryIndex index = history.open()) {
                    assertThat(history.notices()).isEmpty();
                    assertThat(history.catchUp(index)).isZero();
                    history.assertAsOfOnePart(index);
                }
            }
        }
    }

    @Test
    void shouldGoOnMakingAPartAgainThatItWasBrokenOffAt() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        flipABit(history.files().get(2));
        for (int i = 0; i < 4; i++) {
            try (HistoryIndex index = history.open();
                    Indexer indexer = history.indexer(index)) {
                indexer.poll(STATES / 5);
                indexer.commit();
                indexer.poll(STATES / 7);
            }
        }
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
            history.assertAsOfOnePart(index);
        }
        assertThat(history.notices()).hasSize(1);
    }

    @Test
    void shouldNeitherLoseNorDoubleWhenItIsKilled() throws SQLException, IOException, InterruptedException {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            history.publish(STATES + i * 40, 40);
            history.publishOne((long) random.nextInt(STATES) * STEP + 1 + i);
        }
        history.await();
        int kills = 0;
        while (fill(random, kills < KILLS)) {
            kills++;
        }
        assertThat(kills).as("seed %d", SEED).isGreaterThan(KILLS / 2);
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePart(index);
        }
        assertThat(history.notices()).isEmpty();
    }

    /** Whether the process was killed before it had come to the end. */
    private boolean fill(final Random random, final boolean isToBeKilled) throws IOException, InterruptedException {
        final List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D"))
                .toList();
        final Process filler = TestJvm.command(
                        options,
                        HistoryFiller.class,
                        history.archiveDir().toString(),
                        history.directory().toString(),
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
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        final int parts = history.files().size();
        flipABit(history.files().get(1));
        try (HistoryIndex index = history.open()) {
            final RecordingDescriptor recording =
                    ArchiveListing.of(history.archiveDir()).recordings().get(0);
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
            assertThat(history.files()).hasSize(parts);
            history.catchUp(index);
            history.assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldDeleteAPartWhoseRowsAreAllDeleted() throws SQLException {
        try (HistoryIndex index = history.open();
                HistoryIndex one = history.openOne()) {
            history.catchUp(index);
            history.catchUp(one);
            for (final int minutes : new int[] {1, 3}) {
                history.forget(index, one, minutes * 60);
                assertThat(contents(index)).isEqualTo(contents(one));
            }
            assertThat(history.files()).hasSize(3);
        }
        history.notices().clear();
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePartAsItStands(index);
        }
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldShowArraysOfSeveralLengthsAsListsAndNoFiguresOfThem() throws SQLException {
        for (int i = 0; i < A_MINUTE; i++) {
            history.publishOne((long) (STATES + i) * STEP, i < 10 ? 6 : 7);
        }
        history.await();
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
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

    private static void flipABit(final Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(8);
            final int was = bytes.read();
            bytes.seek(8);
            bytes.write(was ^ 1);
        }
    }
}

package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds a history from what a real archive recorded, and asks it. */
class HistoryIndexTest {
    private static final int STATES = 2_500;

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
        publishStates(0, STATES);
        for (int i = 0; i < 10; i++) {
            archive.publish(events, TestMessages.event(i));
        }
        archive.publish(events, TestMessages.sessionDescription(10, "six-axis"));
        await();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void shouldHoldEachMessageAsOneRowOfItsTypesTable() throws SQLException {
        try (HistoryIndex index = open()) {
            catchUp(index);
            try (DuckDBConnection connection = index.connection("s1");
                    Statement statement = connection.createStatement()) {
                assertThat(longs(
                                statement, "SELECT count(*), count(DISTINCT sequence), max(sequence) FROM joint_state"))
                        .containsExactly(STATES, STATES, STATES - 1L);
                assertThat(longs(statement, "SELECT count(*), count(*) FILTER (kind = 'NODE_STARTED') FROM event"))
                        .containsExactly(10, 10);
                try (ResultSet row =
                        statement.executeQuery("SELECT epoch_ns(capture_time), stream, source, joint_position[2],"
                                + " safety_state, setpoint_sequence, isnan(wrist_force_n_y), wrist_force_n_z, input_stream_id[1],"
                                + " joint_temperature_celsius FROM joint_state WHERE sequence = 700")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(TestMessages.START_NS + 700 * TestMessages.PERIOD_NS);
                    assertThat(row.getString(2)).isEqualTo("control.state");
                    assertThat(row.getString(3)).isEqualTo("CONTROL");
                    assertThat(row.getDouble(4)).isEqualTo(Math.sin(0.7 + 1));
                    assertThat(row.getString(5)).isEqualTo("RUNNING");
                    assertThat(row.getLong(6)).isEqualTo(-1);
                    assertThat(row.getBoolean(7)).isTrue();
                    assertThat(row.getDouble(8)).isInfinite();
                    assertThat(row.getInt(9)).isEqualTo(1101);
                    assertThat((Object[]) row.getArray(10).getArray())
                            .containsOnly(31.5f)
                            .hasSize(6);
                }
                try (ResultSet row =
                        statement.executeQuery("SELECT robot_name, joint_name, joint_kind FROM session_description")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("six-axis");
                    assertThat((Object[]) row.getArray(2).getArray()).containsExactly("shoulder", "elbow");
                    assertThat((Object[]) row.getArray(3).getArray()).containsOnly("REVOLUTE");
                }
            }
        }
    }

    @Test
    void shouldKeepFiguresOfEachSecondThatEqualThoseOfTheRows() throws SQLException {
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertFiguresEqualRows(index);
        }
    }

    @Test
    void shouldGoOnWhereItStoodWhenItIsOpenedAgain() throws SQLException {
        try (HistoryIndex index = open()) {
            catchUp(index);
        }
        publishStates(STATES, 1_200);
        await();
        try (HistoryIndex index = open()) {
            assertThat(catchUp(index)).isEqualTo(1_200);
            try (DuckDBConnection connection = index.connection("s1");
                    Statement statement = connection.createStatement()) {
                assertThat(longs(statement, "SELECT count(*), count(DISTINCT sequence) FROM joint_state"))
                        .containsExactly(STATES + 1_200, STATES + 1_200);
            }
            assertFiguresEqualRows(index);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldForgetWhatWasNotCommitted() throws SQLException {
        try (HistoryIndex index = open();
                Indexer indexer = indexer(index)) {
            indexer.poll(Integer.MAX_VALUE);
        }
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertFiguresEqualRows(index);
            try (DuckDBConnection connection = index.connection("s1");
                    Statement statement = connection.createStatement()) {
                assertThat(longs(statement, "SELECT count(*), count(DISTINCT sequence) FROM joint_state"))
                        .containsExactly(STATES, STATES);
                assertThat(longs(statement, "SELECT count(*) FROM event")).containsExactly(10);
            }
        }
    }

    @Test
    void shouldComputeASecondAgainWhenSomethingComesLate() throws SQLException {
        archive.publish(states, TestMessages.jointState(200));
        archive.publish(states, TestMessages.jointState(STATES + 10));
        await();
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertFiguresEqualRows(index);
        }
    }

    @Test
    void shouldKeepFiguresOfArraysThatAreEmptyAtFirstOrAtTimes() throws SQLException {
        final RecordedArchive other = new RecordedArchive(dir.resolve("other"));
        archive.close();
        archive = other;
        archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
        archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
        states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
        events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
        publishEmptyStates(0, 1_200);
        archive.publish(events, TestMessages.event(0));
        await();
        try (HistoryIndex index = open()) {
            catchUp(index);
        }
        publishStates(1_200, 1_000);
        publishEmptyStates(2_200, 300);
        publishStates(2_500, 900);
        await();
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertFiguresEqualRows(index);
        }
        try (HistoryIndex index = open()) {
            assertFiguresEqualRows(index);
            assertThat(type(index, "joint_position")).isEqualTo("DOUBLE[6]");
            assertThat(type(index, "input_stream_id")).isEqualTo("INTEGER[1]");
        }
    }

    @Test
    void shouldGoOnWhenAnArrayTurnsOutToHaveSeveralLengths() throws SQLException {
        try (HistoryIndex index = open()) {
            catchUp(index);
        }
        for (int i = 0; i < 700; i++) {
            archive.publish(states, TestMessages.jointState(STATES + i, 7));
        }
        await();
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertThat(type(index, "joint_position")).isEqualTo("DOUBLE[]");
        }
        publishStates(STATES + 700, 700);
        await();
        try (HistoryIndex index = open()) {
            catchUp(index);
            try (DuckDBConnection connection = index.connection("s1");
                    Statement statement = connection.createStatement()) {
                assertThat(longs(
                                statement,
                                "SELECT count(*), count(*) FILTER (len(joint_position) = 7),"
                                        + " count(*) FILTER (joint_position[7] IS NOT NULL) FROM joint_state"))
                        .containsExactly(STATES + 1_400, 700, 700);
                assertThat(longs(
                                statement,
                                "SELECT sum(\"rows\"), count(DISTINCT capture_time), sum(wrist_force_n_x.count)"
                                        + " FROM joint_state_1s"))
                        .containsExactly(STATES + 1_400, 4, STATES + 1_400);
                assertThat(longs(
                                statement,
                                "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'joint_state_1s'"
                                        + " AND database_name = 'history' AND column_name = 'joint_position'"))
                        .containsExactly(0);
            }
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldSetAsideWhatIsDamagedAndNothingElse() throws SQLException, IOException {
        final Path file = dir.resolve("index").resolve("history.duckdb");
        try (HistoryIndex index = open()) {
            catchUp(index);
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be opened")
                    .hasMessageContaining("close who else has it open");
        }
        assertThat(notices).isEmpty();
        final byte[] bytes = Files.readAllBytes(file);
        bytes[8] ^= 1;
        Files.write(file, bytes);
        try (HistoryIndex index = open()) {
            assertThat(notices).singleElement().asString().contains("set aside as history.duckdb.damaged");
            catchUp(index);
            assertFiguresEqualRows(index);
        }
    }

    private void assertFiguresEqualRows(final HistoryIndex index) throws SQLException {
        try (DuckDBConnection first = index.connection("s1");
                DuckDBConnection second = index.connection("s1");
                Statement kept = first.createStatement();
                Statement computed = second.createStatement();
                ResultSet figures = kept.executeQuery("SELECT epoch_ns(capture_time), \"rows\","
                        + " joint_position.count[3], joint_position.min[3], joint_position.max[3], joint_position.mean[3],"
                        + " joint_position.std[3], joint_position.last[3], wrist_force_n_y.count, success_rate.std FROM"
                        + " joint_state_1s ORDER BY 1");
                ResultSet rows =
                        computed.executeQuery("SELECT epoch_ns(capture_time) // 1000000000 * 1000000000 AS second,"
                                + " count(*), count(joint_position[3]), min(joint_position[3]), max(joint_position[3]),"
                                + " avg(joint_position[3]), stddev_samp(joint_position[3]), last(joint_position[3] ORDER BY position),"
                                + " 0, stddev_samp(success_rate) FROM joint_state GROUP BY second ORDER BY second")) {
            int seconds = 0;
            while (rows.next()) {
                assertThat(figures.next()).isTrue();
                for (final int exact : new int[] {1, 2, 3, 9}) {
                    assertThat(figures.getLong(exact)).isEqualTo(rows.getLong(exact));
                }
                for (final int exact : new int[] {4, 5, 8}) {
                    assertThat(figures.getObject(exact)).isEqualTo(rows.getObject(exact));
                }
                for (final int rounded : new int[] {6, 7, 10}) {
                    if (rows.getObject(rounded) == null) {
                        assertThat(figures.getObject(rounded)).isNull();
                    } else {
                        assertThat(figures.getDouble(rounded)).isCloseTo(rows.getDouble(rounded), within(1e-12));
                    }
                }
                seconds++;
            }
            assertThat(figures.next()).isFalse();
            assertThat(seconds).isGreaterThan(2);
        }
    }

    private HistoryIndex open() {
        return HistoryIndex.open(
                dir.resolve("index"),
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill")),
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

    private void publishStates(final int firstSequence, final int count) {
        for (int i = 0; i < count; i++) {
            archive.publish(states, TestMessages.jointState(firstSequence + i));
        }
    }

    private void publishEmptyStates(final int firstSequence, final int count) {
        for (int i = 0; i < count; i++) {
            archive.publish(states, TestMessages.jointState(firstSequence + i, 0));
        }
    }

    private static String type(final HistoryIndex index, final String column) throws SQLException {
        try (DuckDBConnection connection = index.connection("s1");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT data_type FROM duckdb_columns() WHERE database_name ="
                        + " 'history' AND table_name = 'joint_state' AND column_name = '" + column + "'")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private void await() {
        archive.awaitRecorded(states, 1);
        archive.awaitRecorded(events, 1);
    }

    private static long[] longs(final Statement statement, final String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            final long[] values = new long[row.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getLong(i + 1);
            }
            return values;
        }
    }
}

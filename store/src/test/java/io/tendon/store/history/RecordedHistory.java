package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Indexer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** A recording of joint states, ten a second, and of events, with histories of it: of many parts, and of one. */
final class RecordedHistory implements AutoCloseable {
    /** Between two joint states: 1,000 are a second. */
    static final int STEP = 100;

    /** Joint states of a minute. */
    static final int A_MINUTE = 60_000 / STEP;

    /** Joint states of the first part, since the clock of the test's messages begins within a minute. */
    static final int ROWS_OF_THE_FIRST_PART =
            A_MINUTE - (int) (((TestMessages.START_NS / TestMessages.PERIOD_NS) % 60_000) / STEP);

    /** Of a part, which ends with the minute. */
    static final int PART_ROWS = 200;

    private static final String PARTS = "parts";
    private static final String ONE = "one";

    private final Path dir;
    private final List<String> notices = new ArrayList<>();
    private final RecordedArchive archive;
    private final ExclusivePublication states;
    private final ExclusivePublication events;

    /**
     * Records.
     *
     * @param dir for the recording and its histories.
     * @param jointStates how many at first.
     */
    RecordedHistory(final Path dir, final int jointStates) {
        this.dir = dir;
        archive = new RecordedArchive(dir.resolve("recorder"));
        archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
        archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
        states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
        events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
        publish(0, jointStates);
        // Seldom, and so read far ahead if it were not for their time.
        for (int i = 0; i < jointStates * STEP / 30_000; i++) {
            archive.publish(
                    events, TestMessages.event(i, TestMessages.START_NS + i * 30_000L * TestMessages.PERIOD_NS, "x"));
        }
        await();
    }

    /** It says what a history of one part says of all that is recorded. */
    void assertAsOfOnePart(final HistoryIndex index) throws SQLException {
        try (HistoryIndex one = openOne()) {
            catchUp(one);
        }
        assertAsOfOnePartAsItStands(index);
    }

    /** It says what the history of one part said when it was closed. */
    void assertAsOfOnePartAsItStands(final HistoryIndex index) throws SQLException {
        try (HistoryIndex one = openOne()) {
            assertThat(contents(index)).isEqualTo(contents(one));
        }
        assertThat(HistoryIndex.files(dir.resolve(ONE))).hasSize(1);
    }

    /** Of each table: how many rows, and one number that is the same for the same ones in any order. */
    static Map<String, String> contents(final HistoryIndex index) throws SQLException {
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

    /** The first column of an answer of one row. */
    static String column(final Statement statement, final String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    /** Opens the history of many parts, closed by the caller. */
    HistoryIndex open() {
        return open(PARTS, PART_ROWS);
    }

    /** Opens the one of one part, closed by the caller. */
    HistoryIndex openOne() {
        return open(ONE, Long.MAX_VALUE);
    }

    private HistoryIndex open(final String name, final long partRows) {
        return HistoryIndex.open(
                dir.resolve(name),
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill"), partRows),
                notices::add);
    }

    /** Something that feeds a history from all that is recorded. */
    Indexer indexer(final HistoryIndex index) {
        final Indexer indexer = new Indexer(archive.archiveDir(), List.of(index), DamageListener.IGNORED);
        ArchiveListing.of(archive.archiveDir()).recordings().forEach(indexer::update);
        return indexer;
    }

    /** Feeds a history to the end; how many messages that were. */
    long catchUp(final HistoryIndex index) {
        return catchUp(index, 1_000);
    }

    /** The same with a transaction for every so many messages. */
    long catchUp(final HistoryIndex index, final int messagesPerCommit) {
        final Indexer indexer = indexer(index);
        indexer.catchUp(messagesPerCommit);
        return indexer.indexedMessages();
    }

    /** Deletes what was captured in the first seconds from two histories, as when the segments of their log are deleted. */
    void forget(final HistoryIndex index, final HistoryIndex one, final int seconds) throws SQLException {
        final long untilNs = TestMessages.START_NS + seconds * 1_000_000_000L;
        for (final RecordingDescriptor recording :
                ArchiveListing.of(archiveDir()).recordings()) {
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
                                -seconds,
                                position,
                                1,
                                0,
                                0,
                                TestMessages.START_NS,
                                untilNs - 1));
            }
        }
    }

    /** Files of the history of many parts, by time. */
    List<Path> files() {
        return HistoryIndex.files(directory());
    }

    /** Where the history of many parts is. */
    Path directory() {
        return dir.resolve(PARTS);
    }

    /** Where the recording is. */
    Path archiveDir() {
        return archive.archiveDir();
    }

    /** What was said of either history. */
    List<String> notices() {
        return notices;
    }

    /** Publishes joint states, each in its time. */
    void publish(final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            publishOne((long) i * STEP);
        }
    }

    /** Publishes one of any time; {@link #await} waits until it is recorded. */
    void publishOne(final long sequence) {
        archive.publish(states, TestMessages.jointState(sequence));
    }

    /** The same with another number of joints than 7. */
    void publishOne(final long sequence, final int joints) {
        archive.publish(states, TestMessages.jointState(sequence, joints));
    }

    /** Returns when all is recorded that was published. */
    void await() {
        archive.awaitRecorded(states, 1);
        archive.awaitRecorded(events, 1);
    }

    @Override
    public void close() {
        archive.close();
    }
}

package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.SessionStore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the recorder in the middle of recording and indexing, again and again, and holds the tables against the log. As many
 * times as the system property tendon.kills says, at most {@link #KILLS_A_SESSION} in one session: a driver keeps what a dead
 * process had for a minute, and an archive has room for 64 recordings at once.
 */
class IndexKillTest {
    private static final int KILLS = Integer.getInteger("tendon.kills", 12);
    private static final int KILLS_A_SESSION = 15;
    private static final int MEMORY_MIB = 128;
    private static final long LONGEST_LIFE_NS = 1_500_000_000L;

    @TempDir
    private Path data = Path.of("unset");

    @Test
    void shouldHoldEachRecordedMessageOnceAfterAnyNumberOfKills() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int left = KILLS; left > 0; left -= KILLS_A_SESSION) {
            try (TestRobot robot = new TestRobot()) {
                killAndCompare(robot, Math.min(left, KILLS_A_SESSION), random, seed);
            }
        }
    }

    private void killAndCompare(final TestRobot robot, final int kills, final Random random, final long seed)
            throws Exception {
        final AtomicBoolean isOver = new AtomicBoolean();
        try (TestWriter states = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
            final Thread thread = new Thread(() -> states.publishUntil(isOver, 1_000_000L), "states");
            Process recorder = robot.launchRecorder(data);
            thread.start();
            for (int i = 0; i < kills; i++) {
                LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_LIFE_NS));
                recorder.destroyForcibly().waitFor();
                recorder = robot.launchRecorder(data);
            }
            isOver.set(true);
            thread.join();
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, states.sent());
            recorder.destroy();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        assertThat(Session.open(directory).damages()).as("seed %d", seed).isEmpty();

        final List<String> notices = new ArrayList<>();
        final List<String> kept;
        try (SessionStore store = SessionStore.open(directory, MEMORY_MIB, notices::add, damage -> {})) {
            kept = rows(directory, store);
        }
        assertThat(notices).as("seed %d", seed).isEmpty();
        assertThat(kept).as("seed %d", seed).hasSizeGreaterThan(kills * 10);
        try (SessionStore store = SessionStore.openAnew(directory, MEMORY_MIB, notices::add, damage -> {})) {
            assertThat(rows(directory, store)).as("made again, seed %d", seed).isEqualTo(kept);
        }
    }

    /** All rows and figures in an order that does not depend on when they were taken in; held against the log. */
    private static List<String> rows(final SessionDirectory directory, final SessionStore store) throws SQLException {
        ArchiveListing.of(directory.archive()).recordings().forEach(store.indexer()::update);
        store.indexer().catchUp(5_000);
        final List<String> all = new ArrayList<>();
        try (DuckDBConnection connection = store.history().connection(directory.sessionId());
                Statement statement = connection.createStatement()) {
            assertThat(new TreeSet<>(places(statement, "joint_state")))
                    .hasSameSizeAs(places(statement, "joint_state"))
                    .isEqualTo(logged(directory, JointStateDecoder.TEMPLATE_ID));
            assertThat(new TreeSet<>(places(statement, "event")))
                    .hasSameSizeAs(places(statement, "event"))
                    .isEqualTo(logged(directory, EventDecoder.TEMPLATE_ID));
            for (final String table : List.of("joint_state", "joint_state_1s", "joint_state_1min", "event")) {
                try (ResultSet rows = statement.executeQuery("SELECT t::VARCHAR FROM " + table
                        + " AS t ORDER BY stream, session_id, capture_time, position")) {
                    while (rows.next()) {
                        all.add(table + rows.getString(1));
                    }
                }
            }
        }
        return all;
    }

    private static List<String> places(final Statement statement, final String table) throws SQLException {
        final List<String> places = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT stream, session_id, position, sequence, epoch_ns(capture_time) FROM " + table)) {
            while (rows.next()) {
                places.add(rows.getString(1)
                        + ' '
                        + rows.getInt(2)
                        + ' '
                        + rows.getLong(3)
                        + ' '
                        + rows.getLong(4)
                        + ' '
                        + rows.getLong(5));
            }
        }
        return places;
    }

    private static Set<String> logged(final SessionDirectory directory, final int templateId) {
        final Set<String> places = new TreeSet<>();
        try (SessionReader reader = new SessionReader(directory, stream -> true, TimeRange.ALL, damage -> {})) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (MessageSchema.templateId(message.buffer(), message.offset()) == templateId) {
                    places.add(message.recording().streamName()
                            + ' '
                            + message.recording().sessionId()
                            + ' '
                            + message.position()
                            + ' '
                            + message.sequence()
                            + ' '
                            + message.captureTimeNs());
                }
            }
        }
        return places;
    }
}

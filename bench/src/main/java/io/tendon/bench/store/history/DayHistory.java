package io.tendon.bench.store.history;

import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Joint states of a robot at its real rate, 1,000 a second, over minutes to a day. The first minute goes through the index
 * itself, message by message. Every other one is a copy of its rows and figures, later by whole minutes, with the numbers
 * that go on going on; so that no minute passes for another, each is {@link #MINUTE_STEP_M} further open at the gripper.
 * Main thread.
 */
public final class DayHistory {
    /** Capture time of the first message, at the beginning of a minute, is less than a cycle behind this; ns. */
    public static final long START_NS = 1_767_225_600_000_000_000L;

    /** Messages of a minute. */
    public static final long MINUTE_ROWS = 60_000;

    /** A minute, ns. */
    public static final long MINUTE_NS = 60_000_000_000L;

    /** What the gripper is further open from one minute to the next, m. */
    public static final double MINUTE_STEP_M = 1e-6;

    private static final int ROWS_A_COMMIT = 5_000;
    private static final int TELL_EVERY_MINUTES = 120;
    private static final String MADE = "made";

    private DayHistory() {}

    /**
     * Makes a history, unless it is there.
     *
     * @param directory for it; its own.
     * @param minutes how long.
     * @param progress takes lines for the user.
     * @throws IOException when it cannot be written.
     */
    public static void make(final Path directory, final int minutes, final Consumer<String> progress)
            throws IOException {
        final Path made = directory.resolve(MADE);
        final String what = minutes + " minutes of " + ArmMessages.LENGTH_BYTES + " bytes\n";
        if (Files.exists(made) && Files.readString(made).equals(what)) {
            progress.accept("  history of " + minutes + " minutes: is there");
            return;
        }
        Files.deleteIfExists(made);
        Files.createDirectories(directory);
        HistoryIndex.drop(directory);
        try {
            takeInAMinute(directory);
            copy(directory, minutes, progress);
        } catch (final SQLException e) {
            throw new CommandFailure(directory + ": a history could not be made (" + e.getMessage() + ")");
        }
        Files.writeString(made, what);
    }

    /** Whether a whole one is there. */
    public static boolean isMade(final Path directory) {
        return Files.exists(directory.resolve(MADE));
    }

    /** Opens it with the limits of a recorder. */
    static HistoryIndex open(final Path directory) {
        return HistoryIndex.open(
                directory,
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, directory.resolve("spill")),
                notice -> {
                    throw new CommandFailure("history: " + notice);
                });
    }

    private static void takeInAMinute(final Path directory) {
        final ArmMessages messages = new ArmMessages();
        final MessageFeed feed = new MessageFeed(StreamCatalog.CONTROL_STATE, ArmMessages.LENGTH_BYTES);
        try (HistoryIndex index = open(directory)) {
            for (long i = 0; i < MINUTE_ROWS; i++) {
                messages.encode(feed.buffer(), 0, i, START_NS + i * ArmMessages.PERIOD_NS + messages.jitterNs(i));
                index.onMessage(feed.next(ArmMessages.LENGTH_BYTES));
                if (i % ROWS_A_COMMIT == ROWS_A_COMMIT - 1) {
                    index.commit();
                }
            }
            index.commit();
            index.complete();
        }
    }

    private static void copy(final Path directory, final int minutes, final Consumer<String> progress)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '1GiB'");
            statement.execute("SET threads = 2");
            // Else each minute would write the figures' last row group anew.
            statement.execute("SET checkpoint_threshold = '1GiB'");
            statement.execute("SET temp_directory = '" + directory.resolve("spill") + "'");
            statement.execute(
                    "ATTACH '" + directory.resolve(HistoryIndex.FILE_NAME) + "' AS history (ROW_GROUP_SIZE 16384)");
            // The last span of each length is over now.
            for (final String table : new String[] {"joint_state_1s", "joint_state_1min"}) {
                statement.execute("INSERT INTO history." + table + " SELECT * FROM history." + table + "_open");
                statement.execute("DELETE FROM history." + table + "_open");
            }
            for (final String table : new String[] {"joint_state", "joint_state_1s", "joint_state_1min"}) {
                statement.execute("CREATE TEMP TABLE base_" + table + " AS SELECT * FROM history." + table);
            }
            final String moments = moments(statement);
            for (int minute = 1; minute < minutes; minute++) {
                copyMinute(statement, minute, moments);
                if (minute % TELL_EVERY_MINUTES == 0) {
                    progress.accept("  history of " + minutes + " minutes: " + minute);
                }
            }
            statement.execute("CHECKPOINT history");
            statement.execute("DETACH history");
        }
    }

    private static void copyMinute(final Statement statement, final int minute, final String moments)
            throws SQLException {
        final String later = Long.toString(minute * MINUTE_NS);
        final String wider = Double.toString(minute * MINUTE_STEP_M);
        final long positions = minute * MINUTE_ROWS * StreamDescriptor.framedLength(ArmMessages.LENGTH_BYTES);
        statement.execute("BEGIN TRANSACTION");
        statement.execute("INSERT INTO history.joint_state SELECT * REPLACE (" + moments.replace("LATER", later)
                + "sequence + " + minute * MINUTE_ROWS + " AS sequence, position + " + positions
                + " AS position, gripper_width_m + " + wider + " AS gripper_width_m) FROM base_joint_state");
        for (final String table : new String[] {"joint_state_1s", "joint_state_1min"}) {
            statement.execute("INSERT INTO history." + table
                    + " SELECT * REPLACE (make_timestamp_ns(epoch_ns(capture_time) + " + later
                    + ") AS capture_time, make_timestamp_ns(epoch_ns(last_capture_time) + " + later
                    + ") AS last_capture_time, position + " + positions
                    + " AS position, {'count': gripper_width_m.count, 'min': gripper_width_m.min + " + wider
                    + ", 'max': gripper_width_m.max + " + wider + ", 'mean': gripper_width_m.mean + " + wider
                    + ", 'std': gripper_width_m.std, 'last': gripper_width_m.last + " + wider
                    + "} AS gripper_width_m) FROM base_" + table);
        }
        statement.execute("COMMIT");
    }

    /** Every column that is a moment, later by as much. */
    private static String moments(final Statement statement) throws SQLException {
        final StringBuilder moments = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("SELECT column_name FROM duckdb_columns() WHERE table_name ="
                + " 'base_joint_state' AND data_type = 'TIMESTAMP_NS' ORDER BY column_index")) {
            while (rows.next()) {
                final String column = rows.getString(1);
                moments.append("make_timestamp_ns(epoch_ns(" + column + ") + LATER) AS " + column + ", ");
            }
        }
        return moments.toString();
    }
}

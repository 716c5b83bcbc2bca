package io.tendon.bench.store.history;

import io.tendon.store.history.HistoryIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/**
 * Looks at every row once, without a condition, a grouping or a figure that is kept, and computes in Java what the
 * questions are to answer. Main thread.
 */
final class NaiveScan {
    private static final long SECOND_NS = 1_000_000_000L;

    private final double[] greatest;
    private final double[] least;
    private final double[] sum;
    private final long[] count;
    private final double[] last;
    private final long[] lastNs;
    private final long minuteFromNs;
    private final long[] minuteTimesNs = new long[(int) DayHistory.MINUTE_ROWS];
    private final double[] minuteWidths = new double[(int) DayHistory.MINUTE_ROWS];
    private final double[] minutePositions = new double[(int) DayHistory.MINUTE_ROWS];
    private int minuteRows;
    private long rows;

    private NaiveScan(final int minutes, final long minuteFromNs) {
        final int seconds = minutes * 60;
        greatest = new double[seconds];
        least = new double[seconds];
        sum = new double[seconds];
        count = new long[seconds];
        last = new double[seconds];
        lastNs = new long[seconds];
        this.minuteFromNs = minuteFromNs;
    }

    /**
     * Scans.
     *
     * @param history of {@link DayHistory}.
     * @param minutes how long it is.
     * @param minuteFromNs minute of which each row is kept.
     */
    static NaiveScan of(final HistoryIndex history, final int minutes, final long minuteFromNs) throws SQLException {
        final NaiveScan scan = new NaiveScan(minutes, minuteFromNs);
        try (DuckDBConnection connection = history.connection("bench");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT epoch_ns(capture_time), gripper_width_m, joint_position[3] FROM joint_state")) {
            while (rows.next()) {
                scan.add(rows.getLong(1), rows.getDouble(2), rows.getDouble(3));
            }
        }
        return scan;
    }

    private void add(final long timeNs, final double width, final double position) {
        // A recorder that had the history for a while has said more, months later.
        if (timeNs >= DayHistory.START_NS + count.length * SECOND_NS) {
            return;
        }
        rows++;
        final int second = (int) ((timeNs - DayHistory.START_NS) / SECOND_NS);
        if (count[second] == 0 || width > greatest[second]) {
            greatest[second] = width;
        }
        if (count[second] == 0 || width < least[second]) {
            least[second] = width;
        }
        sum[second] += width;
        count[second]++;
        if (timeNs >= lastNs[second]) {
            lastNs[second] = timeNs;
            last[second] = width;
        }
        if (timeNs >= minuteFromNs && timeNs < minuteFromNs + DayHistory.MINUTE_NS) {
            minuteTimesNs[minuteRows] = timeNs;
            minuteWidths[minuteRows] = width;
            minutePositions[minuteRows] = position;
            minuteRows++;
        }
    }

    /** Of all. */
    long rows() {
        return rows;
    }

    /** Of the minute, in the order of time, as they lie. */
    int minuteRows() {
        return minuteRows;
    }

    boolean hasMinuteRow(final int row, final long timeNs, final double width, final double position) {
        return row < minuteRows
                && minuteTimesNs[row] == timeNs
                && minuteWidths[row] == width
                && minutePositions[row] == position;
    }

    /** Whether figures of a second are those of its rows; the mean but for its last digits. */
    boolean hasSecond(
            final int second,
            final long rowCount,
            final double leastWidth,
            final double greatestWidth,
            final double meanWidth,
            final double lastWidth) {
        return count[second] == rowCount
                && least[second] == leastWidth
                && greatest[second] == greatestWidth
                && last[second] == lastWidth
                && Math.abs(sum[second] / count[second] - meanWidth) < 1e-12;
    }
}

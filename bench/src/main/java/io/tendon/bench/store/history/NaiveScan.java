package io.tendon.bench.store.history;

import io.tendon.bench.run.Progress;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.history.HistoryIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * Looks at every row once, without a condition, a grouping or a figure that is kept, and computes in Java what the
 * questions are to answer. Ranges of time begin with their first ns and end before their last, as those of questions do.
 * Main thread.
 */
final class NaiveScan {
    private static final long SECOND_NS = 1_000_000_000L;

    private final double[] greatest;
    private final double[] least;
    private final double[] sum;
    private final long[] count;
    private final double[] last;
    private final long[] lastNs;
    private final TimeRange minute;
    private final List<MinuteRow> minuteRows = new ArrayList<>();
    private long rows;
    private long outside;

    /**
     * Nothing was looked at yet.
     *
     * @param minutes how long the history should be, from {@link DayHistory#START_NS}.
     * @param minute of which each row is kept.
     */
    NaiveScan(final int minutes, final TimeRange minute) {
        final int seconds = minutes * 60;
        greatest = new double[seconds];
        least = new double[seconds];
        sum = new double[seconds];
        count = new long[seconds];
        last = new double[seconds];
        lastNs = new long[seconds];
        this.minute = minute;
    }

    private record MinuteRow(long timeNs, double width, double position) {}

    /** Scans a history. */
    void scan(final HistoryIndex history, final Progress progress) throws SQLException {
        try (DuckDBConnection connection = history.connection("bench");
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery(
                        "SELECT epoch_ns(capture_time), gripper_width_m, joint_position[3] FROM joint_state")) {
            while (all.next()) {
                add(all.getLong(1), all.getDouble(2), all.getDouble(3));
                if (rows % DayHistory.MINUTE_ROWS == 0) {
                    progress.requireWanted();
                }
            }
        }
        minuteRows.sort(Comparator.comparingLong(MinuteRow::timeNs));
    }

    /** Takes a row in. */
    void add(final long timeNs, final double width, final double position) {
        rows++;
        final long second = Math.floorDiv(timeNs - DayHistory.START_NS, SECOND_NS);
        if (second < 0 || second >= count.length) {
            outside++;
            return;
        }
        add((int) second, timeNs, width);
        if (minute.contains(timeNs)) {
            minuteRows.add(new MinuteRow(timeNs, width, position));
        }
    }

    private void add(final int second, final long timeNs, final double width) {
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
    }

    /** Of all. */
    long rows() {
        return rows;
    }

    /** Of these, those that lie before or behind the history. */
    long outside() {
        return outside;
    }

    /** Of the minute. */
    int minuteRows() {
        return minuteRows.size();
    }

    /** Whether the row of the minute, in the order of time, says that. */
    boolean hasMinuteRow(final int row, final long timeNs, final double width, final double position) {
        return row < minuteRows.size() && minuteRows.get(row).equals(new MinuteRow(timeNs, width, position));
    }

    /** Whether figures of a second are those of its rows; the mean but for its last digits. */
    boolean hasSecond(
            final long second,
            final long rowCount,
            final double leastWidth,
            final double greatestWidth,
            final double meanWidth,
            final double lastWidth) {
        if (second < 0 || second >= count.length) {
            return false;
        }
        final int at = (int) second;
        return count[at] == rowCount
                && least[at] == leastWidth
                && greatest[at] == greatestWidth
                && last[at] == lastWidth
                && Math.abs(sum[at] / count[at] - meanWidth) < 1e-12;
    }
}

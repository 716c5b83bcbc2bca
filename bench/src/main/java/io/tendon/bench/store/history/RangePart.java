package io.tendon.bench.store.history;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.store.figures.Figure;
import io.tendon.bench.store.figures.Section;
import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.measure.Median;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.history.HistoryIndex;
import io.tendon.store.history.SeriesAggregate;
import io.tendon.store.history.SeriesField;
import io.tendon.store.history.SeriesQuestion;
import io.tendon.store.history.SqlQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a day of joint states and to its first hour, in turns: each to the one and at once to the other. Asked as
 * the recorder asks, with its limits of memory and one thread, and read to the last row; what a command takes to start and
 * the bus to carry an answer is not in it. Main thread.
 */
public final class RangePart {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int HOUR_MINUTES = 60;
    private static final long TIMEOUT_NS = 600_000_000_000L;
    private static final long SEED = 5;
    private static final double MINUTE_BAR_NS = 100e6;
    private static final double HOUR_BAR_NS = 20e6;
    private static final double DAY_BAR_NS = 1e9;
    private static final double LONGER_BAR = 1.5;
    private static final SeriesField WIDTH = SeriesField.parse("gripper_width_m");
    private static final SeriesField POSITION = SeriesField.parse("joint_position[3]");
    private static final List<SeriesAggregate> FIGURES = List.of(
            SeriesAggregate.COUNT,
            SeriesAggregate.MIN,
            SeriesAggregate.MAX,
            SeriesAggregate.MEAN,
            SeriesAggregate.LAST);

    private final Path day;
    private final Path hour;
    private final int minutes;
    private final int rounds;
    private final Consumer<String> progress;
    private final Random random = new Random(SEED);

    /**
     * A part.
     *
     * @param day directory of the long history.
     * @param hour directory of the short one.
     * @param minutes how long the long one is, from 2.
     * @param rounds how often each question is asked.
     * @param progress takes lines for the user.
     */
    public RangePart(
            final Path day, final Path hour, final int minutes, final int rounds, final Consumer<String> progress) {
        this.day = day;
        this.hour = hour;
        this.minutes = minutes;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Makes the histories where they are not there, asks, and compares with a scan of every row. */
    public Section measure() throws IOException {
        DayHistory.make(day, minutes, progress);
        DayHistory.make(hour, shortMinutes(), progress);
        final Section section = new Section("questions to " + text(minutes) + " of joint states");
        try (HistoryIndex ofDay = DayHistory.open(day);
                HistoryIndex ofHour = DayHistory.open(hour)) {
            progress.accept("  ranges");
            ask(section, ofDay, ofHour);
            progress.accept("  a scan of every row");
            compare(section, ofDay, NaiveScan.of(ofDay, minutes, minuteFromNs()));
        } catch (final SQLException e) {
            throw new CommandFailure("history: could not be asked (" + e.getMessage() + ")");
        }
        section.note(String.format(
                Locale.ROOT,
                "%,d rows, %,d bytes of disk a row; asked with 96 MiB and one thread, as beside a robot",
                minutes * DayHistory.MINUTE_ROWS,
                DayHistory.sizeBytes(day) / (minutes * DayHistory.MINUTE_ROWS)));
        return section;
    }

    private void ask(final Section section, final HistoryIndex toDay, final HistoryIndex toHour) throws IOException {
        final BarChart chart =
                new BarChart("Time to the last row of an answer, median; the mark is what it is held to", Unit.NS);
        final double rawNs = pair(section, chart, toDay, toHour, "each value of a minute, two fields", false, 1);
        final double rolledNs = pair(
                section,
                chart,
                toDay,
                toHour,
                "every second of " + (shortMinutes() == HOUR_MINUTES ? "an hour" : shortMinutes() + " minutes"),
                true,
                shortMinutes());
        final double[] wholeNs = new double[Math.max(3, rounds / 4)];
        for (int i = 0; i < wholeNs.length; i++) {
            wholeNs[i] = time(toDay, spans(range(0, minutes), List.of(WIDTH), List.of(SeriesAggregate.MAX)));
        }
        final Figure whole = Figure.ns("median", Median.of(Arrays.stream(wholeNs)));
        final String everySecond = "every second of " + text(minutes);
        section.add(everySecond, Figure.ns("first", wholeNs[0]), whole, Figure.ns("max", max(wholeNs)));
        chart.add(everySecond, whole.amount(), DAY_BAR_NS, 0);
        section.atMost("each value of a minute out of " + text(minutes), Figure.ns("", rawNs), MINUTE_BAR_NS);
        section.atMost("an hour by figures of seconds out of " + text(minutes), Figure.ns("", rolledNs), HOUR_BAR_NS);
        section.atMost(everySecond + ", greatest of one field", whole, DAY_BAR_NS);
        section.picture("store-ranges.svg", chart.draw());
    }

    /** The same question to both in turns; gives the median of the long one's. */
    private double pair(
            final Section section,
            final BarChart chart,
            final HistoryIndex toDay,
            final HistoryIndex toHour,
            final String what,
            final boolean isRolledUp,
            final int lengthMinutes)
            throws IOException {
        final double[] dayNs = new double[rounds];
        final double[] hourNs = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            final int start = random.nextInt(shortMinutes() - lengthMinutes + 1);
            final TimeRange range = range(start, lengthMinutes);
            final String question =
                    isRolledUp ? spans(range, List.of(WIDTH), List.of(SeriesAggregate.MAX)) : everyValue(range);
            // Who comes first changes.
            if (i % 2 == 0) {
                dayNs[i] = time(toDay, question);
            }
            hourNs[i] = time(toHour, question);
            if (i % 2 == 1) {
                dayNs[i] = time(toDay, question);
            }
        }
        final double dayMedianNs = Median.of(Arrays.stream(dayNs));
        final double hourMedianNs = Median.of(Arrays.stream(hourNs));
        for (final boolean isDay : new boolean[] {true, false}) {
            final double[] ns = isDay ? dayNs : hourNs;
            final String label = what + ", out of " + text(isDay ? minutes : shortMinutes());
            section.add(
                    label,
                    Figure.ns("first", ns[0]),
                    Figure.ns("median", Median.of(Arrays.stream(ns))),
                    Figure.ns("max", max(ns)));
            chart.add(
                    label, isDay ? dayMedianNs : hourMedianNs, isRolledUp ? HOUR_BAR_NS : MINUTE_BAR_NS, isDay ? 0 : 2);
        }
        section.atMost(
                what + ", out of " + text(minutes) + " over out of " + text(shortMinutes()),
                Figure.ratio("", dayMedianNs / hourMedianNs),
                LONGER_BAR);
        return dayMedianNs;
    }

    private void compare(final Section section, final HistoryIndex history, final NaiveScan naive) throws IOException {
        section.equal("rows there are, and rows there should be", 1, naive.rows() == rows() ? 0 : 1);
        final long fromNs = minuteFromNs();
        final long[] different = new long[2];
        final long[] compared = new long[2];
        ask(history, everyValue(new TimeRange(fromNs, fromNs + DayHistory.MINUTE_NS)), row -> {
            final boolean isSame =
                    naive.hasMinuteRow((int) compared[0]++, timeNs(row.get(0)), number(row.get(1)), number(row.get(2)));
            different[0] += isSame ? 0 : 1;
        });
        different[0] += Math.abs(naive.minuteRows() - compared[0]);
        ask(history, spans(range(0, minutes), List.of(WIDTH), FIGURES), row -> {
            final int second = (int) ((timeNs(row.get(0)) - DayHistory.START_NS) / SECOND_NS);
            final boolean isSame = naive.hasSecond(
                    second,
                    (long) number(row.get(1)),
                    number(row.get(2)),
                    number(row.get(3)),
                    number(row.get(4)),
                    number(row.get(5)));
            compared[1]++;
            different[1] += isSame ? 0 : 1;
        });
        different[1] += Math.abs(minutes * 60L - compared[1]);
        section.equal("rows of a minute, and a scan of every row", compared[0], different[0]);
        section.equal(
                "count, min, max, mean and last of every second, and a scan of every row", compared[1], different[1]);
    }

    private static double time(final HistoryIndex history, final String question) throws IOException {
        final long beginNs = System.nanoTime();
        ask(history, question, row -> {});
        return System.nanoTime() - beginNs;
    }

    /** As the recorder answers: with a connection of its own for each question. */
    private static void ask(
            final HistoryIndex history, final String question, final Consumer<List<@Nullable Object>> rows)
            throws IOException {
        try (DuckDBConnection connection = history.connection("bench", question)) {
            new SqlQuestion(connection, TIMEOUT_NS).ask(question, new RowReader(rows));
        } catch (final SQLException e) {
            throw new CommandFailure("history: could not be asked (" + e.getMessage() + ")");
        }
    }

    private static String everyValue(final TimeRange range) {
        return question(range, List.of(WIDTH, POSITION)).everyValue();
    }

    private static String spans(
            final TimeRange range, final List<SeriesField> fields, final List<SeriesAggregate> aggregates) {
        return question(range, fields).spans(SECOND_NS, aggregates, true);
    }

    private static SeriesQuestion question(final TimeRange range, final List<SeriesField> fields) {
        return new SeriesQuestion("joint_state", "control.state", fields, fields, range);
    }

    private static TimeRange range(final int fromMinute, final int lengthMinutes) {
        final long fromNs = DayHistory.START_NS + fromMinute * DayHistory.MINUTE_NS;
        return new TimeRange(fromNs, fromNs + lengthMinutes * DayHistory.MINUTE_NS);
    }

    /** A minute that does not begin with one: of the last but one. */
    private long minuteFromNs() {
        return DayHistory.START_NS + (minutes - 2) * DayHistory.MINUTE_NS + DayHistory.MINUTE_NS / 3;
    }

    private int shortMinutes() {
        return Math.min(HOUR_MINUTES, minutes / 2);
    }

    private long rows() {
        return minutes * DayHistory.MINUTE_ROWS;
    }

    private static long timeNs(final @Nullable Object text) {
        final Instant time = Instant.parse(String.valueOf(text));
        return time.getEpochSecond() * SECOND_NS + time.getNano();
    }

    private static double number(final @Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double max(final double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    private static String text(final int minutes) {
        return minutes % HOUR_MINUTES == 0 ? minutes / HOUR_MINUTES + " h" : minutes + " min";
    }
}

package io.tendon.bench.store.history;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a day of joint states and to its first hour, in turns: each to the one and at once to the other, of stretches
 * that nobody asked for before, and both once more, when what they read is in the machine's memory. Asked as the recorder asks,
 * with its limits of memory and one thread, and read to the last row; what a command takes to start and the bus to carry an
 * answer is not in it. Main thread.
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
    private static final SeriesField FORCE = SeriesField.parse("gripper_force_n");
    private static final SeriesField POSITION = SeriesField.parse("joint_position[3]");
    private static final List<SeriesAggregate> FIGURES = List.of(
            SeriesAggregate.COUNT,
            SeriesAggregate.MIN,
            SeriesAggregate.MAX,
            SeriesAggregate.MEAN,
            SeriesAggregate.LAST);

    private final DayHistory day;
    private final DayHistory hour;
    private final int rounds;
    private final Progress progress;
    private final Random random = new Random(SEED);

    /**
     * A part.
     *
     * @param day the long history, of 4 minutes and more.
     * @param hourDirectory for the short one; its own.
     * @param rounds how often each question is asked the first time and again, as long as there are stretches for it.
     * @param progress takes lines for the user.
     */
    public RangePart(final DayHistory day, final Path hourDirectory, final int rounds, final Progress progress) {
        this.day = day;
        this.hour = new DayHistory(hourDirectory, shortMinutes(day.minutes()));
        this.rounds = rounds;
        this.progress = progress;
    }

    /** How long the short one is, minutes. */
    public static int shortMinutes(final int dayMinutes) {
        return Math.min(HOUR_MINUTES, dayMinutes / 2);
    }

    /** Makes the histories where they are not there, asks, and compares with a scan of every row. */
    public Section measure() throws IOException, SQLException {
        day.make(progress);
        hour.make(progress);
        final Section section = new Section("questions to " + text(day.minutes()) + " of joint states");
        final BarChart chart = new BarChart(
                "Time to the last row of an answer, asked the first time, median; the mark is what it is held to",
                Unit.NS);
        progress.accept("  ranges");
        try (HistoryIndex ofDay = day.open();
                HistoryIndex ofHour = hour.open()) {
            pair(section, chart, List.of(ofDay, ofHour), Kind.EACH_VALUE);
            pair(section, chart, List.of(ofDay, ofHour), Kind.SECONDS);
        }
        // Anew: by now the figures of every hour were read.
        try (HistoryIndex ofDay = day.open()) {
            whole(section, chart, ofDay);
            progress.accept("  a scan of every row");
            final NaiveScan naive = new NaiveScan(day.minutes(), oddMinute());
            naive.scan(ofDay, progress);
            compare(section, ofDay, naive);
        }
        notes(section);
        section.picture("store-ranges.svg", chart.draw());
        return section;
    }

    private void notes(final Section section) throws IOException {
        section.note(String.format(
                Locale.ROOT,
                "%,d rows, parts: %d, sealed: %d, %,d bytes of disk a row; asked with 96 MiB and one thread, as"
                        + " beside a robot",
                day.rows(),
                day.parts(),
                day.sealedParts(),
                day.sizeBytes() / day.rows()));
        section.note(
                "first: what nobody had asked for since the history was opened, another stretch of it in each round;"
                        + " again: the same once more, from the machine's memory, in an order that changes. "
                        + text(hour.minutes())
                        + " hold the stretch of that length but once, so that its first is one time. Ratios are of the times"
                        + " again, times alone are held to the first");
        section.note("every second of " + text(day.minutes())
                + ": of a history that was opened anew, and a field that was" + " not asked for before");
    }

    /** What is asked of the long and the short history alike. */
    private enum Kind {
        EACH_VALUE(MINUTE_BAR_NS),
        SECONDS(HOUR_BAR_NS);

        private final double barNs;

        Kind(final double barNs) {
            this.barNs = barNs;
        }
    }

    /** A question to both in turns, of a stretch of each that was not asked for, as long as there is one. */
    private void pair(final Section section, final BarChart chart, final List<HistoryIndex> histories, final Kind kind)
            throws IOException, SQLException {
        final int lengthMinutes = kind == Kind.EACH_VALUE ? 1 : hour.minutes();
        final List<List<TimeRange>> stretches =
                List.of(stretches(day.minutes(), lengthMinutes), stretches(hour.minutes(), lengthMinutes));
        final List<QuestionTimes> times = List.of(new QuestionTimes(), new QuestionTimes());
        for (int i = 0; i < Math.min(rounds, stretches.get(0).size()); i++) {
            progress.requireWanted();
            // Who comes first changes: 0 1 0 1, then 1 0 1 0.
            for (int turn = 0; turn < 4; turn++) {
                final int which = (turn + i) % 2;
                final List<TimeRange> those = stretches.get(which);
                final boolean isFirst = turn < 2 && i < those.size();
                times.get(which).add(isFirst, time(histories.get(which), question(kind, those.get(i % those.size()))));
            }
        }
        final String what = kind == Kind.EACH_VALUE
                ? "each value of a minute, two fields"
                : "every second of " + text(hour.minutes());
        final List<String> labels =
                List.of(what + ", out of " + text(day.minutes()), what + ", out of " + text(hour.minutes()));
        for (int which = 0; which < 2; which++) {
            section.add(labels.get(which), times.get(which).figures());
            chart.add(labels.get(which), times.get(which).firstMedianNs(), kind.barNs, 2 * which);
        }
        section.atMost(
                labels.get(0) + " over out of " + text(hour.minutes()) + ", asked again",
                Unit.RATIO,
                times.get(0).againMedianNs() / times.get(1).againMedianNs(),
                LONGER_BAR);
        section.atMost(
                labels.get(0) + ", asked the first time", Unit.NS, times.get(0).firstMedianNs(), kind.barNs);
    }

    private void whole(final Section section, final BarChart chart, final HistoryIndex history)
            throws IOException, SQLException {
        final QuestionTimes times = new QuestionTimes();
        for (int i = 0; i < Math.max(3, rounds / 4); i++) {
            progress.requireWanted();
            times.add(
                    i == 0,
                    time(history, spans(range(0, day.minutes()), List.of(FORCE), List.of(SeriesAggregate.MAX))));
        }
        final String everySecond = "every second of " + text(day.minutes());
        section.add(everySecond, times.figures());
        chart.add(everySecond, times.firstMedianNs(), DAY_BAR_NS, 0);
        section.atMost(
                everySecond + ", greatest of one field, asked the first time",
                Unit.NS,
                times.firstMedianNs(),
                DAY_BAR_NS);
    }

    /** All stretches of a length, none over another, in an order of chance. */
    private List<TimeRange> stretches(final int minutes, final int lengthMinutes) {
        final List<TimeRange> stretches = new ArrayList<>();
        for (int from = 0; from + lengthMinutes <= minutes; from += lengthMinutes) {
            stretches.add(range(from, lengthMinutes));
        }
        Collections.shuffle(stretches, random);
        return stretches;
    }

    private static String question(final Kind kind, final TimeRange range) {
        return kind == Kind.EACH_VALUE ? everyValue(range) : spans(range, List.of(WIDTH), List.of(SeriesAggregate.MAX));
    }

    private void compare(final Section section, final HistoryIndex history, final NaiveScan naive)
            throws IOException, SQLException {
        section.equal(
                "rows there are, and rows there should be",
                naive.rows(),
                Math.abs(naive.rows() - day.rows()) + naive.outside());
        final long[] different = new long[2];
        final long[] compared = new long[2];
        ask(history, everyValue(oddMinute()), row -> {
            final boolean isSame =
                    naive.hasMinuteRow((int) compared[0]++, timeNs(row.get(0)), number(row.get(1)), number(row.get(2)));
            different[0] += isSame ? 0 : 1;
        });
        different[0] += Math.abs(naive.minuteRows() - compared[0]);
        ask(history, spans(range(0, day.minutes()), List.of(WIDTH), FIGURES), row -> {
            final boolean isSame = naive.hasSecond(
                    Math.floorDiv(timeNs(row.get(0)) - DayHistory.START_NS, SECOND_NS),
                    (long) number(row.get(1)),
                    number(row.get(2)),
                    number(row.get(3)),
                    number(row.get(4)),
                    number(row.get(5)));
            compared[1]++;
            different[1] += isSame ? 0 : 1;
        });
        different[1] += Math.abs(day.minutes() * 60L - compared[1]);
        section.equal("rows of a minute, and a scan of every row", compared[0], different[0]);
        section.equal(
                "count, min, max, mean and last of every second, and a scan of every row", compared[1], different[1]);
    }

    private static double time(final HistoryIndex history, final String question) throws IOException, SQLException {
        final long beginNs = System.nanoTime();
        ask(history, question, row -> {});
        return System.nanoTime() - beginNs;
    }

    /** As the recorder answers: with a connection of its own for each question. */
    private static void ask(
            final HistoryIndex history, final String question, final Consumer<List<@Nullable Object>> rows)
            throws IOException, SQLException {
        try (DuckDBConnection connection = history.connection("bench", question)) {
            new SqlQuestion(connection, TIMEOUT_NS).ask(question, new RowReader(rows));
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
    private TimeRange oddMinute() {
        final long fromNs = DayHistory.START_NS + (day.minutes() - 2) * DayHistory.MINUTE_NS + DayHistory.MINUTE_NS / 3;
        return new TimeRange(fromNs, fromNs + DayHistory.MINUTE_NS);
    }

    private static long timeNs(final @Nullable Object text) {
        final Instant time = Instant.parse(String.valueOf(text));
        return time.getEpochSecond() * SECOND_NS + time.getNano();
    }

    private static double number(final @Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String text(final int minutes) {
        return minutes % HOUR_MINUTES == 0 ? minutes / HOUR_MINUTES + " h" : minutes + " min";
    }
}

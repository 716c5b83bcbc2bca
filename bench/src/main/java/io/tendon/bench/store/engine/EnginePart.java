package io.tendon.bench.store.engine;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.bench.store.engine.Contender.Answer;
import io.tendon.bench.store.source.ArmMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** The same joint states in each engine, and the same questions to each; which comes first changes. Main thread. */
public final class EnginePart {
    private static final long START_NS = ArmMessages.START_NS;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int ROWS_A_COMMIT = 5_000;
    private static final int STRETCH_ROWS = 10_000;

    private final Path data;
    private final int rows;
    private final int questions;
    private final Progress progress;
    private final Section section;
    private final ArmMessages messages = new ArmMessages();
    private final UnsafeBuffer stretch = new UnsafeBuffer(new byte[STRETCH_ROWS * ArmMessages.LENGTH_BYTES]);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    /**
     * A part.
     *
     * @param data directory for the engines' files; its own.
     * @param rows joint states, whole seconds of them, from 20,000.
     * @param questions of each kind.
     * @param progress takes lines for the user.
     */
    public EnginePart(final Path data, final int rows, final int questions, final Progress progress) {
        this.data = data;
        this.rows = rows;
        this.questions = questions;
        this.progress = progress;
        section = new Section(String.format(
                Locale.ROOT,
                "%,d joint states of %d numbers",
                rows,
                JointStateColumns.LONGS + JointStateColumns.DOUBLES));
    }

    /** Takes in and asks. */
    public Section measure() throws IOException, SQLException {
        final Path tendon = data.resolve("tendon");
        final Path sqlite = data.resolve("sqlite");
        final Path mvStore = data.resolve("mvstore");
        try (Engine ours = new TendonEngine(tendon);
                Engine inSqlite = new SqliteEngine(sqlite);
                Engine inMvStore = new MvStoreEngine(mvStore)) {
            final List<Contender> contenders = List.of(
                    new Contender(ours, tendon), new Contender(inSqlite, sqlite), new Contender(inMvStore, mvStore));
            append(contenders);
            for (final Contender contender : contenders) {
                contender.append(Engine::complete);
            }
            ask(contenders);
            report(contenders);
        }
        return section;
    }

    /** A stretch of each in turn, so that what else the machine does falls on all alike. */
    private void append(final List<Contender> contenders) throws SQLException {
        for (int from = 0; from < rows; from += STRETCH_ROWS) {
            if (from % (20 * STRETCH_ROWS) == 0) {
                progress.accept("  engines: " + from + " of " + rows);
            }
            final int count = Math.min(rows - from, STRETCH_ROWS);
            for (int i = 0; i < count; i++) {
                messages.encode(message(i), from + i);
            }
            for (int turn = 0; turn < contenders.size(); turn++) {
                progress.requireWanted();
                contenders
                        .get((from / STRETCH_ROWS + turn) % contenders.size())
                        .append(engine -> append(engine, count));
            }
        }
    }

    private void append(final Engine engine, final int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            engine.append(message(i), ArmMessages.LENGTH_BYTES);
            if ((i + 1) % ROWS_A_COMMIT == 0 || i + 1 == count) {
                engine.commit();
            }
        }
    }

    /** Until the next. */
    private UnsafeBuffer message(final int number) {
        message.wrap(stretch, number * ArmMessages.LENGTH_BYTES, ArmMessages.LENGTH_BYTES);
        return message;
    }

    private void ask(final List<Contender> contenders) throws SQLException {
        final long seconds = rows / 1_000L;
        final long rangeNs = Math.min(60, seconds / 2) * SECOND_NS;
        long compared = 0;
        long different = 0;
        progress.accept("  engines: asked");
        // The first of each is for warming up.
        for (int i = -1; i < questions; i++) {
            progress.requireWanted();
            final long fromNs = START_NS + Math.floorMod(i * 37L, seconds - rangeNs / SECOND_NS) * SECOND_NS;
            final List<Answer> answers = new ArrayList<>();
            for (int turn = 0; turn < contenders.size(); turn++) {
                answers.add(contenders
                        .get(Math.floorMod(i + turn, contenders.size()))
                        .ask(fromNs, fromNs + rangeNs, START_NS, START_NS + seconds * SECOND_NS, i >= 0));
            }
            final Answer first = answers.get(0);
            for (final Answer other : answers.subList(1, answers.size())) {
                compared++;
                different += other.equals(first) && other.greatest().size() == seconds ? 0 : 1;
            }
        }
        section.equal("answers of the engines to the same questions", compared, different);
    }

    private void report(final List<Contender> contenders) throws IOException {
        for (final Contender contender : contenders) {
            section.add(
                    contender.label(),
                    Figure.perSecond("appended", rows * 1e9 / contender.appendNs()),
                    Figure.ns("range", contender.rangeNs()),
                    Figure.ns("aggregate", contender.aggregateNs()),
                    Figure.bytes("disk", contender.diskBytes()));
        }
        final BarChart chart =
                new BarChart(section.title() + ", each value of a minute, greatest of each second", Unit.NS);
        compare(chart, contenders, "append", Contender::appendNs, rows);
        compare(chart, contenders, "range", Contender::rangeNs, 1);
        compare(chart, contenders, "aggregate", Contender::aggregateNs, 1);
        section.note(String.format(
                Locale.ROOT,
                "each got the same rows in transactions of %,d, reads every field of them, and may keep 96 MiB in memory;"
                        + " with a commit, %s",
                ROWS_A_COMMIT,
                String.join("; ", contenders.stream().map(Contender::durability).toList())));
        section.note(
                "appended: ours with the figures of seconds and minutes that it alone keeps; range: each value of one"
                        + " field in a minute; aggregate: the greatest of one field in each second of all");
        section.note("SQLite gets one column a number, MVStore the message's bytes; ours alone can be asked in SQL for"
                + " each field of any message without code for its type");
        section.picture("store-engines.svg", chart.draw());
    }

    private void compare(
            final BarChart chart,
            final List<Contender> contenders,
            final String what,
            final ToDoubleFunction<Contender> ns,
            final int things) {
        final Contender ours = contenders.get(0);
        for (final Contender contender : contenders) {
            chart.add(
                    (things > 1 ? what + " one: " : what + ": ") + contender.label(),
                    ns.applyAsDouble(contender) / things,
                    Double.NaN,
                    contenders.indexOf(contender));
            if (contender != ours) {
                section.atMost(
                        what + ", time of ours over " + contender.label(),
                        Unit.RATIO,
                        ns.applyAsDouble(ours) / ns.applyAsDouble(contender),
                        1);
            }
        }
    }
}

package io.tendon.bench.store.engine;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.run.Progress;
import io.tendon.bench.store.figures.Figure;
import io.tendon.bench.store.figures.Section;
import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.measure.Median;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** The same joint states in each engine, and the same questions to each; which comes first changes. Main thread. */
public final class EnginePart {
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int ROWS_A_COMMIT = 5_000;
    private static final int STRETCH_ROWS = 10_000;

    private final Path data;
    private final int rows;
    private final int questions;
    private final Progress progress;
    private final Section section;
    private final ArmMessages messages = new ArmMessages();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ArmMessages.LENGTH_BYTES]);

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
        section = new Section(String.format(Locale.ROOT, "%,d joint states of 67 numbers", rows));
    }

    /** Figures of one engine. */
    private static final class Times {
        private double appendNs;
        private final List<Double> rangeNs = new ArrayList<>();
        private final List<Double> greatestNs = new ArrayList<>();

        double rangeNs() {
            return Median.of(rangeNs.stream().mapToDouble(Double::doubleValue));
        }

        double greatestNs() {
            return Median.of(greatestNs.stream().mapToDouble(Double::doubleValue));
        }
    }

    /** Takes in and asks. */
    public Section measure() {
        try (Engine ours = new TendonEngine(data.resolve("tendon"));
                Engine sqlite = new SqliteEngine(data.resolve("joint-states.sqlite"));
                Engine mvStore = new MvStoreEngine(data.resolve("joint-states.mv"))) {
            final List<Engine> engines = List.of(ours, sqlite, mvStore);
            final Map<Engine, Times> times = new HashMap<>();
            engines.forEach(engine -> times.put(engine, new Times()));
            append(engines, times);
            for (final Engine engine : engines) {
                engine.complete();
            }
            ask(engines, times);
            report(engines, times);
        } catch (final CommandFailure e) {
            throw e;
        } catch (final Exception e) {
            throw new CommandFailure("engines: could not be measured (" + e + ")");
        }
        return section;
    }

    /** A stretch of each in turn, so that what else the machine does falls on all alike. */
    private void append(final List<Engine> engines, final Map<Engine, Times> times) throws Exception {
        for (int from = 0; from < rows; from += STRETCH_ROWS) {
            if (from % (20 * STRETCH_ROWS) == 0) {
                progress.accept("  engines: " + from + " of " + rows);
            }
            progress.requireWanted();
            final int to = Math.min(rows, from + STRETCH_ROWS);
            for (int turn = 0; turn < engines.size(); turn++) {
                final Engine engine = engines.get((from / STRETCH_ROWS + turn) % engines.size());
                final long beginNs = System.nanoTime();
                for (int i = from; i < to; i++) {
                    messages.encode(buffer, 0, i, START_NS + i * ArmMessages.PERIOD_NS + messages.jitterNs(i));
                    engine.append(buffer, ArmMessages.LENGTH_BYTES);
                    if (i % ROWS_A_COMMIT == ROWS_A_COMMIT - 1) {
                        engine.commit();
                    }
                }
                engine.commit();
                times(times, engine).appendNs += System.nanoTime() - beginNs;
            }
        }
    }

    private void ask(final List<Engine> engines, final Map<Engine, Times> times) throws Exception {
        final long seconds = rows / 1_000L;
        final long rangeNs = Math.min(60, seconds / 2) * SECOND_NS;
        long compared = 0;
        long different = 0;
        progress.accept("  engines: asked");
        for (int i = -1; i < questions; i++) {
            progress.requireWanted();
            final long fromNs = START_NS + Math.floorMod(i * 37L, seconds - rangeNs / SECOND_NS) * SECOND_NS;
            final List<Engine.Sum> sums = new ArrayList<>();
            final List<Map<Long, Double>> greatest = new ArrayList<>();
            for (final Engine engine : engines) {
                final long beginNs = System.nanoTime();
                sums.add(engine.range(fromNs, fromNs + rangeNs));
                final long middleNs = System.nanoTime();
                greatest.add(engine.greatest(START_NS, START_NS + seconds * SECOND_NS));
                // The first of each is for warming up.
                if (i >= 0) {
                    times(times, engine).rangeNs.add((double) (middleNs - beginNs));
                    times(times, engine).greatestNs.add((double) (System.nanoTime() - middleNs));
                }
            }
            for (int other = 1; other < engines.size(); other++) {
                compared++;
                final boolean isEqual = sums.get(other).equals(sums.get(0))
                        && greatest.get(other).equals(greatest.get(0))
                        && greatest.get(0).size() == seconds;
                different += isEqual ? 0 : 1;
            }
        }
        section.equal("answers of the engines to the same questions", compared, different);
    }

    private void report(final List<Engine> engines, final Map<Engine, Times> times) throws Exception {
        final BarChart chart =
                new BarChart(section.title() + ", each value of a minute, greatest of each second", Unit.NS);
        final Times ours = times(times, engines.get(0));
        for (final Engine engine : engines) {
            final Times own = times(times, engine);
            section.add(
                    engine.label(),
                    Figure.perSecond("appended", rows * 1e9 / own.appendNs),
                    Figure.ns("range", own.rangeNs()),
                    Figure.ns("aggregate", own.greatestNs()),
                    Figure.bytes("disk", engine.diskBytes()));
        }
        for (final Engine engine : engines) {
            chart.add(
                    "append one: " + engine.label(),
                    times(times, engine).appendNs / rows,
                    Double.NaN,
                    engines.indexOf(engine));
        }
        for (final Engine engine : engines) {
            chart.add("range: " + engine.label(), times(times, engine).rangeNs(), Double.NaN, engines.indexOf(engine));
        }
        for (final Engine engine : engines) {
            chart.add(
                    "aggregate: " + engine.label(),
                    times(times, engine).greatestNs(),
                    Double.NaN,
                    engines.indexOf(engine));
        }
        for (final Engine peer : engines.subList(1, engines.size())) {
            final Times other = times(times, peer);
            atMostOne("append", peer, ours.appendNs, other.appendNs);
            atMostOne("range", peer, ours.rangeNs(), other.rangeNs());
            atMostOne("aggregate", peer, ours.greatestNs(), other.greatestNs());
        }
        section.note("appended: with a commit onto the device every 5,000, and with the figures of seconds and minutes"
                + " that only ours keeps; range: each value of one field in a minute; aggregate: the greatest of one field"
                + " in each second of all");
        section.note("SQLite gets one column a number, MVStore the message's bytes; ours alone can be asked in SQL for"
                + " each field of any message without code for its type");
        section.picture("store-engines.svg", chart.draw());
    }

    private static Times times(final Map<Engine, Times> times, final Engine engine) {
        final Times own = times.get(engine);
        if (own == null) {
            throw new IllegalArgumentException(engine.label());
        }
        return own;
    }

    private void atMostOne(final String what, final Engine peer, final double oursNs, final double otherNs) {
        section.atMost(what + ", time of ours over " + peer.label(), Unit.RATIO, oursNs / otherNs, 1);
    }
}

package io.tendon.bench.store.robot;

import io.tendon.bench.chart.PercentileChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.measure.Median;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What publishing a joint state costs a process in control's place: while the recorder only records and indexes it, and
 * while, at the same time, its writes stall, the live recorder answers questions that scan a day, and another session's
 * indices are built anew. In turns. Main thread.
 */
final class PublishPart {
    /** What it is about. */
    static final String TITLE = "publishing joint states, 1,000 a second";

    private static final double RATIO_BAR = 1.5;
    private static final long LEAD_NS = 3_000_000_000L;
    private static final long STOP_TIMEOUT_S = 30;
    private static final double MOST_NS = 1e7;
    private static final String SCAN =
            "SELECT count(*), max(gripper_width_m), avg(joint_position[3]), stddev_samp(joint_effort[2])"
                    + " FROM joint_state";

    private final RecorderRig rig;
    private final DayHistory day;
    private final String otherSession;
    private final Path logs;
    private final int rounds;
    private final long stretchNs;
    private final Progress progress;
    private final List<CostLog.Stretch> idle = new ArrayList<>();
    private final List<CostLog.Stretch> loaded = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();
    private int scans;
    private int rebuilds;

    /**
     * A part.
     *
     * @param rig of a session in which nothing was said yet.
     * @param day a long history, which becomes the session's own.
     * @param otherSession in the same data directory, which is built anew.
     * @param logs directory for what the processes print.
     * @param rounds stretches without and with a load.
     * @param stretchNs length of each.
     * @param progress takes lines for the user.
     */
    PublishPart(
            final RecorderRig rig,
            final DayHistory day,
            final String otherSession,
            final Path logs,
            final int rounds,
            final long stretchNs,
            final Progress progress) {
        this.rig = rig;
        this.day = day;
        this.otherSession = otherSession;
        this.logs = logs;
        this.rounds = rounds;
        this.stretchNs = stretchNs;
        this.progress = progress;
    }

    /** Measures. */
    Section measure() throws IOException {
        rig.start();
        rig.kill();
        day.lend(rig.session().index());
        try {
            rig.start();
            requireDay();
            final CostLog costs = stretches();
            final long refused = rig.refused();
            rig.stop();
            return section(costs, refused);
        } finally {
            rig.kill();
        }
    }

    private CostLog stretches() {
        final Path costs = logs.resolve("costs.hlog");
        try (ChildProcess state = rig.startMain(StateNode.class, "--a-cycle", "1", "--log", costs.toString())) {
            // The compiler of the writer's JVM gets through first.
            Waiting.sleep(Math.min(10 * LEAD_NS, 2 * stretchNs));
            for (int round = 1; round <= rounds; round++) {
                progress.accept("  publishing, round " + round + " of " + rounds);
                idle.add(stretch());
                loaded.add(loadedStretch());
                Waiting.sleep(LEAD_NS);
            }
            if (!state.isAlive() || state.stop(STOP_TIMEOUT_S) != 0) {
                throw new CommandFailure("the writer ended early; it printed\n" + state.logTail());
            }
        }
        return new CostLog(costs);
    }

    private CostLog.Stretch loadedStretch() {
        try (ChildProcess hold = rig.startMain(HoldNode.class);
                RepeatedCommand rebuild = new RepeatedCommand(
                        "rebuild", () -> rig.command("reindex", List.of("reindex", "--session", otherSession)));
                RepeatedCommand scan = new RepeatedCommand(
                        "scan", () -> rig.command("scan", List.of("sql", "--timeout", "840s", SCAN)))) {
            Waiting.sleep(LEAD_NS);
            final int scansBefore = scan.runs();
            final int rebuildsBefore = rebuild.runs();
            final CostLog.Stretch busy = stretch();
            scans += scan.runs() - scansBefore;
            rebuilds += rebuild.runs() - rebuildsBefore;
            if (!hold.isAlive()) {
                throw new CommandFailure("disk-stall could not be done; it printed\n" + hold.logTail());
            }
            hold.stop(STOP_TIMEOUT_S);
            accounts.add(hold.printed("disk-stall "));
            scan.finish();
            rebuild.finish();
            return busy;
        }
    }

    private CostLog.Stretch stretch() {
        final long fromMs = System.currentTimeMillis();
        Waiting.sleep(stretchNs);
        return new CostLog.Stretch(fromMs, System.currentTimeMillis());
    }

    private void requireDay() {
        try (ChildProcess count = rig.command(
                "count", List.of("sql", "--format", "csv", "SELECT 'rows=' || count(*) FROM joint_state"))) {
            count.awaitSuccess(STOP_TIMEOUT_S * 4);
            final long rows = Long.parseLong(count.printed("rows="));
            if (rows != day.rows()) {
                throw new CommandFailure("the live session answers with " + rows + " joint states, must have the "
                        + day.rows() + " of the history that it was given; delete that and let it be made anew");
            }
            progress.accept("  the live session has " + rows + " joint states");
        }
    }

    private Section section(final CostLog costs, final long refused) throws IOException {
        final Histogram idleAll = new Histogram(3);
        final Histogram loadedAll = new Histogram(3);
        final double[] ratios = new double[rounds];
        final List<Figure[]> lines = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            final Histogram calm = costs.in(idle.get(i));
            final Histogram busy = costs.in(loaded.get(i));
            ratios[i] = at(busy, 99) / at(calm, 99);
            lines.add(new Figure[] {Figure.ns("p99", at(busy, 99)), Figure.ratio("of idle", ratios[i])});
            idleAll.add(calm);
            loadedAll.add(busy);
        }
        final Section section = new Section(TITLE);
        add(section, "the recorder records and indexes", idleAll);
        add(section, "and: stall, scans, rebuild", loadedAll);
        for (int i = 0; i < rounds; i++) {
            section.add("  round " + (i + 1), lines.get(i));
        }
        section.atMost(
                "publishing under load over idle, p99, the median round's",
                Unit.RATIO,
                // A round that was not measured counts for none that was.
                Arrays.stream(ratios).allMatch(Double::isFinite) ? Median.of(Arrays.stream(ratios)) : Double.NaN,
                RATIO_BAR);
        section.atMost("messages refused to the writer", Unit.COUNT, refused, 0);
        section.note(String.format(
                Locale.ROOT,
                "the writer stands in control's place: its publisher, its priority, its cycle; under load the live"
                        + " recorder answers scans of every row, and persistence-node reindex builds another session anew, one"
                        + " after the other without a pause: %d and %d of them came to their end within what was measured",
                scans,
                rebuilds));
        accounts.forEach(account -> section.note("disk-stall " + account));
        section.picture("store-publish.svg", chart(idleAll, loadedAll).draw());
        return section;
    }

    private static void add(final Section section, final String label, final Histogram costs) {
        section.add(
                label,
                Figure.ns("p50", at(costs, 50)),
                Figure.ns("p99", at(costs, 99)),
                Figure.ns("p99.9", at(costs, 99.9)),
                Figure.ns("max", at(costs, 100)),
                Figure.count("timed", costs.getTotalCount()));
    }

    private static PercentileChart chart(final Histogram idleAll, final Histogram loadedAll) {
        final PercentileChart chart = new PercentileChart("Publishing a joint state, by percentile", MOST_NS);
        chart.add("records and indexes", idleAll);
        chart.add("and stall, scans, rebuild", loadedAll);
        return chart;
    }

    /** A percentile, ns; NaN of none. */
    private static double at(final Histogram costs, final double percentile) {
        return costs.getTotalCount() == 0 ? Double.NaN : costs.getValueAtPercentile(percentile);
    }
}

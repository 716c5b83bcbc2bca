package io.tendon.deploy.panel;

import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.console.Style;
import io.tendon.deploy.figures.Amount;
import io.tendon.deploy.figures.LoopFigures;
import io.tendon.deploy.figures.MissedFigures;
import io.tendon.deploy.figures.NodeFigures;
import io.tendon.deploy.figures.NodeState;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import java.util.List;
import java.util.Locale;

/** The processes and their loops, as lines. Pure. */
final class NodeSection {
    private static final long MS_PER_S = 1_000;

    private NodeSection() {}

    /** One line a process. */
    static List<String> nodes(final RobotFigures figures, final RobotRates rates, final int width, final Style style) {
        final Table table = new Table(List.of(
                Table.Column.text("NODE", 11, 0),
                Table.Column.text("STATE", 8, 0),
                Table.Column.number("PID", 7, 3),
                Table.Column.number("UP", 8, 0),
                Table.Column.number("MEMORY", 8, 2),
                Table.Column.number("CPU", 4, 4),
                Table.Column.number("RESTARTS", 8, 0),
                Table.Column.number("ERRORS", 6, 1),
                Table.Column.number("REAL-TIME", 9, 0)));
        for (final NodeFigures node : figures.nodes()) {
            table.row(
                    node.node().name().toLowerCase(Locale.ROOT),
                    state(node.state(), style),
                    Amount.count(node.pid()),
                    Amount.clock(node.uptimeMs() < 0 ? -1 : node.uptimeMs() / MS_PER_S),
                    Amount.bytes((double) node.residentBytes()),
                    Amount.percent(rates.cpuFraction(node.node())),
                    alarming(Amount.count(node.restarts()), node.restarts() > 0, style),
                    alarming(Amount.count(node.exceptions()), node.exceptions() > 0, style),
                    realTime(node.realTime(), style));
        }
        return table.lines(width, style);
    }

    /** One line a loop. */
    static List<String> loops(final RobotFigures figures, final RobotRates rates, final int width, final Style style) {
        final Table table = new Table(List.of(
                Table.Column.text("LOOP", 11, 0),
                Table.Column.number("RATE", 7, 0),
                Table.Column.number("MISSED", 6, 0),
                Table.Column.number("WAKE/LONG/HW", 12, 4),
                Table.Column.number("LATE p50", 8, 3),
                Table.Column.number("p99", 6, 0),
                Table.Column.number("p99.9", 6, 2),
                Table.Column.number("max", 7, 0),
                Table.Column.number("LAST 100", 8, 1)));
        for (final LoopFigures loop : figures.loops()) {
            final double hz = rates.loopHz(loop.node());
            table.row(
                    loop.node().name().toLowerCase(Locale.ROOT),
                    Double.isNaN(hz) ? Amount.UNKNOWN : Amount.whole(hz) + " Hz",
                    alarming(Amount.count(loop.missed()), loop.missed() > 0, style),
                    causes(loop.missedBy()),
                    Amount.duration(loop.lateness().p50Ns()),
                    Amount.duration(loop.lateness().p99Ns()),
                    Amount.duration(loop.lateness().p999Ns()),
                    Amount.duration(loop.lateness().maxNs()),
                    alarming(Amount.percent(loop.successRate()), loop.successRate() < 1, style));
        }
        return table.lines(width, style);
    }

    private static String causes(final MissedFigures missed) {
        return Amount.count(missed.lateWakeUp())
                + "/"
                + Amount.count(missed.longCycle())
                + "/"
                + Amount.count(missed.hardware());
    }

    private static String state(final NodeState state, final Style style) {
        final String name =
                state == NodeState.ABSENT ? Amount.UNKNOWN : state.name().toLowerCase(Locale.ROOT);
        if (state.isFailure()) {
            return style.red(name.toUpperCase(Locale.ROOT));
        }
        return state == NodeState.UP ? style.green(name) : style.yellow(name);
    }

    private static String realTime(final long realTime, final Style style) {
        if (realTime == RealTimeOutcome.LESS_GIVEN) {
            return style.yellow("not got");
        }
        return realTime == 1 ? "yes" : Amount.UNKNOWN;
    }

    private static String alarming(final String text, final boolean isAlarming, final Style style) {
        return isAlarming ? style.yellow(text) : text;
    }
}

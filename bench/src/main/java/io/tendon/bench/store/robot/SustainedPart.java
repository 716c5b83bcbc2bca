package io.tendon.bench.store.robot;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.process.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Twenty times what a robot says, into a recorder as it ships with all of its indices; and how fast the same session is
 * indexed anew. Main thread.
 */
final class SustainedPart {
    /** Messages a second of a robot: 1,000 joint states, and 200 of all other kinds, which are shorter. */
    private static final int ROBOT_RATE = 1_200;

    private static final int TIMES = 20;
    private static final int CYCLES_PER_S = 1_000;
    /** A cycle that is missed now and then is none of the index's doing. */
    private static final double LEAST_SHARE = 0.99;

    private static final double LAG_BAR_NS = 3e9;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    /** What a robot says in a tenth of a second: the index takes a second's worth at a time. */
    private static final long CAUGHT_UP_BYTES = 100_000;

    private static final long LOOK_NS = 5_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long INDEX_TIMEOUT_NS = 60_000_000_000L;
    private static final long CAUGHT_UP_TIMEOUT_NS = 300_000_000_000L;
    private static final long COMMAND_TIMEOUT_S = 600;

    private final RecorderRig rig;
    private final Path logs;
    private final int seconds;
    private final Progress progress;

    /**
     * A part.
     *
     * @param rig of a session in which nothing was said yet.
     * @param logs directory for what the processes print.
     * @param seconds how long.
     * @param progress takes lines for the user.
     */
    SustainedPart(final RecorderRig rig, final Path logs, final int seconds, final Progress progress) {
        this.rig = rig;
        this.logs = logs;
        this.seconds = seconds;
        this.progress = progress;
    }

    /**
     * What was seen at one look. Immutable.
     *
     * @param atNs by {@link System#nanoTime}.
     * @param sent messages so far; negative when not known.
     * @param lagMs age of the oldest message that is not indexed, ms; negative when not known.
     * @param lagBytes that are not indexed; negative when not known.
     */
    record Look(long atNs, long sent, long lagMs, long lagBytes) {}

    /** Measures; leaves a session that is over. */
    Section measure() {
        progress.accept("  recording and indexing " + TIMES + " times a robot's rate");
        rig.start();
        if (!Waiting.until(() -> rig.indexLagBytes() >= 0, INDEX_TIMEOUT_NS)) {
            throw new CommandFailure("the recorder does not say within " + INDEX_TIMEOUT_NS / SECOND_NS
                    + " s how far its index is, must once it has opened that; see whether another one has it open");
        }
        final List<Look> looks = new ArrayList<>();
        final long lastSentMs;
        try (ChildProcess state = rig.startMain(
                StateNode.class,
                "--a-cycle",
                Integer.toString(TIMES * ROBOT_RATE / CYCLES_PER_S),
                "--log",
                logs.resolve("sustained.hlog").toString())) {
            for (int second = 0; second < seconds; second++) {
                Waiting.sleep(SECOND_NS);
                looks.add(new Look(System.nanoTime(), rig.sent(), rig.indexLagMs(), rig.indexLagBytes()));
            }
            if (!state.isAlive() || state.stop(COMMAND_TIMEOUT_S) != 0) {
                throw new CommandFailure("the writer ended early; it printed\n" + state.logTail());
            }
            lastSentMs = Long.parseLong(state.printed(StateNode.LAST));
        }
        final double behindNs = awaitCaughtUp(lastSentMs);
        final long refused = rig.refused();
        rig.stop();
        return section(looks, behindNs, refused, rebuild());
    }

    /** How long after the last message it is that all is seen to be stored, ns. */
    private double awaitCaughtUp(final long lastSentMs) {
        final CatchUpWatch watch = new CatchUpWatch(lastSentMs, CAUGHT_UP_BYTES);
        final long beganNs = System.nanoTime();
        long nowMs = System.currentTimeMillis();
        while (!watch.isStored(nowMs, rig.indexLagMs(), rig.indexLagBytes())) {
            if (System.nanoTime() - beganNs > CAUGHT_UP_TIMEOUT_NS) {
                throw new CommandFailure("the index is " + rig.indexLagMs() + " ms and " + rig.indexLagBytes()
                        + " bytes behind (-1: not known) " + CAUGHT_UP_TIMEOUT_NS / SECOND_NS
                        + " s after the last message, must have stored that; see what the recorder says of it:"
                        + " persistence-node status");
            }
            Waiting.sleep(LOOK_NS);
            nowMs = System.currentTimeMillis();
        }
        return (nowMs - lastSentMs) * NS_PER_MS;
    }

    /** Messages a second. */
    private double rebuild() {
        progress.accept("  indexing it anew");
        final long beginNs = System.nanoTime();
        try (ChildProcess reindex = rig.command(
                "rebuild", List.of("reindex", "--session", rig.session().sessionId()))) {
            reindex.awaitSuccess(COMMAND_TIMEOUT_S);
            final double elapsedS = (System.nanoTime() - beginNs) / 1e9;
            return Long.parseLong(reindex.printed("history: ").replaceAll(" messages.*", "")) / elapsedS;
        }
    }

    private Section section(final List<Look> looks, final double behindNs, final long refused, final double rebuilt) {
        final Section section = new Section("recording, all indices, 24,000 joint states/s");
        final double reached = sentPerSecond(looks);
        final List<Look> earlier = looks.subList(0, looks.size() / 2);
        final List<Look> later = looks.subList(looks.size() / 2, looks.size());
        final double laterNs = lagNs(later, reached);
        section.add(
                "joint states sent", Figure.perSecond("rate", reached), Figure.ratio("robots", reached / ROBOT_RATE));
        section.add(
                "index behind the recorder, first half",
                Figure.ns("lag", lagNs(earlier, reached)),
                Figure.bytes("unindexed", largest(earlier, Look::lagBytes)));
        section.add(
                "index behind the recorder, second half",
                Figure.ns("lag", laterNs),
                Figure.bytes("unindexed", largest(later, Look::lagBytes)));
        section.add("all stored, after the last message", Figure.ns("lag", behindNs));
        section.add(
                "built anew by reindex, with its start",
                Figure.perSecond("rate", rebuilt),
                Figure.ratio("robots", rebuilt / ROBOT_RATE));
        section.atLeast(
                "joint states sent, " + TIMES + " times a robot's rate but for a hundredth",
                Unit.PER_SECOND,
                reached,
                LEAST_SHARE * TIMES * ROBOT_RATE);
        section.atMost(
                "index behind the recorder at the rate that was sent, second half", Unit.NS, laterNs, LAG_BAR_NS);
        section.atMost("messages refused at that rate", Unit.COUNT, refused, 0);
        section.note(String.format(
                Locale.ROOT,
                "a robot says 1,000 joint states a second and 200 shorter messages: held to %d x %,d joint states, for %d s;"
                        + " the rate is of what was sent, by its counter; all is seen to be stored when the index next says"
                        + " how far it is, once a second",
                TIMES,
                ROBOT_RATE,
                looks.size()));
        return section;
    }

    /** From the first look at which something had been sent to the last, 1/s; NaN when that is not known. */
    static double sentPerSecond(final List<Look> looks) {
        final List<Look> known = looks.stream().filter(look -> look.sent > 0).toList();
        if (known.size() < 2) {
            return Double.NaN;
        }
        final Look first = known.get(0);
        final Look last = known.get(known.size() - 1);
        return (last.sent - first.sent) * NS_PER_S / (last.atNs - first.atNs);
    }

    /**
     * How far the index was behind, at most. Its age is told when something was stored; the bytes tell what has been recorded
     * since.
     *
     * @return ns; NaN when it was not known at one of the looks.
     */
    static double lagNs(final List<Look> looks, final double sentPerSecond) {
        final double bytesPerSecond = sentPerSecond * StreamDescriptor.framedLength(ArmMessages.LENGTH_BYTES);
        return Math.max(
                largest(looks, Look::lagMs) * NS_PER_MS, largest(looks, Look::lagBytes) / bytesPerSecond * NS_PER_S);
    }

    private static double largest(final List<Look> looks, final ToLongFunction<Look> what) {
        return looks.stream().mapToLong(what).anyMatch(amount -> amount < 0)
                ? Double.NaN
                : looks.stream()
                        .mapToDouble(look -> what.applyAsLong(look))
                        .max()
                        .orElse(Double.NaN);
    }
}

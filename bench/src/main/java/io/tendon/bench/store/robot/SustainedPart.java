package io.tendon.bench.store.robot;

import io.tendon.bench.store.figures.Figure;
import io.tendon.bench.store.figures.Section;
import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.BusCounter;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.process.ChildProcess;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Twenty times what a robot says, into a recorder as it ships with all of its indices; and how fast the same session is
 * indexed anew. Main thread.
 */
final class SustainedPart {
    /** Messages a second of a robot: 1,000 joint states, and 200 of all other kinds, which are shorter. */
    private static final int ROBOT_RATE = 1_200;

    private static final int TIMES = 20;
    private static final int CYCLES_PER_S = 1_000;
    private static final double LAG_BAR_NS = 3e9;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    /** What a robot says in a tenth of a second: the index takes a second's worth at a time. */
    private static final long CAUGHT_UP_BYTES = 100_000;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long CAUGHT_UP_TIMEOUT_NS = 300_000_000_000L;
    private static final long COMMAND_TIMEOUT_S = 600;

    private final RecorderRig rig;
    private final Path logs;
    private final int seconds;
    private final Consumer<String> progress;

    /**
     * A part.
     *
     * @param rig of a session in which nothing was said yet.
     * @param logs directory for what the processes print.
     * @param seconds how long.
     * @param progress takes lines for the user.
     */
    SustainedPart(final RecorderRig rig, final Path logs, final int seconds, final Consumer<String> progress) {
        this.rig = rig;
        this.logs = logs;
        this.seconds = seconds;
        this.progress = progress;
    }

    /** Measures; leaves a session that is over. */
    Section measure() {
        progress.accept("  recording and indexing " + TIMES + " times a robot's rate");
        rig.start();
        final List<Long> lagMs = new ArrayList<>();
        final List<Long> lagBytes = new ArrayList<>();
        try (ChildProcess state = rig.startMain(
                StateNode.class,
                "--a-cycle",
                Integer.toString(TIMES * ROBOT_RATE / CYCLES_PER_S),
                "--log",
                logs.resolve("sustained.hlog").toString())) {
            for (int second = 0; second < seconds; second++) {
                Waiting.sleep(SECOND_NS);
                lagMs.add(rig.counters().node(BusCounter.INDEX_LAG_MS, NodeId.PERSISTENCE, 0));
                lagBytes.add(rig.counters().node(BusCounter.INDEX_LAG_BYTES, NodeId.PERSISTENCE, 0));
            }
            if (!state.isAlive() || state.stop(COMMAND_TIMEOUT_S) != 0) {
                throw new CommandFailure("the writer ended early; it printed\n" + state.logTail());
            }
        }
        final long beganNs = System.nanoTime();
        Waiting.until(
                () -> rig.counters().node(BusCounter.INDEX_LAG_BYTES, NodeId.PERSISTENCE, 0) < CAUGHT_UP_BYTES,
                CAUGHT_UP_TIMEOUT_NS);
        final double behindNs = System.nanoTime() - beganNs;
        final long refused = rig.refused();
        rig.stop();
        return section(lagMs, lagBytes, behindNs, refused, rebuild());
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

    private Section section(
            final List<Long> lagMs,
            final List<Long> lagBytes,
            final double behindNs,
            final long refused,
            final double rebuilt) {
        final Section section = new Section("recording and all indices at 24,000 joint states/s");
        final List<Long> laterMs = lagMs.subList(lagMs.size() / 2, lagMs.size());
        // The age is told when something was stored; the bytes tell what has been recorded since.
        final double bytesASecond =
                (double) TIMES * ROBOT_RATE * StreamDescriptor.framedLength(ArmMessages.LENGTH_BYTES);
        final double largestNs = Math.max(
                largest(laterMs) * NS_PER_MS,
                largest(lagBytes.subList(lagBytes.size() / 2, lagBytes.size())) / bytesASecond * NS_PER_S);
        section.add(
                "index behind the recorder, first half",
                Figure.ns("largest", largest(lagMs.subList(0, lagMs.size() / 2)) * NS_PER_MS),
                Figure.bytes("bytes", largest(lagBytes.subList(0, lagBytes.size() / 2))));
        section.add(
                "index behind the recorder, second half",
                Figure.ns("largest", largestNs),
                Figure.bytes("bytes", largest(lagBytes.subList(lagBytes.size() / 2, lagBytes.size()))));
        section.add("caught up after the last message", Figure.ns("largest", behindNs));
        section.add(
                "built anew by reindex, the command's start in it",
                Figure.perSecond("messages", rebuilt),
                Figure.ratio("times a robot's", rebuilt / ROBOT_RATE));
        section.atMost(
                "index behind the recorder at " + TIMES + " times a robot's rate, second half",
                Figure.ns("", largestNs),
                LAG_BAR_NS);
        section.atMost("messages refused at that rate", Figure.count("", refused), 0);
        section.note(String.format(
                Locale.ROOT,
                "a robot says 1,000 joint states a second and 200 shorter messages: held to %d x %,d joint states, for %d s",
                TIMES,
                ROBOT_RATE,
                lagMs.size()));
        return section;
    }

    private static long largest(final List<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}

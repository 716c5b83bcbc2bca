package io.tendon.sessionlog.verify;

import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.verify.Heartbeats.Beats;
import io.tendon.sessionlog.verify.SessionEvents.ReplacedLog;
import io.tendon.sessionlog.verify.SessionEvents.Said;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Notes on processes that were not there for a while: a node whose heart stopped, with or without a word, and that was
 * started again or not; and a media driver that died under living nodes. What was not said meanwhile is not lost, and no
 * sequence number shows it. One owner thread.
 */
final class NodeSilences {
    /** A node that was silent for less before the session's end may have lived to see it. */
    private static final long END_TOLERANCE_NS = 1_000_000_000L;

    /** Writers that say within this that their logs were replaced speak of one death of the driver. */
    private static final long ONE_DEATH_NS = 5_000_000_000L;

    private final SessionStatements statements;
    private final List<LifeFigures> lives;
    private final boolean isClosed;
    private final FindingLog log;

    /**
     * Of a session.
     *
     * @param statements of the session.
     * @param lives of its writers.
     * @param isClosed whether the session was ended in order, and so all its nodes.
     * @param log takes the notes.
     */
    NodeSilences(
            final SessionStatements statements,
            final List<LifeFigures> lives,
            final boolean isClosed,
            final FindingLog log) {
        this.statements = statements;
        this.lives = lives.stream().filter(life -> !life.isEmpty()).toList();
        this.isClosed = isClosed;
        this.log = log;
    }

    /** Takes the notes. */
    void add() {
        for (final NodeId node : statements.heartbeats().nodes()) {
            final List<Beats> processes = statements.heartbeats().processes(node);
            for (int i = 1; i < processes.size(); i++) {
                restart(node, processes.get(i - 1), processes.get(i));
            }
            end(node, processes.get(processes.size() - 1));
        }
        driverDeaths();
    }

    private void restart(final NodeId node, final Beats before, final Beats next) {
        final long fromNs = lastNs(node, before);
        final long toNs = lives.stream()
                .filter(life -> life.source() == node && life.firstNs() > fromNs)
                .mapToLong(LifeFigures::firstNs)
                .min()
                .orElse(next.firstNs());
        final TimeSpan times = new TimeSpan(fromNs, toNs);
        final Said stop = statements.events().stop(node, before.firstNs(), toNs);
        log.add(new Finding(
                FindingKind.NODE_RESTARTED,
                Place.SESSION,
                times,
                null,
                name(node) + " was silent from " + TimeSpan.instant(fromNs) + " to " + TimeSpan.instant(toNs) + " ("
                        + times.lengthText() + "): "
                        + (stop == null
                                ? "its process died and was started again"
                                : "it stopped (" + stop.text() + ") and was started again")));
    }

    private void end(final NodeId node, final Beats last) {
        final long fromNs = lastNs(node, last);
        final long endNs = lives.stream().mapToLong(LifeFigures::lastNs).max().orElse(fromNs);
        final boolean mayHaveLivedOn = !isClosed && endNs - fromNs < END_TOLERANCE_NS;
        if (!mayHaveLivedOn && statements.events().stop(node, last.firstNs(), Long.MAX_VALUE) == null) {
            log.add(new Finding(
                    FindingKind.NODE_SILENT,
                    Place.SESSION,
                    new TimeSpan(fromNs, TimeSpan.UNKNOWN),
                    null,
                    name(node) + " fell silent at " + TimeSpan.instant(fromNs)
                            + " without saying that it stops, and did not come back"));
        }
    }

    /** When a process spoke last, on any stream. */
    private long lastNs(final NodeId node, final Beats process) {
        return lives.stream()
                .filter(life -> life.source() == node && life.firstNs() <= process.lastNs())
                .mapToLong(LifeFigures::lastNs)
                .max()
                .orElse(process.lastNs());
    }

    private void driverDeaths() {
        final List<Map.Entry<WriterLife, ReplacedLog>> replaced = statements.events().replacedLogs().entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().saidNs()))
                .toList();
        int from = 0;
        for (int i = 1; i <= replaced.size(); i++) {
            if (i == replaced.size()
                    || replaced.get(i).getValue().saidNs()
                                    - replaced.get(from).getValue().saidNs()
                            > ONE_DEATH_NS) {
                driverDeath(replaced.subList(from, i));
                from = i;
            }
        }
    }

    private void driverDeath(final List<Map.Entry<WriterLife, ReplacedLog>> replaced) {
        final long saidNs = replaced.get(0).getValue().saidNs();
        final long lastNs = lives.stream()
                .filter(life ->
                        replaced.stream().anyMatch(entry -> entry.getKey().equals(life.life())))
                .mapToLong(LifeFigures::lastNs)
                .max()
                .orElse(saidNs);
        final TimeSpan times = new TimeSpan(Math.min(lastNs, saidNs), saidNs);
        final String pause = lastNs >= saidNs
                ? "; the recording went on without a pause"
                : "; nothing is recorded from " + TimeSpan.instant(lastNs) + " to " + TimeSpan.instant(saidNs) + " ("
                        + times.lengthText() + ")";
        log.add(new Finding(
                FindingKind.NODE_RESTARTED,
                Place.SESSION,
                times,
                null,
                "the media driver died and was started again: " + replaced.size() + " writers went on in new logs"
                        + pause));
    }

    private static String name(final NodeId node) {
        return node.name().toLowerCase(Locale.ROOT);
    }
}

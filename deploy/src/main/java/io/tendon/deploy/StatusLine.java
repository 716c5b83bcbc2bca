package io.tendon.deploy;

import io.tendon.deploy.figures.Amount;
import io.tendon.deploy.figures.Lateness;
import java.util.Locale;

/** One line on how the robot does. Pure; figures in, text out. */
final class StatusLine {
    private StatusLine() {}

    /**
     * Writes the line.
     *
     * @param elapsedS since control began.
     * @param previous figures of the line before.
     * @param present figures of now.
     * @param intervalS between the two.
     * @return the line.
     */
    static String format(
            final double elapsedS, final RunFigures previous, final RunFigures present, final double intervalS) {
        final double loopHz = (present.executed() - previous.executed()) / intervalS;
        final double messagesPerS = (present.sent() - previous.sent()) / intervalS;
        final Lateness lateness = present.lateness();
        return String.format(
                Locale.ROOT,
                "%7.1fs  loop %4.0f Hz  missed %d  late p50 %s p99 %s max %s  %5.0f msg/s  lost %d  recorder lag %s"
                        + "  %s %s  done %d failed %d",
                elapsedS,
                loopHz,
                present.missed(),
                duration(lateness.p50Ns()),
                duration(lateness.p99Ns()),
                duration(lateness.maxNs()),
                messagesPerS,
                present.lost(),
                bytes(present.lagBytes()),
                present.safetyState(),
                present.taskStep(),
                present.tasksCompleted(),
                present.tasksFailed());
    }

    /** A duration in µs or ms, three figures. */
    static String duration(final long durationNs) {
        return Amount.duration(durationNs);
    }

    /** A number of bytes in the unit that fits. */
    static String bytes(final long bytes) {
        return Amount.bytes((double) bytes);
    }
}

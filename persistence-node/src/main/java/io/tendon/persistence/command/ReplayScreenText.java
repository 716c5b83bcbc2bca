package io.tendon.persistence.command;

import io.tendon.console.Style;
import io.tendon.persistence.replay.ReplayProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a replay stands, as lines for a terminal. Stateless; any thread. */
final class ReplayScreenText {
    private static final int FIGURES_WIDTH = 62;
    private static final int MIN_BAR_WIDTH = 10;

    private ReplayScreenText() {}

    /**
     * The lines.
     *
     * @param progress of the replay.
     * @param columns of the terminal.
     * @param isHelpWanted whether to say the keys, too.
     * @param style of the terminal.
     * @return from the top.
     */
    static List<String> lines(
            final ReplayProgress progress, final int columns, final boolean isHelpWanted, final Style style) {
        final List<String> lines = new ArrayList<>();
        final String state = progress.isPaused() ? style.yellow("paused") : style.green("playing");
        lines.add(bar(progress, Math.max(MIN_BAR_WIDTH, Math.min(columns - 2, FIGURES_WIDTH)))
                + ' '
                + state
                + (progress.isLooping() ? " loop" : ""));
        lines.add(String.format(
                        Locale.ROOT,
                        "%s of %s  %s  %.0f msg/s  late %.1f ms",
                        time(progress.positionNs()),
                        time(progress.totalNs()),
                        progress.speed().text(),
                        progress.messagesPerS(),
                        progress.latenessNs() / 1e6)
                + (progress.lost() == 0 ? "" : style.red("  lost " + progress.lost()))
                + style.dim(isHelpWanted ? "" : "  ? keys"));
        if (isHelpWanted) {
            for (final String line : ReplayKeys.HELP) {
                lines.add(style.dim(line));
            }
        }
        return lines;
    }

    private static String bar(final ReplayProgress progress, final int width) {
        final double share =
                progress.totalNs() == 0 ? 1 : Math.min(1, (double) progress.positionNs() / progress.totalNs());
        final int done = (int) Math.round(share * width);
        return "=".repeat(done) + "-".repeat(width - done);
    }

    /** Minutes, seconds and tenths: {@code 1:02.3}. */
    private static String time(final long durationNs) {
        final long tenths = durationNs / 100_000_000L;
        return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
    }
}

package io.tendon.fusion.rewindow;

import io.tendon.sessionlog.verify.TimeSpan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the windows that the log changes, as they are found: the first of them, or all. Main thread. */
final class WindowLines {
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final long sessionStartNs;
    private final long limit;
    private long found;

    WindowLines(final PrintWriter out, final long sessionStartNs, final long limit) {
        this.out = out;
        this.sessionStartNs = sessionStartNs;
        this.limit = limit;
    }

    void onWindow(final ComparedWindow window) {
        if (!window.isDifferent()) {
            return;
        }
        if (found == 0) {
            final List<String> legend = new ArrayList<>();
            for (final SlotFate fate : SlotFate.values()) {
                legend.add(fate.letter() + " " + fate.title());
            }
            out.println("slots    " + String.join(", ", legend));
        }
        if (found++ < limit) {
            out.println(line(window));
        }
    }

    /** Says how many windows were not printed. */
    void end() {
        if (found > limit) {
            out.println("and " + (found - limit) + " more; --all prints each");
        }
    }

    private String line(final ComparedWindow window) {
        return String.format(
                Locale.ROOT,
                "window   %-24s %+11.3f s  %s  %s, %s",
                TimeSpan.instant(window.startNs()),
                (window.startNs() - sessionStartNs) / NS_PER_S,
                window.letters(),
                window.isMade()
                        ? window.count(SlotFate.IN_TIME) + " of "
                                + window.fates().size() + " in the run"
                        : "not made in the run",
                window.isCompleteWithLog()
                        ? "complete with the log"
                        : Long.bitCount(window.maskWithLog()) + " with the log");
    }
}

package io.tendon.fusion.rewindow;

import io.tendon.sessionlog.verify.TimeSpan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints the windows that the log changes, as they are found: so many lines, or all. Windows in a row that fusion did not make
 * take one line. Main thread.
 */
final class WindowLines {
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final long sessionStartNs;
    private final long limit;
    private long lines;
    private long unprinted;
    private @Nullable ComparedWindow held;
    private long heldCount;

    WindowLines(final PrintWriter out, final long sessionStartNs, final long limit) {
        this.out = out;
        this.sessionStartNs = sessionStartNs;
        this.limit = limit;
    }

    void onWindow(final ComparedWindow window) {
        final ComparedWindow before = held;
        if (before != null && !window.isMade() && window.fates().equals(before.fates())) {
            heldCount++;
            return;
        }
        release();
        if (window.isDifferent() && !window.isMade()) {
            held = window;
            heldCount = 1;
        } else if (window.isDifferent()) {
            print(window, 1);
        }
    }

    /** Prints what is held back, and says how many windows were not printed. */
    void end() {
        release();
        if (unprinted > 0) {
            out.println("and " + unprinted + " more; --all prints each");
        }
    }

    private void release() {
        final ComparedWindow before = held;
        if (before != null) {
            print(before, heldCount);
        }
        held = null;
    }

    private void print(final ComparedWindow window, final long count) {
        if (lines++ >= limit) {
            unprinted += count;
            return;
        }
        if (lines == 1) {
            final List<String> legend = new ArrayList<>();
            for (final SlotFate fate : SlotFate.values()) {
                legend.add(fate.letter() + " " + fate.title());
            }
            out.println("slots    " + String.join(", ", legend));
        }
        out.println(line(window) + (count == 1 ? "" : ", and so the " + (count - 1) + " behind it"));
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

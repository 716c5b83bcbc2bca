package io.tendon.fusion.rewindow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowLinesTest {
    private static final long MS = 1_000_000L;
    private static final List<SlotFate> STALLED = List.of(SlotFate.NO_WINDOW, SlotFate.NO_WINDOW);
    private static final List<SlotFate> LATE = List.of(SlotFate.IN_TIME, SlotFate.LATE);
    private static final List<SlotFate> WHOLE = List.of(SlotFate.IN_TIME, SlotFate.IN_TIME);

    @Test
    void shouldPrintWindowsInARowThatWereNotMadeInOneLine() {
        assertThat(print(Long.MAX_VALUE)).hasSize(5).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("slots    # in time, l late");
            assertThat(lines.get(1))
                    .contains("+0.000 s  ww  not made in the run, complete with the log, and so the 2 behind it");
            assertThat(lines.get(2)).endsWith("+0.006 s  #l  1 of 2 in the run, complete with the log");
            assertThat(lines.get(3)).endsWith("+0.010 s  ww  not made in the run, complete with the log");
            assertThat(lines.get(4)).endsWith("+0.014 s  ww  not made in the run, complete with the log");
        });
    }

    @Test
    void shouldSayHowManyWindowsItDidNotPrint() {
        assertThat(print(2).get(3)).isEqualTo("and 2 more; --all prints each");
        assertThat(print(0)).containsExactly("and 6 more; --all prints each");
    }

    private static List<String> print(final long limit) {
        final StringWriter out = new StringWriter();
        final WindowLines lines = new WindowLines(new PrintWriter(out), 0, limit);
        final List<List<SlotFate>> windows = List.of(STALLED, STALLED, STALLED, LATE, WHOLE, STALLED, WHOLE, STALLED);
        for (int i = 0; i < windows.size(); i++) {
            final List<SlotFate> fates = windows.get(i);
            lines.onWindow(new ComparedWindow(2L * i * MS, !fates.equals(STALLED), fates, 0));
        }
        lines.end();
        return out.toString().lines().toList();
    }
}

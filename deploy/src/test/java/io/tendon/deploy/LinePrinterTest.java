package io.tendon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LinePrinterTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @Test
    void shouldPrintInOrder() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        try (LinePrinter lines = LinePrinter.begin(new PrintStream(printed, true, StandardCharsets.UTF_8))) {
            lines.say("one");
            lines.say("two");
            assertThat(lines.await(PATIENCE_NS)).isTrue();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("one", "two");
    }

    @Test
    void shouldNotKeepWhoeverSpeaksWaitingForATerminalThatTakesNothing() {
        final HeldTerminal terminal = new HeldTerminal();
        final LinePrinter lines = LinePrinter.begin(new PrintStream(terminal, true, StandardCharsets.UTF_8));

        for (int i = 0; i < 3_000; i++) {
            lines.say("line " + i);
        }
        assertThat(lines.await(0)).isFalse();
        terminal.taken.countDown();

        assertThat(lines.await(PATIENCE_NS)).isTrue();
        assertThat(terminal.shown.toString(StandardCharsets.UTF_8))
                .contains("line 999", "lines were not printed: the terminal took nothing")
                .doesNotContain("line 2999");
        lines.close();
    }

    /** As after Ctrl-S, until somebody presses Ctrl-Q. */
    private static final class HeldTerminal extends OutputStream {
        private final CountDownLatch taken = new CountDownLatch(1);
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

        @Override
        public void write(final int next) {
            try {
                taken.await();
            } catch (final InterruptedException e) {
                throw new AssertionError(e);
            }
            shown.write(next);
        }
    }
}

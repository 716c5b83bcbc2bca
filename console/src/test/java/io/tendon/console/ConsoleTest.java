package io.tendon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final long PATIENCE_MS = 10_000;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PipedOutputStream typed = new PipedOutputStream();
    private Terminal terminal;

    @BeforeEach
    void openTerminal() throws IOException {
        terminal = TerminalBuilder.builder()
                .system(false)
                .provider("exec")
                .type("xterm")
                .streams(new PipedInputStream(typed), shown)
                .encoding(StandardCharsets.UTF_8)
                .size(new Size(30, 5))
                .build();
    }

    @AfterEach
    void closeTerminal() throws IOException {
        terminal.close();
    }

    @Test
    void shouldShowLinesAndPutTheTerminalBack() {
        final Attributes before = terminal.getAttributes();
        final FakeScreen screen = new FakeScreen(30, 5);

        try (Console console = Console.on(terminal, true)) {
            assertThat(console.isInteractive()).isTrue();
            assertThat(console.hasColour()).isTrue();
            assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ECHO))
                    .isFalse();
            assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ISIG))
                    .isTrue();
            console.show(List.of("\u00b5 one", "two"));
        }

        screen.write(shown.toString(StandardCharsets.UTF_8));
        assertThat(screen.text()).isEqualTo("\u00b5 one\ntwo");
        assertThat(screen.isCursorShown()).isTrue();
        assertThat(terminal.getAttributes().toString()).isEqualTo(before.toString());
    }

    @Test
    void shouldFollowTheTerminalsSize() {
        try (Console console = Console.on(terminal, false)) {
            assertThat(console.columns()).isEqualTo(30);
            terminal.setSize(new Size(40, 10));
            terminal.raise(Terminal.Signal.WINCH);

            assertThat(console.columns()).isEqualTo(40);
            assertThat(console.rows()).isEqualTo(10);
        }
    }

    @Test
    void shouldReadKeys() throws IOException {
        try (Console console = Console.on(terminal, false)) {
            typed.write("q\u001b[A".getBytes(StandardCharsets.US_ASCII));
            typed.flush();

            assertThat(console.readKey(PATIENCE_MS)).isEqualTo('q');
            assertThat(console.readKey(PATIENCE_MS)).isEqualTo(Console.KEY_UP);
            assertThat(console.readKey(1)).isEqualTo(Console.NO_KEY);
        }
    }

    @Test
    void shouldShowNothingOnceClosed() {
        final Console console = Console.on(terminal, false);
        console.close();
        console.close();
        final int bytesBefore = shown.size();

        console.show(List.of("late"));

        assertThat(shown.size()).isEqualTo(bytesBefore);
        assertThat(console.readKey(1)).isEqualTo(Console.NO_KEY);
    }

    @Test
    void shouldLeaveATerminalThatTakesNothingToTheNextCloseOrTheProcessesEnd() throws InterruptedException {
        final Attributes before = terminal.getAttributes();
        final CountDownLatch draws = new CountDownLatch(1);
        final CountDownLatch takes = new CountDownLatch(1);
        final Console console = Console.on(terminal, false, new OutputStream() {
            @Override
            public void write(final int next) throws IOException {
                draws.countDown();
                try {
                    takes.await();
                } catch (final InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        final Thread drawing = new Thread(() -> console.show(List.of("held")));
        drawing.start();
        draws.await();

        console.close();
        assertThat(Runtime.getRuntime().removeShutdownHook(console.closeOnExit()))
                .isTrue();
        Runtime.getRuntime().addShutdownHook(console.closeOnExit());
        assertThat(terminal.getAttributes().toString()).isNotEqualTo(before.toString());
        takes.countDown();
        drawing.join();
        console.close();

        assertThat(terminal.getAttributes().toString()).isEqualTo(before.toString());
        assertThat(Runtime.getRuntime().removeShutdownHook(console.closeOnExit()))
                .isFalse();
    }

    @Test
    void shouldOpenWithoutATerminal() {
        // The build gives its tests none.
        try (Console console = Console.open()) {
            assertThat(console.isInteractive()).isFalse();
            assertThat(console.hasColour()).isFalse();
            assertThat(console.columns()).isEqualTo(80);
            assertThat(console.rows()).isEqualTo(24);
            assertThat(console.readKey(1)).isEqualTo(Console.NO_KEY);
            console.show(List.of("nowhere"));
        }
    }
}

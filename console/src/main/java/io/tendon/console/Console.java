package io.tendon.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that a command was started from: text redrawn in place, and single keys without Enter. Ctrl-C stays
 * SIGINT. Ctrl-Z does nothing while it is open, since it would stop every process that was started from here.
 *
 * <pre>{@code
 * try (Console console = Console.open()) {
 *     while (console.isInteractive() && console.readKey(500) != 'q') {
 *         console.show(lines);
 *     }
 * }
 * }</pre>
 *
 * <p>Where there is no terminal it is open all the same: nothing is shown, no key comes. The terminal is put back by
 * {@link #close} and, when the process ends without it, on any way out but SIGKILL ({@code reset} helps then).
 *
 * <p>One owner thread, but for {@link #close}, which any thread may call. Writing waits while a terminal takes nothing
 * (a connection that hangs): a loop that must go on shows on another thread.
 */
public final class Console implements AutoCloseable {
    /** No key was pressed. */
    public static final int NO_KEY = -1;

    /** Esc. */
    public static final int KEY_ESC = 27;

    /** Arrow left. */
    public static final int KEY_LEFT = Character.MAX_CODE_POINT + 1;

    /** Arrow right. */
    public static final int KEY_RIGHT = KEY_LEFT + 1;

    /** Arrow up. */
    public static final int KEY_UP = KEY_LEFT + 2;

    /** Arrow down. */
    public static final int KEY_DOWN = KEY_LEFT + 3;

    /** Home. */
    public static final int KEY_HOME = KEY_LEFT + 4;

    /** End. */
    public static final int KEY_END = KEY_LEFT + 5;

    /** Page up. */
    public static final int KEY_PAGE_UP = KEY_LEFT + 6;

    /** Page down. */
    public static final int KEY_PAGE_DOWN = KEY_LEFT + 7;

    /** Size where a terminal does not say, and where there is none. */
    private static final Size DEFAULT_SIZE = new Size(80, 24);

    /** JLine's way to a terminal that needs no native library: the commands stty and test. */
    private static final String PROVIDER = "exec";

    /** How long a close waits for a drawing that the terminal does not take. */
    private static final long CLOSE_PATIENCE_MS = 1_000;

    private final @Nullable Terminal terminal;
    private final @Nullable Attributes modesBefore;
    private final boolean hasColour;
    private final OutputStream out;
    private final KeyDecoder keys;
    private final ReentrantLock drawing = new ReentrantLock();
    private final ScreenRegion region = new ScreenRegion();
    private final Thread closeOnExit = new Thread(this::restore, "console-restore");

    private Size size = DEFAULT_SIZE;
    // Written by the thread that hears of signals, read by the owner.
    private volatile boolean isSizeStale = true;
    private boolean isClosed;

    private Console(final @Nullable Terminal terminal, final boolean isColourWanted, final OutputStream out) {
        this.terminal = terminal;
        this.hasColour = terminal != null && isColourWanted;
        this.out = out;
        if (terminal == null) {
            this.modesBefore = null;
            this.keys = new KeyDecoder(Console::none);
        } else {
            this.modesBefore = enterKeyMode(terminal);
            this.keys = new KeyDecoder(timeoutMs -> terminal.reader().read(timeoutMs));
            terminal.handle(Terminal.Signal.WINCH, signal -> isSizeStale = true);
        }
    }

    /** Opens the terminal of this process; never fails. */
    public static Console open() {
        final Map<String, String> environment = System.getenv();
        Console console = new Console(null, false, OutputStream.nullOutputStream());
        try {
            if (TerminalCheck.isInteractive(environment, TerminalProvider.load(PROVIDER))) {
                final Terminal terminal = TerminalBuilder.builder()
                        .provider(PROVIDER)
                        .system(true)
                        .systemOutput(TerminalBuilder.SystemOutput.ForcedSysOut)
                        .dumb(false)
                        // JLine's own handlers would take SIGINT away from the process.
                        .nativeSignals(false)
                        .build();
                final OutputStream stdout = new FileOutputStream(FileDescriptor.out);
                console = on(terminal, TerminalCheck.isColourWanted(environment), stdout);
            }
        } catch (final IOException | RuntimeException | IOError e) {
            // A terminal that cannot be used is none.
            return console;
        }
        return console;
    }

    /** A console on a given terminal, for tests. */
    static Console on(final Terminal terminal, final boolean isColourWanted) {
        return on(terminal, isColourWanted, terminal.output());
    }

    /** A console on a given terminal that is written to by another way. */
    static Console on(final Terminal terminal, final boolean isColourWanted, final OutputStream out) {
        final Console console = new Console(terminal, isColourWanted, out);
        Runtime.getRuntime().addShutdownHook(console.closeOnExit);
        return console;
    }

    /** Whether stdin and stdout are a terminal that can move its cursor, and this process has it to itself. */
    public boolean isInteractive() {
        return terminal != null;
    }

    /** Whether text may be coloured: on a terminal, unless the environment says {@code NO_COLOR}. */
    public boolean hasColour() {
        return hasColour;
    }

    /** Width of the terminal at this moment; 80 without one. */
    public int columns() {
        return size().getColumns();
    }

    /** Height of the terminal at this moment; 24 without one. */
    public int rows() {
        return size().getRows();
    }

    /**
     * Shows lines in place of those shown before, cut to the terminal's width and height. The first ones are written
     * where the cursor stands. Does nothing without a terminal, after {@link #close}, and once the process is about to
     * end.
     *
     * @param lines from the top, without line feeds; {@link Style}s are allowed.
     */
    public void show(final List<String> lines) {
        final Terminal shown = terminal;
        if (shown == null) {
            return;
        }
        final Size now = size();
        drawing.lock();
        try {
            if (!isClosed) {
                write(shown, region.draw(lines, now.getColumns(), now.getRows()));
            }
        } finally {
            drawing.unlock();
        }
    }

    /**
     * Waits for a key.
     *
     * @param timeoutMs at most so long; 0 or less asks without waiting.
     * @return a character, one of the keys above, or {@link #NO_KEY} when none came. Without a terminal none comes.
     */
    public int readKey(final long timeoutMs) {
        final long waitMs = Math.max(1, timeoutMs);
        final long startNs = System.nanoTime();
        try {
            final int key = keys.next(waitMs);
            if (key == NO_KEY && System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(waitMs) / 2) {
                // The terminal is gone: wait all the same, so that a loop does not spin.
                none(waitMs);
            }
            return key;
        } catch (final IOException e) {
            return none(waitMs);
        }
    }

    /**
     * Leaves what is shown, and puts cursor and modes back. More than once is fine. While a drawing waits for a terminal that
     * takes nothing it is left to the next close, or to the process's end.
     */
    @Override
    public void close() {
        if (restore()) {
            try {
                Runtime.getRuntime().removeShutdownHook(closeOnExit);
            } catch (final IllegalStateException e) {
                // It runs already and finds nothing left to do.
                return;
            }
        }
    }

    /** Puts the terminal back when the process ends without {@link #close}, or with one that could not. */
    Thread closeOnExit() {
        return closeOnExit;
    }

    /** Whether the terminal is as it was before; false while a drawing holds it. */
    private boolean restore() {
        final Terminal restored = terminal;
        if (restored == null) {
            return true;
        }
        try {
            if (!drawing.tryLock(CLOSE_PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            if (!isClosed) {
                isClosed = true;
                write(restored, region.leave());
                putBack(restored);
            }
        } finally {
            drawing.unlock();
        }
        return true;
    }

    private void putBack(final Terminal restored) {
        try {
            if (modesBefore != null) {
                restored.setAttributes(modesBefore);
            }
            restored.close();
        } catch (final IOException | RuntimeException | IOError e) {
            // The terminal is gone, and its modes with it.
            isSizeStale = false;
        }
    }

    private Size size() {
        if (isSizeStale && terminal != null) {
            isSizeStale = false;
            size = sizeOf(terminal);
        }
        return size;
    }

    private static Size sizeOf(final Terminal terminal) {
        try {
            final Size told = terminal.getSize();
            return new Size(
                    told.getColumns() > 0 ? told.getColumns() : DEFAULT_SIZE.getColumns(),
                    told.getRows() > 0 ? told.getRows() : DEFAULT_SIZE.getRows());
        } catch (final RuntimeException | IOError e) {
            return DEFAULT_SIZE;
        }
    }

    /** Keys come singly and unseen; Ctrl-C still interrupts, Ctrl-Z does not stop. */
    private static Attributes enterKeyMode(final Terminal terminal) {
        final Attributes before = terminal.enterRawMode();
        final Attributes modes = terminal.getAttributes();
        modes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
        modes.setControlChar(Attributes.ControlChar.VSUSP, 0);
        terminal.setAttributes(modes);
        return before;
    }

    private void write(final Terminal shown, final String text) {
        try {
            out.write(text.getBytes(shown.encoding()));
            out.flush();
        } catch (final IOException e) {
            // Nobody looks any more; the process goes on.
            isSizeStale = false;
        }
    }

    private static int none(final long timeoutMs) {
        try {
            TimeUnit.MILLISECONDS.sleep(timeoutMs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NO_KEY;
    }
}

package io.tendon.deploy;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.CounterView;
import io.tendon.console.Console;
import io.tendon.deploy.panel.CommandPath;
import io.tendon.deploy.panel.LivePanel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The panel, on a thread of its own with its own view of the counters: whoever watches the robot never waits for a
 * terminal. What was said meanwhile is printed when it ends, by that thread. Where the terminal takes nothing any more,
 * nothing more is printed either. Launcher's main thread.
 */
final class PanelDisplay implements RunDisplay {
    /** Of a machine that is busy: the panel reads files before it draws. */
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private static final long POLL_MS = 20;

    private final Console console;
    private final LivePanel panel;
    private final LinePrinter lines;
    // From the launcher's main thread to the panel's, and what came too late for that back.
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    // Written by the launcher's main thread, read by the panel's.
    private volatile boolean isEnded;

    private PanelDisplay(final Console console, final LaunchConfig config, final LinePrinter lines) {
        this.console = console;
        this.panel = new LivePanel(console, config.runtime(), controlCommand(config.home()), true);
        this.lines = lines;
        this.thread = new Thread(this::run, "panel");
        this.thread.setDaemon(true);
    }

    /** Begins to show the robot. */
    static PanelDisplay begin(final Console console, final LaunchConfig config, final LinePrinter lines) {
        final PanelDisplay display = new PanelDisplay(console, config, lines);
        display.thread.start();
        return display;
    }

    /** control-node as the person at the terminal can type it. */
    static String controlCommand(final Path home) {
        final String searchPath = System.getenv("PATH");
        return CommandPath.typed(
                home.toAbsolutePath().normalize().resolve("bin/control-node"),
                Path.of("").toAbsolutePath(),
                searchPath == null ? "" : searchPath);
    }

    /** The installation that this process belongs to. */
    static Path home() {
        return Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, "."));
    }

    @Override
    public void show(final CounterView view) {
        // The panel's thread reads and draws.
    }

    @Override
    public void say(final String line) {
        said.add(line);
        panel.notice(line);
    }

    @Override
    public void end() {
        isEnded = true;
    }

    @Override
    public void close() {
        isEnded = true;
        final long deadlineNs = System.nanoTime() + CLOSE_TIMEOUT_NS;
        try {
            while (thread.isAlive() && !panel.isHeld(LinePrinter.HELD_NS) && System.nanoTime() - deadlineNs < 0) {
                thread.join(POLL_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // It waits for a terminal that takes nothing, and so would the next word.
            LinePrinter.silence();
        }
        console.close();
        printSaid();
        lines.close();
    }

    private void run() {
        try {
            panel.run(() -> isEnded);
        } finally {
            console.close();
            printSaid();
        }
    }

    private void printSaid() {
        for (String line = said.poll(); line != null; line = said.poll()) {
            lines.say(line);
        }
    }
}

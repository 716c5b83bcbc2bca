package io.tendon.deploy;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.CounterView;
import io.tendon.console.Console;
import io.tendon.deploy.panel.CommandPath;
import io.tendon.deploy.panel.LivePanel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The panel, on a thread of its own with its own view of the counters: whoever watches the robot never waits for a
 * terminal. What was said meanwhile is printed when it closes. Where the terminal takes nothing any more, nothing more is
 * printed either, so that the robot can still be stopped. Launcher's main thread.
 */
final class PanelDisplay implements RunDisplay {
    /** How long a terminal may take for one picture before it counts as one that takes nothing. */
    private static final long HELD_NS = TimeUnit.SECONDS.toNanos(3);

    /** Of a machine that is busy: the panel reads files before it draws. */
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private static final long POLL_MS = 20;

    private final Console console;
    private final LivePanel panel;
    private final List<String> said = new ArrayList<>();
    private final Thread thread;
    // Written by the launcher's main thread, read by the panel's.
    private volatile boolean isClosed;

    private PanelDisplay(final Console console, final LaunchConfig config) {
        this.console = console;
        this.panel = new LivePanel(console, config.runtime(), controlCommand(config.home()), true);
        this.thread = new Thread(() -> panel.run(() -> isClosed), "panel");
        this.thread.setDaemon(true);
    }

    /** Begins to show the robot. */
    static PanelDisplay begin(final Console console, final LaunchConfig config) {
        final PanelDisplay display = new PanelDisplay(console, config);
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
    public void close() {
        isClosed = true;
        final long deadlineNs = System.nanoTime() + CLOSE_TIMEOUT_NS;
        try {
            while (thread.isAlive() && !panel.isHeld(HELD_NS) && System.nanoTime() - deadlineNs < 0) {
                thread.join(POLL_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // It waits for a terminal that takes nothing, and so would the stop with its first word.
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            System.setErr(System.out);
        }
        console.close();
        said.forEach(RobotLaunch::say);
    }
}

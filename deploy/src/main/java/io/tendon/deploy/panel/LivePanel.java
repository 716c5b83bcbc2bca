package io.tendon.deploy.panel;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.console.Console;
import io.tendon.console.Style;
import io.tendon.deploy.figures.FigureHistory;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotReader;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A panel on a terminal, kept up to date twice a second until somebody has seen enough. One owner thread, on which {@link
 * #run} stays.
 */
public final class LivePanel {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** So long at most until a request to end is heard. */
    private static final long KEY_WAIT_MS = 100;

    private final Console console;
    private final Consumer<List<String>> screen;
    private final LongSupplier nanoTime;
    private final RuntimeDirectory directory;
    private final String controlCommand;
    private final Panel panel;
    private final FigureHistory history = new FigureHistory();
    // From any thread to the owner.
    private final AtomicReference<String> notice = new AtomicReference<>("");
    private PanelView view;
    private @Nullable PanelContent content;
    // Written by the owner, read by who closes: since when it draws, System.nanoTime; 0 while it does not.
    private volatile long drawsSinceNs;

    /**
     * Shows nothing before {@link #run}.
     *
     * @param console to show it on; stays the caller's to close.
     * @param directory of the robot, which need not run.
     * @param controlCommand control-node as it can be typed here.
     * @param isLauncher whether the panel belongs to the process that runs the robot.
     */
    public LivePanel(
            final Console console,
            final RuntimeDirectory directory,
            final String controlCommand,
            final boolean isLauncher) {
        this(console, console::show, System::nanoTime, directory, controlCommand, isLauncher);
    }

    /** On a screen and by a clock of a test's own. */
    LivePanel(
            final Console console,
            final Consumer<List<String>> screen,
            final LongSupplier nanoTime,
            final RuntimeDirectory directory,
            final String controlCommand,
            final boolean isLauncher) {
        this.console = console;
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.directory = directory;
        this.controlCommand = controlCommand;
        this.panel = new Panel(new Style(console.hasColour()), ZoneId.systemDefault());
        this.view = PanelView.initial(isLauncher);
    }

    /**
     * Shows the robot.
     *
     * @param isEnded asked ten times a second; ends it.
     */
    public void run(final BooleanSupplier isEnded) {
        try (RobotReader reader = new RobotReader(directory)) {
            long nextReadNs = System.nanoTime();
            boolean isDrawn = false;
            while (!isEnded.getAsBoolean()) {
                if (System.nanoTime() - nextReadNs >= 0) {
                    nextReadNs = System.nanoTime() + PERIOD_NS;
                    read(reader);
                    final String line = notice.getAndSet("");
                    view = line.isEmpty() ? view : view.withNotice(line);
                    isDrawn = false;
                }
                if (!isDrawn) {
                    drawsSinceNs = nanoTime.getAsLong();
                    draw();
                    drawsSinceNs = 0;
                    isDrawn = true;
                }
                final int key = console.readKey(KEY_WAIT_MS);
                if (key != Console.NO_KEY) {
                    if (!press(key)) {
                        return;
                    }
                    isDrawn = false;
                }
            }
        }
    }

    /** Shows a line at the bottom until a key is pressed; any thread. */
    public void notice(final String line) {
        notice.set(line);
    }

    /**
     * Takes a key.
     *
     * @param key as {@link Console#readKey} gives it.
     * @return false when it ends the panel.
     */
    boolean press(final int key) {
        switch (key) {
            case 'q' -> {
                if (!view.isLauncher()) {
                    return false;
                }
                view = view.withNotice("press Ctrl-C to stop the robot");
            }
            case '?', 'h' -> view = view.withHelp(!view.isHelpShown());
            case 's' -> view = view.toggled(PanelView.Focus.STREAMS);
            case 'e' -> view = view.toggled(PanelView.Focus.EVENTS);
            case ' ' -> view = view.withFrozen(!view.isFrozen());
            case Console.KEY_ESC -> view = PanelView.initial(view.isLauncher());
            default -> view = view.withNotice("");
        }
        return true;
    }

    /**
     * Whether the terminal takes nothing any more; any thread.
     *
     * @param patienceNs how long a terminal may take for one picture.
     */
    public boolean isHeld(final long patienceNs) {
        final long sinceNs = drawsSinceNs;
        return sinceNs != 0 && nanoTime.getAsLong() - sinceNs >= patienceNs;
    }

    /** How it is shown. */
    PanelView view() {
        return view;
    }

    private void read(final RobotReader reader) {
        final Optional<RobotFigures> figures = reader.read();
        if (figures.isEmpty()) {
            content = null;
        } else {
            final var rates = history.add(figures.get());
            if (!view.isFrozen()) {
                content =
                        new PanelContent(figures.get(), rates, reader.events(), controlCommand, directory.nameOption());
            }
        }
    }

    private void draw() {
        final PanelContent shown = content;
        screen.accept(
                shown == null
                        ? panel.drawWaiting(directory.notRunningMessage(), console.columns())
                        : panel.draw(shown, view, console.columns(), console.rows()));
    }
}

package io.tendon.deploy;

import io.tendon.bus.counter.CounterView;
import io.tendon.console.Console;

/**
 * How a run is shown to the person who launched it. Launcher's main thread, which waits for no terminal before {@link
 * #close}.
 */
interface RunDisplay extends AutoCloseable {
    /**
     * Shows how the robot does; called many times a second, and never waits for a terminal.
     *
     * @param view of its counters.
     */
    void show(CounterView view);

    /** Says something that has happened, once; never waits for a terminal. */
    void say(String line);

    /** The robot stops: only what was said is printed from now on. Never waits for a terminal. */
    void end();

    /** Waits a while for the terminal to take what was said; one that does not is given nothing more. */
    @Override
    void close();

    /**
     * The panel on a terminal; lines where there is none, where lines were asked for, or where it takes nothing.
     *
     * @param config of the launch.
     * @param view of the counters.
     * @param startNs when the robot began to run, {@link System#nanoTime}.
     * @param lines prints; the display closes it.
     * @return the display, open.
     */
    static RunDisplay open(
            final LaunchConfig config, final CounterView view, final long startNs, final LinePrinter lines) {
        // The panel draws below what was said.
        if (config.isPanelWanted() && lines.await(LinePrinter.HELD_NS)) {
            final Console console = Console.open();
            if (console.isInteractive()) {
                return PanelDisplay.begin(console, config, lines);
            }
            console.close();
        }
        return new StatusLines(config.statusPeriodNs(), view, startNs, lines);
    }
}

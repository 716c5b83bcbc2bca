package io.tendon.deploy;

import io.tendon.bus.counter.CounterView;
import io.tendon.console.Console;

/** How a run is shown to the person who launched it. Launcher's main thread. */
interface RunDisplay extends AutoCloseable {
    /**
     * Shows how the robot does; called many times a second, and never waits for a terminal longer than a line of text
     * takes.
     *
     * @param view of its counters.
     */
    void show(CounterView view);

    /** Says something that has happened, once. */
    void say(String line);

    @Override
    void close();

    /**
     * The panel on a terminal; lines where there is none, or where lines were asked for.
     *
     * @param config of the launch.
     * @param view of the counters.
     * @param startNs when the robot began to run, {@link System#nanoTime}.
     * @return the display, open.
     */
    static RunDisplay open(final LaunchConfig config, final CounterView view, final long startNs) {
        if (config.isPanelWanted()) {
            final Console console = Console.open();
            if (console.isInteractive()) {
                return PanelDisplay.begin(console, config);
            }
            console.close();
        }
        return new StatusLines(config.statusPeriodNs(), view, startNs);
    }
}

package io.tendon.deploy;

import io.tendon.bus.counter.CounterView;

/** A status line every few seconds, on stdout. Launcher's main thread. */
final class StatusLines implements RunDisplay {
    private static final double NS_PER_S = 1e9;

    private final long periodNs;
    private final long startNs;
    private RunFigures previous;
    private long previousNs;

    /**
     * Says nothing yet.
     *
     * @param periodNs between two lines.
     * @param view of the counters, read as they are now.
     * @param startNs when the robot began to run, {@link System#nanoTime}.
     */
    StatusLines(final long periodNs, final CounterView view, final long startNs) {
        this.periodNs = periodNs;
        this.startNs = startNs;
        this.previous = RunFigures.read(view);
        this.previousNs = startNs;
    }

    @Override
    public void show(final CounterView view) {
        final long nowNs = System.nanoTime();
        if (nowNs - previousNs < periodNs) {
            return;
        }
        final RunFigures present = RunFigures.read(view);
        RobotLaunch.say(
                StatusLine.format((nowNs - startNs) / NS_PER_S, previous, present, (nowNs - previousNs) / NS_PER_S));
        previous = present;
        previousNs = nowNs;
    }

    @Override
    public void say(final String line) {
        RobotLaunch.say(line);
    }

    @Override
    public void close() {
        // Lines stay where they are.
    }
}

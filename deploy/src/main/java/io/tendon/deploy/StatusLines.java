package io.tendon.deploy;

import io.tendon.bus.counter.CounterView;

/** A status line every few seconds. Launcher's main thread. */
final class StatusLines implements RunDisplay {
    private static final double NS_PER_S = 1e9;

    private final long periodNs;
    private final long startNs;
    private final LinePrinter lines;
    private RunFigures previous;
    private long previousNs;

    /**
     * Says nothing yet.
     *
     * @param periodNs between two lines.
     * @param view of the counters, read as they are now.
     * @param startNs when the robot began to run, {@link System#nanoTime}.
     * @param lines prints them; closed with this.
     */
    StatusLines(final long periodNs, final CounterView view, final long startNs, final LinePrinter lines) {
        this.periodNs = periodNs;
        this.startNs = startNs;
        this.lines = lines;
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
        lines.say(StatusLine.format((nowNs - startNs) / NS_PER_S, previous, present, (nowNs - previousNs) / NS_PER_S));
        previous = present;
        previousNs = nowNs;
    }

    @Override
    public void say(final String line) {
        lines.say(line);
    }

    @Override
    public void end() {
        // Status lines come from show alone.
    }

    @Override
    public void close() {
        lines.close();
    }
}

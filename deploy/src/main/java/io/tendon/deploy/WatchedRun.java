package io.tendon.deploy;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The part of a run that somebody may watch, and its end.
 *
 * @param dead the process for whose sake the robot was stopped, if there is one.
 * @param durationS from the beginning to the order to stop.
 */
record WatchedRun(Optional<NodeProcess> dead, double durationS) {
    private static final double NS_PER_S = 1e9;

    /**
     * Watches the robot, and stops its nodes before the display closes: closing waits for a terminal that may take nothing,
     * and no terminal may delay the arm's stop. Launcher's main thread.
     *
     * @param display closed in the end.
     * @param startNs when the robot began to run, {@link System#nanoTime}.
     * @param watch ends when the robot is to be stopped.
     * @param stopNodes stops the nodes; called however watch ends.
     * @return what there was.
     */
    static WatchedRun of(
            final RunDisplay display,
            final long startNs,
            final Supplier<Optional<NodeProcess>> watch,
            final Runnable stopNodes) {
        try (display) {
            double durationS;
            Optional<NodeProcess> dead;
            try {
                dead = watch.get();
            } finally {
                durationS = (System.nanoTime() - startNs) / NS_PER_S;
                display.say("stopping: fusion, control to a held stop, recorder drained, driver");
                display.end();
                stopNodes.run();
            }
            return new WatchedRun(dead, durationS);
        }
    }
}

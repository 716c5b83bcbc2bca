package io.tendon.fusion.task;

/**
 * How the task is carried out.
 *
 * @param windowNs length of a window, ns, above 0.
 * @param horizonNs from a window's end to the target time of its set-point, ns, above 0.
 * @param followTolerance how far the commanded positions may be from the set-points before the task plans anew, rad or m,
 *     above 0.
 * @param maxSilentWindows how many windows without a sample of control the task goes on for, at least 0; then it stands
 *     still.
 */
public record TaskSettings(long windowNs, long horizonNs, double followTolerance, int maxSilentWindows) {
    /** Checks the ranges. */
    public TaskSettings {
        if (windowNs <= 0 || horizonNs <= 0 || !(followTolerance > 0) || maxSilentWindows < 0) {
            throw new IllegalArgumentException("task settings out of range: windowNs=" + windowNs + " horizonNs="
                    + horizonNs + " followTolerance=" + followTolerance + " maxSilentWindows=" + maxSilentWindows);
        }
    }
}

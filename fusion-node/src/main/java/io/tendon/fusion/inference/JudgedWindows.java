package io.tendon.fusion.inference;

/**
 * Which windows a model judges. Immutable; any thread.
 *
 * @param isOfSetpoints only those in which the arm follows set-points all the time.
 * @param settleNs and, when it was held for 250 ms or more, has followed them for so long again, ns; 0 or more: an arm that was
 *     moved by hand comes back from where the model has never seen it.
 */
public record JudgedWindows(boolean isOfSetpoints, long settleNs) {
    /** All of them. */
    public static final JudgedWindows ALL = new JudgedWindows(false, 0);
}

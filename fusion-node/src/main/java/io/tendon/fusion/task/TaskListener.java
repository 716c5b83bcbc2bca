package io.tendon.fusion.task;

/** Hears what the task does; called on fusion's one thread, in a window. */
public interface TaskListener {
    /**
     * The task went on.
     *
     * @param from step before.
     * @param to step now.
     */
    void onStepChanged(TaskStep from, TaskStep to);

    /**
     * A block was picked and placed.
     *
     * @param completed how many so far.
     * @param durationS from its first approach to the end of its retreat, s, stops included.
     */
    void onCompleted(int completed, double durationS);

    /**
     * A pick or place was given up.
     *
     * @param failed how many so far.
     * @param reason why; a constant text.
     */
    void onFailed(int failed, String reason);
}

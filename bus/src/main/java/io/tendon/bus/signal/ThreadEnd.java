package io.tendon.bus.signal;

/** Waits for the end of a thread, whatever happens to the one that waits: what the other holds is free afterwards. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /**
     * Waits, however long.
     *
     * @param thread that ends by itself, or was asked to; one that has not started is not waited for.
     */
    public static void await(final Thread thread) {
        await(thread, () -> {});
    }

    /**
     * Waits, however long. The calling thread is left interrupted if it was meanwhile.
     *
     * @param thread that ends by itself, or was asked to; one that has not started is not waited for.
     * @param onInterrupt is run each time that the wait is interrupted, before it goes on.
     */
    public static void await(final Thread thread, final Runnable onInterrupt) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                isInterrupted = true;
                onInterrupt.run();
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

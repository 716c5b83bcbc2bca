package io.tendon.bus.signal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as a flag. Between the signal and {@link #close()} the process stops in its own order; then it ends
 * with the exit code that was set, where a plain shutdown hook would end it with 143. A process that has not closed
 * within the grace time is ended with exit code 1.
 *
 * <p>One per process, made on the main thread and closed last. Any thread may ask.
 */
public final class StopSignal implements AutoCloseable {
    private static final long DEFAULT_GRACE_S = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    // Written by the main thread before close, read by the hook after it.
    private volatile int exitCode = 1;

    /** Listens for signals. */
    public StopSignal() {
        this(DEFAULT_GRACE_S);
    }

    /**
     * Listens for signals.
     *
     * @param graceS how long the process may take to stop.
     */
    public StopSignal(final long graceS) {
        this.hook = new Thread(() -> stopInOrder(graceS), "stop-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was asked to stop. */
    public boolean isStopped() {
        return asked.getCount() == 0;
    }

    /** Waits until the process is asked to stop. */
    public void await() {
        try {
            asked.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the process is asked to stop.
     *
     * @param timeoutNs at most so long.
     * @return whether it was.
     */
    public boolean await(final long timeoutNs) {
        try {
            return asked.await(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Asks the process to stop, as a signal would. */
    public void stop() {
        asked.countDown();
    }

    /**
     * Runs a loop on a thread of its own and waits for its end, however long; an interrupt asks the process to stop.
     *
     * @param loop that ends once {@link #isStopped()}.
     * @param threadName of its thread.
     */
    public void runToTheEnd(final Runnable loop, final String threadName) {
        final Thread thread = new Thread(loop, threadName);
        thread.start();
        ThreadEnd.await(thread, this::stop);
    }

    /**
     * Lets a stop reach the waits of a thread, which then ends on its way out what it has started.
     *
     * @param waiting is interrupted.
     * @param before is run before that, on a thread of its own.
     */
    public void interruptOnStop(final Thread waiting, final Runnable before) {
        final Thread watch = new Thread(
                () -> {
                    await();
                    before.run();
                    waiting.interrupt();
                },
                "stop-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Sets what the process ends with after a signal; 1 unless set, so that a stop that failed does not pass for one. */
    public void exitCode(final int code) {
        exitCode = code;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The hook runs already, and ends the process now.
            asked.countDown();
        }
    }

    private void stopInOrder(final long graceS) {
        asked.countDown();
        int code = 1;
        try {
            if (closed.await(graceS, TimeUnit.SECONDS)) {
                code = exitCode;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}

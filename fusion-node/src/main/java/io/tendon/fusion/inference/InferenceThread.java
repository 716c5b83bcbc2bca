package io.tendon.fusion.inference;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Asks a model about the windows that the loop hands over, one at a time, on a thread of its own and without any priority:
 * what it costs is its own time. After a fault of the model it asks no more, and ends.
 *
 * <p>Made, started and closed on the main thread. It looks for a window rather than being woken: to wake a thread takes a
 * lock, which the loop must not.
 */
public final class InferenceThread implements AutoCloseable {
    /** Between two looks while a window is expected. */
    private static final long LOOK_NS = 200_000L;

    /** Between two looks at most. */
    private static final long MAX_PAUSE_NS = 100_000_000L;

    /** One operation of a model cannot be ended while it is under way, and may take long. */
    private static final long CLOSE_PATIENCE_MS = 2_000;

    private static final System.Logger LOG = System.getLogger(InferenceThread.class.getName());

    private final Model model;
    private final WindowHandOver handOver;
    private final LongConsumer latencies;
    private final ErrorHandler errors;
    private final EpochNanoClock clock;
    private final long periodNs;
    private final Thread thread;
    private long expectedNs;
    private boolean isIsolated;

    // Written by the main thread when it closes, read by inference's.
    private volatile boolean isStopping;

    /**
     * A thread that has not begun.
     *
     * @param model to ask; closed with this, when the thread has ended.
     * @param handOver from the loop.
     * @param latencies told the ns from each hand-over to its score, on this thread.
     * @param errors told what the model did when it fails.
     * @param clock of the session.
     * @param periodNs from one window that is handed over to the next, ns.
     * @param atStart is run on the thread before all else, to pin it.
     */
    public InferenceThread(
            final Model model,
            final WindowHandOver handOver,
            final LongConsumer latencies,
            final ErrorHandler errors,
            final EpochNanoClock clock,
            final long periodNs,
            final Runnable atStart) {
        this.model = model;
        this.handOver = handOver;
        this.latencies = latencies;
        this.errors = errors;
        this.clock = clock;
        this.periodNs = periodNs;
        this.thread = new Thread(() -> run(atStart), "inference");
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /**
     * Ends the judgement that is under way as soon as the model lets it, then the thread, and closes the model. A model
     * that does not let it within two seconds is left to the end of the process.
     */
    @Override
    public void close() {
        isStopping = true;
        model.interrupt();
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_PATIENCE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(System.Logger.Level.WARNING, "event=inference-not-ended waitedMs=" + CLOSE_PATIENCE_MS);
        } else {
            model.close();
        }
    }

    /**
     * Judges the window that was handed over, if there is one.
     *
     * @return whether there was.
     */
    boolean work() {
        final InferenceSlot window = handOver.takeAsked();
        if (window == null) {
            return false;
        }
        expectedNs = window.handedOverNs + periodNs;
        judge(window);
        handOver.answer(window);
        return true;
    }

    private void run(final Runnable atStart) {
        atStart.run();
        while (!isStopping && !isIsolated) {
            if (!work()) {
                final long untilNextNs = expectedNs - clock.nanoTime();
                LockSupport.parkNanos(Math.max(LOOK_NS, Math.min(untilNextNs, MAX_PAUSE_NS)));
            }
        }
    }

    /** A model is a file that somebody made: whatever it throws is its fault, and costs us nothing but the model. */
    private void judge(final InferenceSlot window) {
        window.fault = null;
        window.score = Double.NaN;
        try {
            window.score = model.score(window.features);
            window.latencyNs = clock.nanoTime() - window.handedOverNs;
            latencies.accept(window.latencyNs);
        } catch (final ModelFault | RuntimeException e) {
            isIsolated = true;
            window.fault = e instanceof ModelFault ? e.getMessage() : e.toString();
            if (!isStopping) {
                errors.onError(e);
            }
        }
    }
}

package io.tendon.bench.run;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * Measures so that neither its end nor Ctrl-C nor SIGTERM leaves anything behind: no process that it started, no file. A stop
 * interrupts the main thread, which ends what it has begun; an engine's native code that does not look up is not waited for
 * longer than {@value #IN_ORDER_S} s. Main thread.
 */
public final class StoppableRun {
    private static final long IN_ORDER_S = 30;
    private static final long GRACE_S = 2 * IN_ORDER_S;
    private static final long CHILDREN_END_NS = 10_000_000_000L;
    private static final long LOOK_NS = 20_000_000L;
    private static final int DELETIONS = 50;

    private final RunPlace place;
    private final Consumer<String> say;
    private final Runnable cleaning;

    StoppableRun(final RunPlace place, final Consumer<String> say, final Runnable cleaning) {
        this.place = place;
        this.say = say;
        this.cleaning = cleaning;
    }

    /**
     * What is measured.
     *
     * @param <T> what comes of it.
     */
    @FunctionalInterface
    public interface Measuring<T> {
        /**
         * Measures.
         *
         * @param progress takes lines for the user, and tells of a stop.
         * @return what came of it.
         * @throws IOException when a file cannot be written.
         */
        T measure(Progress progress) throws IOException;
    }

    /**
     * Measures. After a stop, also one that comes while it is cleaned up, it does not return: the process ends with exit code
     * 1, as all commands of ours that are stopped before they have come to anything.
     *
     * @param place whose files are deleted whatever comes of it.
     * @param say takes a line for the user.
     * @param cleaning deletes what is to go besides; may be run twice, and on another thread. What it throws is told, and keeps
     *     nothing else from being deleted.
     * @param measuring is interrupted by a stop.
     * @param <T> what comes of it.
     * @return what came of it.
     * @throws CommandFailure when the process was asked to stop.
     * @throws IOException as {@code measuring} does.
     */
    public static <T> T run(
            final RunPlace place, final Consumer<String> say, final Runnable cleaning, final Measuring<T> measuring)
            throws IOException {
        return new StoppableRun(place, say, cleaning).run(new StopSignal(GRACE_S), measuring);
    }

    /** As {@link #run}, and closes the signal. */
    <T> T run(final StopSignal stop, final Measuring<T> measuring) throws IOException {
        final Progress progress = new Progress(say, stop::isStopped);
        final CountDownLatch over = new CountDownLatch(1);
        final T measured;
        try (stop) {
            stop.interruptOnStop(Thread.currentThread(), () -> stopping(over));
            try {
                measured = measuring.measure(progress);
            } finally {
                // Before the signal is let go, which ends the process.
                clear();
                over.countDown();
            }
        }
        // One that came after all was measured: whoever stops a run is told that there are no results.
        progress.requireWanted();
        return measured;
    }

    private void stopping(final CountDownLatch over) {
        say.accept("stopping what runs, no results");
        final Thread deadline = new Thread(() -> endBy(over), "stop-deadline");
        deadline.setDaemon(true);
        deadline.start();
    }

    private void endBy(final CountDownLatch over) {
        try {
            if (over.await(IN_ORDER_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            say.accept("what was computed could not be broken off; the process is ended");
            clear();
            System.err.flush();
        } finally {
            Runtime.getRuntime().halt(NodeCommand.EXIT_FAILURE);
        }
    }

    private void clear() {
        attempt("what was started could not be ended", StoppableRun::endChildren);
        attempt("what was begun could not be cleaned up", cleaning);
        attempt("what was made could not be deleted", this::delete);
    }

    /** One that fails keeps none of the others from being done. */
    private void attempt(final String otherwise, final Runnable step) {
        try {
            step.run();
        } catch (final RuntimeException e) {
            say.accept(otherwise + " (" + e + "); look for " + place);
        }
    }

    private void delete() {
        try {
            List<Path> left = place.own();
            // What still computes makes files: until the directory that they are made in is gone itself.
            for (int i = 0; i < DELETIONS && !left.isEmpty(); i++) {
                left.forEach(path -> IoUtil.delete(path.toFile(), true));
                left = place.own();
            }
            left.forEach(path -> say.accept(path + ": could not be deleted; delete it by hand"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever started them has ended them in order, unless it was interrupted in that. */
    private static void endChildren() {
        final List<ProcessHandle> children =
                ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroy);
        awaitEnd(children);
        children.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(children);
    }

    private static void awaitEnd(final List<ProcessHandle> children) {
        final long beganNs = System.nanoTime();
        while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - beganNs < CHILDREN_END_NS) {
            // An interrupt that came too late for what was measured would cut the wait short.
            Thread.interrupted();
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}

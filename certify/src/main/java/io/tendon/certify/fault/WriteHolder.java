package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds up the writes of one thread of another process, by a pattern, on a thread of its own. Between two holds that lie
 * apart the thread is not traced at all.
 */
final class WriteHolder {
    private static final long FIRST_HOLD_TIMEOUT_S = 10;
    private static final int COMM_LENGTH = 15;

    private final long tid;
    private final HoldPattern pattern;
    private final Thread tracer;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable CommandFailure> failure = new AtomicReference<>();
    private final AtomicLong holds = new AtomicLong();
    private final AtomicLong heldNs = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();
    // Written by the tracer, read by whoever asks.
    private volatile boolean isThreadGone;

    private WriteHolder(final long tid, final HoldPattern pattern) {
        this.tid = tid;
        this.pattern = pattern;
        this.tracer = new Thread(this::run, "write-holder");
        tracer.setDaemon(true);
    }

    /**
     * Finds out whether the thread is there and may be traced.
     *
     * @param pid of the process.
     * @param threadName of the thread that writes.
     * @throws CommandFailure with exit code 2 when not.
     */
    static void check(final long pid, final String threadName) {
        requireStranger(pid);
        TracedThread.seize(findThread(pid, threadName)).close();
    }

    /**
     * Begins; returns when the first write is held.
     *
     * @param pid of the process, which must not be a child of ours: the JDK waits for its children and would take the
     *     tracer's news for their end.
     * @param threadName of the thread that writes.
     * @param pattern of holds.
     * @return the holder.
     * @throws CommandFailure with exit code 2 when the thread cannot be traced, or does not write.
     */
    static WriteHolder begin(final long pid, final String threadName, final HoldPattern pattern) {
        requireStranger(pid);
        final WriteHolder holder = new WriteHolder(findThread(pid, threadName), pattern);
        holder.tracer.start();
        holder.awaitFirstHold(threadName);
        return holder;
    }

    /** Lets the thread go on, and traces it no more. */
    void end() {
        ending.countDown();
        boolean isInterrupted = false;
        while (tracer.isAlive()) {
            try {
                tracer.join();
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread's id in the kernel. */
    long tid() {
        return tid;
    }

    /** Writes held so far. */
    long holds() {
        return holds.get();
    }

    /** Time for which they were held, all together, ns. */
    long heldNs() {
        return heldNs.get();
    }

    /** Time for which one was held at most, ns. */
    long longestNs() {
        return longestNs.get();
    }

    /** Why no more writes could be held, after the first; empty when all is well. */
    String failure() {
        final CommandFailure failed = failure.get();
        return failed == null ? "" : String.valueOf(failed.getMessage());
    }

    /** Whether the thread ended meanwhile. */
    boolean isThreadGone() {
        return isThreadGone;
    }

    private void awaitFirstHold(final String threadName) {
        try {
            if (!begun.await(FIRST_HOLD_TIMEOUT_S, TimeUnit.SECONDS)) {
                end();
                throw new CommandFailure(
                        "thread " + threadName + ": has written nothing for " + FIRST_HOLD_TIMEOUT_S
                                + " s, must write; is the robot's control running?",
                        NodeCommand.EXIT_USAGE);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw new CommandFailure("interrupted");
        }
        final CommandFailure failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void run() {
        try {
            holdUntilTheEnd();
        } catch (final CommandFailure e) {
            failure.set(e);
        } finally {
            begun.countDown();
        }
    }

    private void holdUntilTheEnd() {
        final long startNs = System.nanoTime();
        long index = -1;
        while (!isEnding() && !isThreadGone) {
            index = pattern.nextIndex(index, System.nanoTime() - startNs);
            if (awaitEnding(pattern.dueNs(index) - (System.nanoTime() - startNs))) {
                return;
            }
            try (TracedThread thread = TracedThread.seize(tid)) {
                do {
                    holdOnce(thread);
                } while (pattern.everyNs() == HoldPattern.EACH_WRITE && !isEnding() && !thread.isGone());
                isThreadGone = thread.isGone();
            }
        }
    }

    private void holdOnce(final TracedThread thread) {
        if (!thread.awaitWrite(this::isEnding)) {
            return;
        }
        final long fromNs = System.nanoTime();
        holds.incrementAndGet();
        begun.countDown();
        awaitEnding(pattern.holdNs());
        final long lengthNs = System.nanoTime() - fromNs;
        heldNs.addAndGet(lengthNs);
        longestNs.accumulateAndGet(lengthNs, Math::max);
        thread.hasBeenKilled();
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private boolean awaitEnding(final long timeoutNs) {
        try {
            return timeoutNs > 0 ? ending.await(timeoutNs, TimeUnit.NANOSECONDS) : isEnding();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void requireStranger(final long pid) {
        if (ProcessHandle.current().children().anyMatch(child -> child.pid() == pid)) {
            throw new CommandFailure(
                    "process " + pid + ": must not be a child of the process that traces it; start it through another",
                    NodeCommand.EXIT_USAGE);
        }
    }

    /** Empty for a thread that has ended meanwhile. */
    private static String name(final Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).trim();
        } catch (final IOException e) {
            return "";
        }
    }

    /** The kernel keeps the first {@value #COMM_LENGTH} characters of a thread's name. */
    private static long findThread(final long pid, final String threadName) {
        final String comm = threadName.substring(0, Math.min(threadName.length(), COMM_LENGTH));
        final Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (final Path thread : threads) {
                if (name(thread).equals(comm)) {
                    return Long.parseLong(thread.getFileName().toString());
                }
            }
        } catch (final IOException e) {
            throw new CommandFailure(tasks + ": cannot be read (" + e.getMessage() + ")", NodeCommand.EXIT_USAGE);
        }
        throw new CommandFailure(
                "process " + pid + ": has no thread named " + comm + "; must be a recorder that records",
                NodeCommand.EXIT_USAGE);
    }
}

package io.tendon.deploy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prints lines on a thread of its own, so that whoever watches the robot never waits for a terminal or a pipe that takes
 * nothing. Lines that it cannot even keep are counted, and said when it takes some again. Any thread may say a line; who has
 * made it closes it.
 */
final class LinePrinter implements AutoCloseable {
    /** How long a terminal may take for what is to be printed before it counts as one that takes nothing. */
    static final long HELD_NS = TimeUnit.SECONDS.toNanos(3);

    private static final int CAPACITY = 1_000;
    private static final long POLL_MS = 10;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicInteger unprinted = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();
    private final PrintStream out;
    private final Thread thread;

    private LinePrinter(final PrintStream out) {
        this.out = out;
        this.thread = new Thread(this::print, "lines");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to print.
     *
     * @param out takes the lines.
     * @return the printer, open.
     */
    static LinePrinter begin(final PrintStream out) {
        final LinePrinter printer = new LinePrinter(out);
        printer.thread.start();
        return printer;
    }

    /** Has a line printed; never waits. */
    void say(final String line) {
        unprinted.incrementAndGet();
        if (!lines.offer(line)) {
            unprinted.decrementAndGet();
            leftOut.incrementAndGet();
        }
    }

    /**
     * Waits until all is printed.
     *
     * @param patienceNs at most so long.
     * @return false when the terminal takes nothing.
     */
    boolean await(final long patienceNs) {
        final long deadlineNs = System.nanoTime() + patienceNs;
        try {
            while (unprinted.get() > 0) {
                if (System.nanoTime() - deadlineNs >= 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Waits until all is printed; where that cannot be, nothing of this process is printed any more. */
    @Override
    public void close() {
        if (!await(HELD_NS)) {
            silence();
        }
        thread.interrupt();
    }

    /** Prints nothing more of this process, whose next word would wait for a terminal that takes nothing. */
    static void silence() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(System.out);
    }

    private void print() {
        try {
            while (true) {
                out.println(lines.take());
                final int missing = leftOut.getAndSet(0);
                if (missing > 0) {
                    out.println("(" + missing + " lines were not printed: the terminal took nothing)");
                }
                unprinted.decrementAndGet();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

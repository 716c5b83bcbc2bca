package io.tendon.bench.store.robot;

import io.tendon.bus.health.ProcessFigures;
import io.tendon.bus.signal.ThreadEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Looks once a second at what a process takes of the memory, RssAnon and RssFile, on a thread of its own. */
final class MemoryWatch implements AutoCloseable {
    private static final long PERIOD_NS = 1_000_000_000L;
    private static final double NS_PER_S = 1e9;

    private final LongSupplier pid;
    private final long beganNs = System.nanoTime();
    private final Thread thread;
    // Written by the thread; read by the owner once that has ended.
    private final List<Sample> samples = new ArrayList<>();

    /**
     * Begins to look.
     *
     * @param pid of the process; 0 while it has none.
     */
    MemoryWatch(final LongSupplier pid) {
        this.pid = pid;
        thread = new Thread(this::watch, "memory-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * One look. Immutable.
     *
     * @param atS since the first, s.
     * @param bytes RssAnon and RssFile.
     */
    record Sample(double atS, long bytes) {}

    /**
     * All.
     *
     * @throws IllegalStateException before it is closed.
     */
    List<Sample> samples() {
        if (thread.isAlive()) {
            throw new IllegalStateException("memory-watch: still looks; must be closed first; close it");
        }
        return List.copyOf(samples);
    }

    /** Ends it, and waits until it looks no more: what it asks for the process may be gone then. */
    @Override
    public void close() {
        thread.interrupt();
        ThreadEnd.await(thread);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            final long bytes = ProcessFigures.residentBytes(pid.getAsLong());
            if (bytes > 0) {
                samples.add(new Sample((System.nanoTime() - beganNs) / NS_PER_S, bytes));
            }
            LockSupport.parkNanos(PERIOD_NS);
        }
    }
}

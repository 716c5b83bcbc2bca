package io.tendon.certify.fault;

import io.tendon.bus.config.ConfigException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code cpu-hog}: threads that compute and never wait, at normal priority, as a build or a runaway program has them. They
 * are this process's and end with it.
 */
public final class CpuHog implements Fault {
    private static final int MAX_THREADS = 1024;
    private static final int STEPS_PER_LOOK = 10_000;
    private static final double NS_PER_S = 1e9;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong cpuTimeNs = new AtomicLong();
    /** Keeps the computation from being optimised away. */
    private final AtomicLong result = new AtomicLong();

    private final int count;
    // Written by whoever ends it, read by the threads.
    private volatile boolean isEnding;

    /**
     * Takes nothing yet.
     *
     * @param count of threads, 1 to {@value #MAX_THREADS}.
     */
    public CpuHog(final int count) {
        if (count < 1 || count > MAX_THREADS) {
            throw new ConfigException(
                    "threads", count, "must be 1 to " + MAX_THREADS, "leave it out for one thread a core");
        }
        this.count = count;
    }

    @Override
    public String name() {
        return "cpu-hog";
    }

    @Override
    public String description() {
        return count + " threads of normal priority take all the processor time that they can get";
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public void check(final FaultTarget robot) {
        // Whoever may start a thread may do this.
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        for (int i = 0; i < count; i++) {
            final Thread thread = new Thread(this::burn, "cpu-hog-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    @Override
    public void end() {
        isEnding = true;
        final List<Thread> burning;
        synchronized (this) {
            burning = List.copyOf(threads);
        }
        for (final Thread thread : burning) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public synchronized List<String> account() {
        if (threads.isEmpty()) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT, "%d threads took %.3f s of processor time", count, cpuTimeNs.get() / NS_PER_S));
    }

    private void burn() {
        final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long value = 1;
        long takenNs = 0;
        while (!isEnding) {
            for (int i = 0; i < STEPS_PER_LOOK; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            final long nowNs = clock.getCurrentThreadCpuTime();
            cpuTimeNs.addAndGet(nowNs - takenNs);
            takenNs = nowNs;
        }
        result.addAndGet(value);
    }
}

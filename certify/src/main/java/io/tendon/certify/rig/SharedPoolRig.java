package io.tendon.certify.rig;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.TickLog;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Control at 1 kHz, fusion at 100 Hz and two flushes a second, of the log and of the index, on one {@link
 * ScheduledThreadPoolExecutor} of two threads: how a robot's program in one process usually looks. With a single flush a
 * free thread would remain and nothing would show; two are enough to take both.
 *
 * <p>First it runs with flushes that take as long as the disk takes, then with flushes of a given length, by sleeping: a
 * disk here may never need that long, an SD card does. It prints when each part began, in ns since the epoch.
 */
@Command(name = "shared-pool-rig", description = "Control and storage on one pool of two threads.")
public final class SharedPoolRig implements Callable<Integer> {
    private static final int THREADS = 2;
    private static final long FUSION_PERIOD_NS = 10_000_000L;
    private static final long FLUSH_PERIOD_NS = 1_000_000_000L;

    @Option(names = "--file", required = true, description = "Tick log, in memory.")
    private Path file = Path.of("");

    @Option(names = "--storage", required = true, description = "Directory that is flushed to.")
    private Path storage = Path.of("");

    @Option(names = "--anchor-epoch", required = true, description = "The clock's anchor, ns since the epoch.")
    private long anchorEpochNs;

    @Option(names = "--anchor-steady", required = true, description = "The clock's anchor, ns of the steady clock.")
    private long anchorSteadyNs;

    @Option(names = "--period", required = true, converter = Durations.Converter.class, description = "Of control.")
    private long periodNs;

    @Option(names = "--ticks", required = true, description = "That the log has room for.")
    private int ticks;

    @Option(names = "--warm-up", required = true, converter = Durations.Converter.class, description = "Not measured.")
    private long warmUpNs;

    @Option(names = "--quiet", required = true, converter = Durations.Converter.class, description = "Without stalls.")
    private long quietNs;

    @Option(names = "--stalled", required = true, converter = Durations.Converter.class, description = "With stalls.")
    private long stalledNs;

    @Option(names = "--stall", required = true, converter = Durations.Converter.class, description = "Of each flush.")
    private long stallNs;

    /** Called by {@link #main} and Picocli. */
    public SharedPoolRig() {}

    /**
     * Runs the rig.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new SharedPoolRig(), args));
    }

    @Override
    public Integer call() throws Exception {
        final BusClock clock = new BusClock(anchorEpochNs, anchorSteadyNs);
        final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(THREADS);
        try (TickLog log = TickLog.open(file, periodNs, clock.nanoTime(), ticks);
                FlushedFile logFile = FlushedFile.create(storage.resolve("log"));
                FlushedFile indexFile = FlushedFile.create(storage.resolve("index"))) {
            final long firstNs = (clock.nanoTime() / periodNs + 100) * periodNs;
            final PooledLoop control = new PooledLoop(clock, log, firstNs, periodNs, logFile, indexFile);
            final List<ScheduledFuture<?>> tasks = List.of(
                    repeat(pool, control::tick, firstNs - clock.nanoTime(), periodNs),
                    repeat(pool, control::fuse, FUSION_PERIOD_NS, FUSION_PERIOD_NS),
                    repeat(pool, logFile::flush, FLUSH_PERIOD_NS, FLUSH_PERIOD_NS),
                    repeat(pool, indexFile::flush, FLUSH_PERIOD_NS, FLUSH_PERIOD_NS));

            TimeUnit.NANOSECONDS.sleep(warmUpNs);
            System.out.println("quiet " + clock.nanoTime());
            TimeUnit.NANOSECONDS.sleep(quietNs);
            System.out.println("stalled " + clock.nanoTime());
            logFile.stall(stallNs);
            indexFile.stall(stallNs);
            TimeUnit.NANOSECONDS.sleep(stalledNs);
            System.out.println("end " + clock.nanoTime());
            System.out.println("stalls " + logFile.stalls() + ' ' + indexFile.stalls());
            for (final ScheduledFuture<?> task : tasks) {
                if (task.isDone()) {
                    // It has ended by an exception, which this throws.
                    task.get();
                }
            }
            pool.shutdownNow();
            if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the pool did not end within 10 s");
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private static ScheduledFuture<?> repeat(
            final ScheduledThreadPoolExecutor pool, final Runnable task, final long delayNs, final long everyNs) {
        return pool.scheduleAtFixedRate(task, delayNs, everyNs, TimeUnit.NANOSECONDS);
    }
}

package io.tendon.bus.errorlog;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * Exceptions of one node in a mapped file in memory: each distinct one once, with how often and when, so that a loop can
 * record one without a log on a disk. The file outlives the process. Any thread may record (Agrona's DistinctErrorLog is
 * thread-safe; recording a new kind of exception allocates, recording a known one does not).
 *
 * <p>It is never unmapped while the process lives: Aeron's own threads may report until the very end.
 */
public final class MappedErrorLog implements ErrorHandler {
    private static final int LENGTH_BYTES = 256 * 1024;
    private static final System.Logger LOG = System.getLogger(MappedErrorLog.class.getName());

    private final DistinctErrorLog log;
    private final String node;
    // Written by whichever thread records, read by the health agent.
    private final AtomicLong count = new AtomicLong();

    /**
     * Opens a new, empty log, replacing the one of an earlier life.
     *
     * @param file in memory.
     * @param node whose it is, for the line on stderr.
     * @param clock for the times of observation, ms since the epoch.
     */
    public MappedErrorLog(final Path file, final String node, final EpochClock clock) {
        final File target = file.toFile();
        IoUtil.deleteIfExists(target);
        this.log = new DistinctErrorLog(new UnsafeBuffer(IoUtil.mapNewFile(target, LENGTH_BYTES)), clock);
        this.node = node;
    }

    @Override
    public void onError(final Throwable throwable) {
        if (count.getAndIncrement() < 20) {
            LOG.log(System.Logger.Level.WARNING, "event=exception node=" + node + " exception=" + throwable);
        }
        log.record(throwable);
    }

    /** Exceptions recorded in this life. */
    public long count() {
        return count.get();
    }

    /**
     * Reads what a node has recorded.
     *
     * @param file of the node.
     * @return one text per distinct exception, with count and stack trace; empty when there is no file.
     */
    public static List<String> read(final Path file) {
        final List<String> errors = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            final MappedByteBuffer mapped =
                    IoUtil.mapExistingFile(file.toFile(), java.nio.channels.FileChannel.MapMode.READ_ONLY, "error log");
            try {
                ErrorLogReader.read(
                        new UnsafeBuffer(mapped), (count, firstMs, lastMs, text) -> errors.add(count + "x " + text));
            } finally {
                IoUtil.unmap(mapped);
            }
        }
        return errors;
    }
}

package io.tendon.bus.cycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process may ask of the kernel, from /proc/PID/limits and /proc/PID/status. Sources: getrlimit(2),
 * capabilities(7).
 *
 * @param rtPriorityLimit highest priority of SCHED_FIFO that it may take without a capability, 0 for none.
 * @param memoryLockLimitBytes that it may lock without a capability; {@link #UNLIMITED} for any.
 * @param hasSysNice whether it has CAP_SYS_NICE.
 * @param hasIpcLock whether it has CAP_IPC_LOCK.
 */
public record ProcessRights(long rtPriorityLimit, long memoryLockLimitBytes, boolean hasSysNice, boolean hasIpcLock) {
    /** Stands for a limit that is none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int CAP_IPC_LOCK = 14;
    private static final int CAP_SYS_NICE = 23;

    /** Rights of this process; none of them where /proc cannot be read. */
    public static ProcessRights ofThisProcess() {
        try {
            return read(Path.of("/proc/self"));
        } catch (final IOException | NumberFormatException e) {
            return new ProcessRights(0, 0, false, false);
        }
    }

    /**
     * Reads the rights of a process.
     *
     * @param directory of it in /proc.
     * @return its soft limits and effective capabilities.
     * @throws IOException when it cannot be read.
     */
    public static ProcessRights read(final Path directory) throws IOException {
        final List<String> limits = Files.readAllLines(directory.resolve("limits"));
        long capabilities = 0;
        for (final String line : Files.readAllLines(directory.resolve("status"))) {
            if (line.startsWith("CapEff:")) {
                capabilities = Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).trim(), 16);
            }
        }
        return new ProcessRights(
                softLimit(limits, "Max realtime priority"),
                softLimit(limits, "Max locked memory"),
                (capabilities >>> CAP_SYS_NICE & 1) != 0,
                (capabilities >>> CAP_IPC_LOCK & 1) != 0);
    }

    /** Whether SCHED_FIFO with this priority is allowed. */
    public boolean mayRunAt(final int priority) {
        return hasSysNice || rtPriorityLimit >= priority;
    }

    /**
     * Whether the process may lock all its memory, now and later. A limit, however large, is not enough: with
     * MCL_FUTURE a mapping beyond it would fail at any time, and a JVM dies of that.
     */
    public boolean mayLockAll() {
        return hasIpcLock || memoryLockLimitBytes == UNLIMITED;
    }

    /** The lock limit for a person. */
    public String memoryLockLimit() {
        return memoryLockLimitBytes == UNLIMITED ? "unlimited" : (memoryLockLimitBytes >> 10) + " KiB";
    }

    private static long softLimit(final List<String> limits, final String name) {
        for (final String line : limits) {
            if (line.startsWith(name)) {
                final String soft = line.substring(name.length()).trim().split(" +")[0];
                return "unlimited".equals(soft) ? UNLIMITED : Long.parseLong(soft);
            }
        }
        return 0;
    }
}

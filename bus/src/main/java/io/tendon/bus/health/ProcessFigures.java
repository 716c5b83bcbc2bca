package io.tendon.bus.health;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of the machine. Reads /proc/self/status; one owner thread, not a loop's. */
public final class ProcessFigures {
    /** Stands for what cannot be read. */
    public static final long UNKNOWN = -1;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final long pid = ProcessHandle.current().pid();
    private final long startedAtMs = ManagementFactory.getRuntimeMXBean().getStartTime();
    private long residentBytes = UNKNOWN;

    /** Figures of this process; memory is read with {@link #update}. */
    public ProcessFigures() {}

    /** Reads what has to be read from the kernel. */
    public void update() {
        try {
            long bytes = 0;
            for (final String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("RssAnon:") || line.startsWith("RssFile:")) {
                    bytes += 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            residentBytes = bytes == 0 ? UNKNOWN : bytes;
        } catch (final IOException | NumberFormatException e) {
            residentBytes = UNKNOWN;
        }
    }

    /** Process id. */
    public long pid() {
        return pid;
    }

    /** When the process began, ms since the epoch by the wall clock. */
    public long startedAtMs() {
        return startedAtMs;
    }

    /** RssAnon plus RssFile in bytes: without the log buffers, which are shared. {@link #UNKNOWN} outside Linux. */
    public long residentBytes() {
        return residentBytes;
    }

    /** Used bytes of the heap. */
    public long heapUsedBytes() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** User and system time of the whole process, ns. */
    public long cpuTimeNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : UNKNOWN;
    }
}

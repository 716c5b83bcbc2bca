package io.tendon.bus.health;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** What this process takes of the machine. Reads /proc/PID/status; one owner thread, not a loop's. */
public final class ProcessFigures implements AutoCloseable {
    /** Stands for what cannot be read. */
    public static final long UNKNOWN = -1;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final long pid = ProcessHandle.current().pid();
    // Looked up once: to look a bean up makes more garbage than to ask it.
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final @Nullable OperatingSystemMXBean system =
            ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;
    private final long startedAtMs = runtime.getStartTime();
    private final @Nullable ProcStatus status = open();
    private long residentBytes = UNKNOWN;

    /** Figures of this process; memory is read with {@link #update}. */
    public ProcessFigures() {}

    /** Reads what has to be read from the kernel; makes no garbage. */
    public void update() {
        residentBytes = status == null ? UNKNOWN : status.residentBytes();
    }

    /**
     * Memory of any process.
     *
     * @param pid of it.
     * @return RssAnon plus RssFile in bytes; {@link #UNKNOWN} when there is no such process, or outside Linux.
     */
    public static long residentBytes(final long pid) {
        try (ProcStatus status = new ProcStatus(statusFile(Long.toString(pid)))) {
            return status.residentBytes();
        } catch (final IOException e) {
            return UNKNOWN;
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

    /** Since the process began, ms. */
    public long uptimeMs() {
        return runtime.getUptime();
    }

    /** Used bytes of the heap. */
    public long heapUsedBytes() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** User and system time of the whole process, ns. */
    public long cpuTimeNs() {
        return system == null ? UNKNOWN : system.getProcessCpuTime();
    }

    @Override
    public void close() {
        CloseHelper.quietClose(status);
    }

    private static @Nullable ProcStatus open() {
        try {
            return new ProcStatus(statusFile("self"));
        } catch (final IOException e) {
            return null;
        }
    }

    private static Path statusFile(final String process) {
        return Path.of("/proc", process, "status");
    }
}

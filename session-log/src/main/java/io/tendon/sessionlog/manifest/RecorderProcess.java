package io.tendon.sessionlog.manifest;

import java.time.Instant;

/**
 * The process that writes a session, so that a reader can tell whether it still does, and when it flushes what it writes.
 *
 * @param pid on its machine; 0 when none is known.
 * @param startTimeMs when the process began, ms since the epoch, so that a pid used again is not taken for it.
 * @param bootId of the machine's kernel, so that neither is a pid of another machine or boot.
 * @param durability when what is recorded comes to the device, such as {@code periodic 100ms}; empty when it is not known.
 */
public record RecorderProcess(long pid, long startTimeMs, String bootId, String durability) {
    /** No process. */
    public static final RecorderProcess NONE = new RecorderProcess(0, 0, "", "");

    /** The kernel rounds start times to clock ticks; two readings of one process may differ by this. */
    private static final long START_TOLERANCE_MS = 2_000;

    /**
     * The process that calls.
     *
     * @param durability that it was asked for.
     * @return the process.
     */
    public static RecorderProcess current(final String durability) {
        final ProcessHandle self = ProcessHandle.current();
        return new RecorderProcess(self.pid(), startTimeMs(self), BootId.current(), durability);
    }

    /** Whether it runs on this machine now. */
    public boolean isAlive() {
        return pid > 0
                && bootId.equals(BootId.current())
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(handle -> Math.abs(startTimeMs(handle) - startTimeMs) <= START_TOLERANCE_MS)
                        .isPresent();
    }

    private static long startTimeMs(final ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}

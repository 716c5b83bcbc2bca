package io.tendon.certify.fault;

import com.sun.jna.LastErrorException;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One thread of another process, followed from one system call to the next and held where it enters one that writes. It is
 * then inside native code as its JVM sees it, so that nobody but itself waits: no safepoint does.
 *
 * <p>A thread is traced by exactly one thread of another process: all methods are for that one. When the tracer dies the
 * kernel lets the traced thread go on. Source: ptrace(2), PTRACE_SEIZE and PTRACE_GET_SYSCALL_INFO (Linux 5.3).
 */
final class TracedThread implements AutoCloseable {
    private static final long PTRACE_DETACH = 17;
    private static final long PTRACE_SYSCALL = 24;
    private static final long PTRACE_SEIZE = 0x4206;
    private static final long PTRACE_INTERRUPT = 0x4207;
    private static final long PTRACE_LISTEN = 0x4208;
    private static final long PTRACE_GET_SYSCALL_INFO = 0x420e;
    private static final long PTRACE_O_TRACESYSGOOD = 1;
    private static final int PTRACE_EVENT_STOP = 128;

    private static final int WNOHANG = 1;
    private static final int WALL = 0x40000000;
    private static final int SIGTRAP = 5;
    private static final int SYSCALL_STOP = SIGTRAP | 0x80;

    private static final byte ENTRY = 1;
    private static final int INFO_LENGTH = 88;
    private static final int ARCH_OFFSET = 4;
    private static final int NUMBER_OFFSET = 24;

    private static final int SPINS = 100;
    private static final long POLL_NS = 20_000L;

    private final long tid;
    private final ByteBuffer statusBuffer =
            ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer infoBuffer = ByteBuffer.allocateDirect(INFO_LENGTH).order(ByteOrder.nativeOrder());
    private boolean isGone;
    private boolean isInterrupted;
    private long pendingSignal;

    private TracedThread(final long tid) {
        this.tid = tid;
    }

    /**
     * Begins to trace; the thread stands still afterwards.
     *
     * @param tid its id in the kernel.
     * @return the thread.
     * @throws CommandFailure with exit code 2 when there is none, or we may not.
     */
    static TracedThread seize(final long tid) {
        final TracedThread thread = new TracedThread(tid);
        try {
            LibC.ptrace(PTRACE_SEIZE, tid, 0, PTRACE_O_TRACESYSGOOD);
        } catch (final LastErrorException e) {
            throw new CommandFailure(refusal(tid, e.getErrorCode()), NodeCommand.EXIT_USAGE);
        }
        thread.interrupt();
        thread.awaitStop(() -> false);
        return thread;
    }

    /**
     * Lets it run until it enters a system call that writes.
     *
     * @param isEnding whether to give up.
     * @return whether it stands there; else it stands somewhere else, or {@link #isGone}.
     */
    boolean awaitWrite(final BooleanSupplier isEnding) {
        isInterrupted = false;
        while (!isGone && !isEnding.getAsBoolean()) {
            final long signal = pendingSignal;
            pendingSignal = 0;
            if (!request(PTRACE_SYSCALL, signal)) {
                return false;
            }
            if (awaitStop(isEnding) == SYSCALL_STOP && isAtWrite()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has ended, or its process has. */
    boolean isGone() {
        return isGone;
    }

    /** Whether it has ended while it stood still: only a SIGKILL does that. */
    boolean hasBeenKilled() {
        if (!isGone) {
            statusBuffer.putInt(0, 0);
            if (poll() && isEnd(statusBuffer.getInt(0))) {
                isGone = true;
            }
        }
        return isGone;
    }

    /** Lets it go on untraced, from wherever it stands. */
    @Override
    public void close() {
        if (!isGone) {
            request(PTRACE_DETACH, pendingSignal);
            isGone = true;
        }
    }

    /**
     * Waits for its next stop. Signals are kept for it, and a stop of its whole process is left to last.
     *
     * @return what stopped it; 0 when it ended or somebody asked it to.
     */
    private int awaitStop(final BooleanSupplier isEnding) {
        int idle = 0;
        while (!isGone) {
            if (!poll()) {
                if (isEnding.getAsBoolean() && !isInterrupted) {
                    interrupt();
                }
                // The next system call is mostly a matter of microseconds.
                if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(POLL_NS);
                }
                continue;
            }
            final int status = statusBuffer.getInt(0);
            if (isEnd(status)) {
                isGone = true;
                return 0;
            }
            final int signal = (status >> 8) & 0xff;
            if (status >> 16 == PTRACE_EVENT_STOP) {
                if (signal == SIGTRAP || isInterrupted) {
                    return 0;
                }
                request(PTRACE_LISTEN, 0);
                continue;
            }
            if (signal != SYSCALL_STOP) {
                pendingSignal = signal;
            }
            return signal;
        }
        return 0;
    }

    private boolean isAtWrite() {
        infoBuffer.put(0, (byte) 0);
        try {
            LibC.ptrace(PTRACE_GET_SYSCALL_INFO, tid, INFO_LENGTH, infoBuffer);
        } catch (final LastErrorException e) {
            if (e.getErrorCode() == LibC.ESRCH) {
                return false;
            }
            throw new CommandFailure(
                    "PTRACE_GET_SYSCALL_INFO: errno " + e.getErrorCode() + "; the kernel must be Linux 5.3 or newer",
                    NodeCommand.EXIT_USAGE);
        }
        return infoBuffer.get(0) == ENTRY
                && WriteCalls.contains(infoBuffer.getInt(ARCH_OFFSET), infoBuffer.getLong(NUMBER_OFFSET));
    }

    private void interrupt() {
        isInterrupted = true;
        request(PTRACE_INTERRUPT, 0);
    }

    /** Whether there was something to tell, which is then in the status. */
    private boolean poll() {
        try {
            return LibC.waitpid((int) tid, statusBuffer, WNOHANG | WALL) == tid;
        } catch (final LastErrorException e) {
            isGone |= e.getErrorCode() == LibC.ECHILD;
            return false;
        }
    }

    /** Whether it was obeyed; a thread that is about to be killed does not stand any more. */
    private boolean request(final long request, final long data) {
        try {
            LibC.ptrace(request, tid, 0, data);
            return true;
        } catch (final LastErrorException e) {
            isGone |= e.getErrorCode() == LibC.ESRCH && request != PTRACE_LISTEN;
            return false;
        }
    }

    /** Whether a status of wait(2) is that of an exit or of a death by a signal. */
    private static boolean isEnd(final int status) {
        return (status & 0xff) != 0x7f;
    }

    private static String refusal(final long tid, final int errno) {
        if (errno == LibC.ESRCH) {
            return "thread " + tid + ": is gone; is the recorder running?";
        }
        if (errno == LibC.EPERM) {
            final String tracer = procValue(Path.of("/proc", Long.toString(tid), "status"), "TracerPid:");
            return tracer.isEmpty() || "0".equals(tracer)
                    ? "tracing thread " + tid + " is not permitted (kernel.yama.ptrace_scope="
                            + procValue(Path.of("/proc/sys/kernel/yama/ptrace_scope"), "")
                            + "); once `sudo sysctl kernel.yama.ptrace_scope=0`, or run this command with"
                            + " `sudo env TENDON_JAVA_OPTS=-Duser.name=$USER`"
                    : "thread " + tid + ": is traced already, by process " + tracer + "; end that first";
        }
        return "tracing thread " + tid + ": errno " + errno + "; the kernel must allow ptrace";
    }

    /** The rest of the first line that begins so; empty when there is none. */
    private static String procValue(final Path file, final String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).trim())
                    .findFirst()
                    .orElse("");
        } catch (final IOException e) {
            return "";
        }
    }
}

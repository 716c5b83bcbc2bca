package io.tendon.bus.cycle;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.tendon.bus.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Asks the kernel for what a real-time thread needs: SCHED_FIFO with a priority, a core of its own, and no timer slack.
 * Applies to the calling thread alone; called once, when the thread starts, never in its loop.
 *
 * <p>Sources: sched_setscheduler(2), sched_setaffinity(2), prctl(2) PR_SET_TIMERSLACK. Linux only.
 */
public final class RealTimeScheduling {
    private static final int SCHED_FIFO = 1;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int EPERM = 1;
    private static final int MAX_CPUS = 1024;

    private RealTimeScheduling() {}

    /**
     * What was asked of the kernel and what it gave.
     *
     * @param isRealTime whether the thread runs under SCHED_FIFO.
     * @param cpu that it is pinned to, -1 for none.
     * @param shortfall what could not be had and how to get it; empty when all was.
     */
    public record Outcome(boolean isRealTime, int cpu, String shortfall) {
        /** Whether all that was asked for was given. */
        public boolean isComplete() {
            return shortfall.isEmpty();
        }
    }

    /**
     * Sets up the calling thread.
     *
     * @param mode how much to insist.
     * @param priority of SCHED_FIFO, 1 to 99.
     * @param cpu to pin to, from 0; -1 for none.
     * @return what was given.
     * @throws ConfigException when {@link RtMode#REQUIRE} cannot be met, naming the missing right.
     */
    public static Outcome apply(final RtMode mode, final int priority, final int cpu) {
        final StringBuilder shortfall = new StringBuilder();
        boolean isRealTime = false;
        int pinnedCpu = -1;
        if (cpu >= 0) {
            if (cpu >= Runtime.getRuntime().availableProcessors()) {
                throw new ConfigException(
                        "cpu",
                        cpu,
                        "must be below the number of cores, "
                                + Runtime.getRuntime().availableProcessors(),
                        "use -1 for no pinning");
            }
            if (pin(cpu)) {
                pinnedCpu = cpu;
            } else {
                shortfall
                        .append("not pinned to core ")
                        .append(cpu)
                        .append(" (the core is not in this process's set); ");
            }
        }
        if (mode != RtMode.OFF) {
            final String refusal = Platform.isLinux() ? makeFifo(priority) : "SCHED_FIFO is there on Linux only";
            if (refusal.isEmpty()) {
                isRealTime = true;
            } else if (mode == RtMode.REQUIRE) {
                throw new ConfigException(
                        "rt",
                        "require",
                        "must be allowed SCHED_FIFO " + priority + " (" + refusal + ")",
                        "or use --rt prefer");
            } else {
                shortfall.append(refusal);
            }
        }
        return new Outcome(isRealTime, pinnedCpu, shortfall.toString());
    }

    private static String makeFifo(final int priority) {
        final ByteBuffer parameter = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        parameter.putInt(0, priority);
        try {
            LibC.sched_setscheduler(0, SCHED_FIFO, parameter);
            LibC.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
            return "";
        } catch (final LastErrorException e) {
            return e.getErrorCode() == EPERM
                    ? "SCHED_FIFO " + priority + " is not permitted: grant rtprio " + priority
                            + " in /etc/security/limits.d, or CAP_SYS_NICE"
                    : "SCHED_FIFO " + priority + " was refused, errno " + e.getErrorCode();
        } catch (final LinkageError e) {
            return "the C library cannot be called: " + e.getMessage();
        }
    }

    private static boolean pin(final int cpu) {
        if (!Platform.isLinux()) {
            return false;
        }
        final ByteBuffer mask = ByteBuffer.allocateDirect(MAX_CPUS / 8).order(ByteOrder.nativeOrder());
        mask.put(cpu / 8, (byte) (1 << (cpu % 8)));
        try {
            LibC.sched_setaffinity(0, mask.capacity(), mask);
            return true;
        } catch (final LastErrorException | LinkageError e) {
            return false;
        }
    }

    /** The C library, mapped by JNA; its names are the C library's. */
    private static final class LibC {
        static {
            Native.register("c");
        }

        private LibC() {}

        static native int sched_setscheduler(int pid, int policy, ByteBuffer parameter) throws LastErrorException;

        static native int sched_setaffinity(int pid, long lengthBytes, ByteBuffer mask) throws LastErrorException;

        static native int prctl(int option, long arg2, long arg3, long arg4, long arg5) throws LastErrorException;
    }
}

package io.tendon.bus.cycle;

import com.sun.jna.LastErrorException;
import com.sun.jna.Platform;
import io.tendon.bus.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks the kernel for what a real-time loop needs: SCHED_FIFO with a priority, a core of its own and no timer slack for
 * the calling thread, a priority right below for the JVM's own thread, which holds all others while it collects, and memory
 * that stays in memory for the process. Called once, when the thread starts, never in its
 * loop.
 *
 * <p>Memory is locked as it is touched (MCL_ONFAULT): a JVM reserves gigabytes that it never uses. What cannot be had
 * never ends the process by itself; {@link RtMode#REQUIRE} makes a refusal of it, before the arm has power.
 *
 * <p>Sources: sched_setscheduler(2), sched_setaffinity(2), prctl(2) PR_SET_TIMERSLACK, mlockall(2). Linux only.
 */
public final class RealTimeScheduling {
    private static final int CALLING_THREAD = 0;
    private static final int EPERM = 1;
    private static final int MAX_CPUS = 1024;
    private static final long LEAST_TIMER_SLACK_NS = 1;

    private final RealTimeRequest request;
    private final ProcessRights rights = ProcessRights.ofThisProcess();
    private final Map<RealTimeRight, String> missing = new EnumMap<>(RealTimeRight.class);

    private RealTimeScheduling(final RealTimeRequest request) {
        this.request = request;
    }

    /**
     * Sets up the calling thread, and the memory of the process.
     *
     * @param request what is asked for.
     * @return what was given.
     * @throws ConfigException when {@link RtMode#REQUIRE} cannot be met, naming each missing right and its remedy, or
     *     when the core does not exist.
     */
    public static RealTimeOutcome apply(final RealTimeRequest request) {
        return new RealTimeScheduling(request).apply();
    }

    private RealTimeOutcome apply() {
        final int cpu = pin();
        if (request.mode() == RtMode.OFF) {
            return new RealTimeOutcome(false, false, cpu, missing);
        }
        // Before the priority: the kernel takes a slack from a thread that is not real-time yet only.
        removeTimerSlack();
        makeFifo();
        if (request.isMemoryLocked()) {
            lockMemory();
        }
        final RealTimeOutcome outcome = new RealTimeOutcome(
                !missing.containsKey(RealTimeRight.SCHEDULING),
                request.isMemoryLocked() && !missing.containsKey(RealTimeRight.MEMORY_LOCK),
                cpu,
                missing);
        if (request.mode() == RtMode.REQUIRE) {
            refuseWithout(outcome);
        }
        return outcome;
    }

    private void refuseWithout(final RealTimeOutcome outcome) {
        final Map<RealTimeRight, String> refused = new EnumMap<>(RealTimeRight.class);
        refused.putAll(outcome.missing());
        refused.remove(RealTimeRight.CORE);
        refused.remove(RealTimeRight.JVM_THREAD);
        if (!refused.isEmpty()) {
            throw new ConfigException(
                    "rt",
                    "require",
                    "must be allowed "
                            + refused.keySet().stream()
                                    .map(RealTimeRight::words)
                                    .collect(Collectors.joining(" and "))
                            + " (" + String.join("; ", refused.values()) + ")",
                    "or use --rt prefer, and see control-node doctor");
        }
    }

    private void makeFifo() {
        makeFifo(RealTimeRight.SCHEDULING, CALLING_THREAD, request.priority());
        final int vmThread = VmThread.id(Path.of("/proc/self/task"));
        if (vmThread != VmThread.NONE && !missing.containsKey(RealTimeRight.SCHEDULING) && request.priority() > 1) {
            // While it collects, the loop waits for it: it must not wait for the machine's other work meanwhile.
            makeFifo(RealTimeRight.JVM_THREAD, vmThread, request.priority() - 1);
        }
    }

    private void makeFifo(final RealTimeRight right, final int thread, final int priority) {
        final ByteBuffer parameter = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        parameter.putInt(0, priority);
        ask(
                right,
                () -> LibC.sched_setscheduler(thread, LibC.SCHED_FIFO, parameter),
                errno -> right.words() + " at priority " + priority + " is not permitted (" + whyNotFifo(errno) + ")");
    }

    private String whyNotFifo(final int errno) {
        if (errno != EPERM) {
            return "errno " + errno;
        }
        if (rights.mayRunAt(request.priority())) {
            return "the control group has no share of real time; write one to its cpu.rt_runtime_us";
        }
        return "the limit rtprio is " + rights.rtPriorityLimit() + " and CAP_SYS_NICE is missing; "
                + RightsRemedy.scheduling(request.priority());
    }

    private void lockMemory() {
        if (!rights.mayLockAll()) {
            missing.put(
                    RealTimeRight.MEMORY_LOCK,
                    "memory is not locked (the limit memlock is " + rights.memoryLockLimit()
                            + " and CAP_IPC_LOCK is missing; " + RightsRemedy.memoryLock() + ")");
            return;
        }
        ask(
                RealTimeRight.MEMORY_LOCK,
                () -> LibC.mlockall(LibC.MCL_CURRENT | LibC.MCL_FUTURE | LibC.MCL_ONFAULT),
                errno -> "memory is not locked (mlockall was refused with errno " + errno
                        + "; it needs Linux 4.4 or newer)");
    }

    private void removeTimerSlack() {
        ask(
                RealTimeRight.TIMER_SLACK,
                () -> LibC.prctl(LibC.PR_SET_TIMERSLACK, LEAST_TIMER_SLACK_NS, 0, 0, 0),
                errno -> "timer slack stays as it is, usually 50 us (prctl was refused with errno " + errno + ")");
    }

    private int pin() {
        final int cpu = request.cpu();
        if (cpu < 0) {
            return -1;
        }
        final int cores = CpuSet.onlineCount();
        if (cpu >= cores) {
            throw new ConfigException(
                    "cpu", cpu, "must be below the number of cores, " + cores, "use -1 for no pinning");
        }
        final ByteBuffer mask = ByteBuffer.allocateDirect(MAX_CPUS / 8).order(ByteOrder.nativeOrder());
        mask.put(cpu / 8, (byte) (1 << (cpu % 8)));
        return ask(
                        RealTimeRight.CORE,
                        () -> LibC.sched_setaffinity(0, mask.capacity(), mask),
                        errno -> "not pinned to core " + cpu + " (errno " + errno
                                + ": the core is not in this process's set; choose one of Cpus_allowed_list in"
                                + " /proc/self/status, or --cpu -1)")
                ? cpu
                : -1;
    }

    /** Makes a call; remembers why it failed. */
    private boolean ask(final RealTimeRight right, final Call call, final Refusal refusal) {
        if (!Platform.isLinux()) {
            missing.put(right, right.words() + " is there on Linux only");
            return false;
        }
        try {
            call.call();
            return true;
        } catch (final LastErrorException e) {
            missing.put(right, refusal.text(e.getErrorCode()));
        } catch (final LinkageError e) {
            missing.put(right, right.words() + ": the C library cannot be called (" + e + "); run with --rt off");
        }
        return false;
    }

    /** A call of the C library. */
    private interface Call {
        void call();
    }

    /** Why a call failed, and what to do. */
    private interface Refusal {
        String text(int errno);
    }
}

package io.tendon.bus.doctor;

import io.tendon.bus.cycle.ProcessRights;
import io.tendon.bus.cycle.RightsRemedy;
import java.io.IOException;
import java.util.List;

/** What this user's processes may ask of the kernel. */
final class RightsChecks {
    private static final String WHY_PRIORITY =
            "without SCHED_FIFO the loop waits for its turn among all others, and is late by milliseconds now and then";
    private static final String WHY_LOCK =
            "memory that is not locked can be taken away; the loop then waits for a disk";

    private RightsChecks() {}

    static List<Finding> examine(final Machine machine, final int rtPriority) {
        final ProcessRights rights;
        try {
            rights = ProcessRights.read(machine.path("proc/self"));
        } catch (final IOException | NumberFormatException e) {
            return List.of(
                    Finding.warn("rights: priority", "unknown: no /proc/self", WHY_PRIORITY, "mount /proc"),
                    Finding.warn("rights: memory lock", "unknown: no /proc/self", WHY_LOCK, "mount /proc"));
        }
        return List.of(priority(rights, rtPriority), lock(rights, rtPriority));
    }

    private static Finding priority(final ProcessRights rights, final int rtPriority) {
        final String found = rights.hasSysNice() ? "CAP_SYS_NICE" : "rtprio " + rights.rtPriorityLimit();
        return rights.mayRunAt(rtPriority)
                ? Finding.ok("rights: priority", found, WHY_PRIORITY)
                : Finding.warn(
                        "rights: priority",
                        found + ", wanted " + rtPriority,
                        WHY_PRIORITY,
                        RightsRemedy.command(rtPriority));
    }

    private static Finding lock(final ProcessRights rights, final int rtPriority) {
        final String found = rights.hasIpcLock() ? "CAP_IPC_LOCK" : "memlock " + rights.memoryLockLimit();
        return rights.mayLockAll()
                ? Finding.ok("rights: memory lock", found, WHY_LOCK)
                : Finding.warn(
                        "rights: memory lock",
                        found + ", wanted unlimited",
                        WHY_LOCK,
                        RightsRemedy.command(rtPriority));
    }
}

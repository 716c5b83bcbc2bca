package io.tendon.bus.doctor;

import io.tendon.bus.catalog.SharedMemoryCheck;
import java.util.List;
import java.util.stream.Collectors;

/** Memory: shared, swapped, and in huge pages. */
final class MemoryChecks {
    private static final String WHY_SHARED = "a session's log buffers are there, two generations of them at most";
    private static final String WHY_SWAP = "memory that was swapped out comes back at the speed of a disk";
    private static final String WHY_HUGE =
            "the kernel then stops a process to gather pages for it, and a process takes more memory than it touches";

    private MemoryChecks() {}

    static List<Finding> examine(final Machine machine) {
        return List.of(shared(machine), swap(machine), hugePages(machine));
    }

    private static Finding shared(final Machine machine) {
        final long neededMib = SharedMemoryCheck.requiredBytes() >> 20;
        if (machine.sharedMemoryFreeBytes() < 0) {
            return Finding.fail(
                    "shared memory", "no /dev/shm", WHY_SHARED, "sudo mount -t tmpfs -o size=1G tmpfs /dev/shm");
        }
        final String found = (machine.sharedMemoryFreeBytes() >> 20) + " MiB free, " + neededMib + " MiB needed";
        if (machine.sharedMemoryFreeBytes() < SharedMemoryCheck.requiredBytes()) {
            return Finding.fail(
                    "shared memory",
                    found,
                    WHY_SHARED,
                    "sudo mount -o remount,size=" + (neededMib + 256)
                            + "M /dev/shm  # or remove what is left there of dead sessions");
        }
        final boolean isInMemory =
                machine.lines("proc/mounts").stream().anyMatch(line -> line.matches("\\S+ /dev/shm tmpfs .*"));
        return isInMemory
                ? Finding.ok("shared memory", found, WHY_SHARED)
                : Finding.warn(
                        "shared memory",
                        found + ", not on tmpfs",
                        WHY_SHARED,
                        "sudo mount -t tmpfs -o size=" + (neededMib + 256) + "M tmpfs /dev/shm");
    }

    private static Finding swap(final Machine machine) {
        final List<String> swaps = machine.lines("proc/swaps").stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\\s+")[0])
                .toList();
        if (swaps.isEmpty()) {
            return Finding.ok("swap", "none", WHY_SWAP);
        }
        return Finding.warn("swap", swaps.stream().collect(Collectors.joining(", ")), WHY_SWAP, "sudo swapoff -a");
    }

    private static Finding hugePages(final Machine machine) {
        final String modes =
                machine.text("sys/kernel/mm/transparent_hugepage/enabled").orElse("");
        return modes.contains("[always]")
                ? Finding.warn(
                        "huge pages",
                        "always",
                        WHY_HUGE,
                        "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled")
                : Finding.ok(
                        "huge pages",
                        modes.contains("[madvise]") ? "madvise" : modes.contains("[never]") ? "never" : "none",
                        WHY_HUGE);
    }
}

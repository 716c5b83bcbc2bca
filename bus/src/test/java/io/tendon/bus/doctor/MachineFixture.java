package io.tendon.bus.doctor;

import io.tendon.bus.catalog.SharedMemoryCheck;
import io.tendon.bus.clock.KernelClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A machine that is a directory, with the files of a real one as far as the doctor reads them. */
final class MachineFixture {
    private static final String SMAPS = "00400000-00401000 r--p 00000000 00:00 0\nKernelPageSize:        %d kB\n";

    private final Path root;
    private long sharedMemoryFreeBytes = 2 * SharedMemoryCheck.requiredBytes();
    private KernelClock.State clock = KernelClock.State.SYNCHRONISED;
    private OptionalLong firmwareFlags = OptionalLong.empty();

    private MachineFixture(final Path root) {
        this.root = root;
    }

    /** A Raspberry Pi 5 as real-time.md sets it up. */
    static MachineFixture preparedPi(final Path root) throws IOException {
        final MachineFixture pi = new MachineFixture(root)
                .file("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\u0000")
                .file("proc/version", "Linux version 6.12.34-rt (pi@build) #1 SMP PREEMPT_RT Mon Jan 1 2026 aarch64")
                .file("sys/kernel/realtime", "1")
                .file("proc/self/smaps", String.format(SMAPS, 16))
                .file("sys/devices/system/cpu/online", "0-3")
                .file("sys/devices/system/cpu/isolated", "3")
                .file("sys/devices/system/cpu/nohz_full", "3")
                .file("proc/irq/106/effective_affinity_list", "0")
                .file("sys/class/thermal/thermal_zone0/temp", "51250")
                .file("sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "0")
                .limits("95", "unlimited")
                .capabilities("0000000000000000")
                .common();
        for (int cpu = 0; cpu < 4; cpu++) {
            pi.file("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor", "performance");
        }
        return pi;
    }

    /** A laptop as it comes. */
    static MachineFixture laptop(final Path root) throws IOException {
        final MachineFixture laptop = new MachineFixture(root)
                .file("proc/version", "Linux version 6.8.0-45-generic (b@lcy) #45 SMP PREEMPT_DYNAMIC x86_64")
                .file("proc/self/smaps", String.format(SMAPS, 4))
                .file("sys/devices/system/cpu/online", "0-7")
                .file("sys/devices/system/cpu/isolated", "")
                .file("sys/devices/system/cpu/nohz_full", "(null)")
                .file("proc/irq/9/effective_affinity_list", "7")
                .file("proc/irq/16/effective_affinity_list", "2")
                .file("sys/class/thermal/thermal_zone0/temp", "61000")
                .file("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never")
                .limits("0", "8388608")
                .capabilities("0000000000000000")
                .common()
                .file("proc/swaps", "Filename Type Size Used Priority\n/dev/nvme0n1p3 partition 8388604 0 -2\n");
        for (int cpu = 0; cpu < 8; cpu++) {
            laptop.file("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor", "powersave");
        }
        return laptop;
    }

    /** A virtual machine of two cores whose processes may do anything. */
    static MachineFixture virtualMachine(final Path root) throws IOException {
        return new MachineFixture(root)
                .file("proc/version", "Linux version 6.18.4 (b@b) #1 SMP PREEMPT_DYNAMIC x86_64")
                .file("sys/kernel/debug/sched/preempt", "(none) voluntary full lazy")
                .file("proc/self/smaps", String.format(SMAPS, 4))
                .file("sys/devices/system/cpu/online", "0-1")
                .file("sys/devices/system/cpu/isolated", "")
                .file("proc/irq/24/effective_affinity_list", "1")
                .limits("0", "8388608")
                .capabilities("000001fffeffffff")
                .common();
    }

    private MachineFixture common() throws IOException {
        return file("proc/sys/kernel/sched_rt_runtime_us", "950000")
                .file("proc/sys/kernel/sched_rt_period_us", "1000000")
                .file("proc/swaps", "Filename Type Size Used Priority\n")
                .file("proc/mounts", "tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0\n")
                .thread(1, 1, "systemd", 0, 0)
                .thread(17, 17, "migration/0", 99, 1);
    }

    /** Writes a file in place of what it was. */
    MachineFixture file(final String name, final String text) throws IOException {
        final Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        return this;
    }

    /** Puts a thread into it. */
    MachineFixture thread(final int pid, final int tid, final String name, final int rtPriority, final int policy)
            throws IOException {
        return file(
                "proc/" + pid + "/task/" + tid + "/stat",
                tid + " (" + name + ") S 0 0 0 0 -1 69238848 0 0 0 0 0 0 0 0 -100 0 1 0 4 0 0 18446744073709551615"
                        + " 0 0 0 0 0 0 0 2147483647 0 0 0 0 17 0 " + rtPriority + ' ' + policy
                        + " 0 0 0 0 0 0 0 0 0 0 0\n");
    }

    MachineFixture limits(final String rtPriority, final String memoryLock) throws IOException {
        return file(
                "proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max locked memory         " + memoryLock + "            unlimited            bytes     \n"
                        + "Max realtime priority     " + rtPriority + "                   99                   \n");
    }

    MachineFixture capabilities(final String effective) throws IOException {
        return file("proc/self/status", "Name:\tjava\nCapEff:\t" + effective + "\n");
    }

    MachineFixture sharedMemoryFreeBytes(final long bytes) {
        sharedMemoryFreeBytes = bytes;
        return this;
    }

    MachineFixture clock(final KernelClock.State state) {
        clock = state;
        return this;
    }

    MachineFixture firmwareFlags(final long flags) {
        firmwareFlags = OptionalLong.of(flags);
        return this;
    }

    Machine machine() {
        return new Machine(root, sharedMemoryFreeBytes, clock, firmwareFlags);
    }
}

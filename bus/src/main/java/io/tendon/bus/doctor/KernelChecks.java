package io.tendon.bus.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel: how it preempts, how it throttles real-time threads, how large its pages are. */
final class KernelChecks {
    private static final Pattern RELEASE = Pattern.compile("Linux version (\\S+)");
    private static final Pattern SELECTED = Pattern.compile("\\(([a-z]+)\\)");
    private static final String WHY_PREEMPTION =
            "a kernel that finishes what it does before it lets a thread go on delays the loop by milliseconds under load;"
                    + " PREEMPT_RT does so by tens of microseconds";
    private static final String WHY_THROTTLE =
            "a real-time thread that spins a whole period would be stopped for about 50 ms in every second; the loop"
                    + " parks, and spins the last 200 us before a tick, so it keeps far below the limit";
    private static final String WHY_PAGES = "memory figures are larger with larger pages; the budgets are for 4 KiB";

    private KernelChecks() {}

    static List<Finding> examine(final Machine machine) {
        return List.of(preemption(machine), throttle(machine), pageSize(machine));
    }

    private static Finding preemption(final Machine machine) {
        final String version = machine.text("proc/version").orElse("");
        final Matcher release = RELEASE.matcher(version);
        final String name = release.find() ? release.group(1) : "unknown kernel";
        if ("1".equals(machine.text("sys/kernel/realtime").orElse("")) || version.contains("PREEMPT_RT")) {
            return Finding.ok("kernel", name + ", PREEMPT_RT", WHY_PREEMPTION);
        }
        return Finding.warn(
                "kernel",
                name + ", " + model(machine, version),
                WHY_PREEMPTION,
                machine.isRaspberryPi()
                        ? "build one with CONFIG_PREEMPT_RT (Linux 6.12 or newer), or at least boot with preempt=full"
                        : "install a PREEMPT_RT kernel (Debian: sudo apt install linux-image-rt-"
                                + debianArchitecture(version)
                                + "; Ubuntu: sudo pro enable realtime-kernel), or at least boot with preempt=full");
    }

    private static String model(final Machine machine, final String version) {
        final Matcher selected =
                SELECTED.matcher(machine.text("sys/kernel/debug/sched/preempt").orElse(""));
        if (selected.find()) {
            return "preempt=" + selected.group(1);
        }
        if (version.contains("PREEMPT_DYNAMIC")) {
            return "preemption chosen at boot (root sees which)";
        }
        return version.contains("PREEMPT") ? "preempt=full" : "without preemption";
    }

    private static String debianArchitecture(final String version) {
        return version.contains("aarch64") || version.contains("arm64") ? "arm64" : "amd64";
    }

    private static Finding throttle(final Machine machine) {
        final long runtimeUs = number(machine, "proc/sys/kernel/sched_rt_runtime_us");
        final long periodUs = number(machine, "proc/sys/kernel/sched_rt_period_us");
        if (runtimeUs == -1) {
            return Finding.ok("real-time throttle", "off", WHY_THROTTLE);
        }
        if (runtimeUs < 0 || periodUs <= 0) {
            return Finding.warn("real-time throttle", "unknown", WHY_THROTTLE, "mount /proc");
        }
        final String found = "after " + runtimeUs / 1000 + " ms of " + periodUs / 1000 + " ms";
        return runtimeUs * 2 >= periodUs
                ? Finding.ok("real-time throttle", found, WHY_THROTTLE)
                : Finding.warn(
                        "real-time throttle", found, WHY_THROTTLE, "sudo sysctl kernel.sched_rt_runtime_us=950000");
    }

    private static long number(final Machine machine, final String file) {
        try {
            return machine.text(file).map(Long::parseLong).orElse(Long.MIN_VALUE);
        } catch (final NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    private static Finding pageSize(final Machine machine) {
        for (final String line : machine.lines("proc/self/smaps")) {
            if (line.startsWith("KernelPageSize:")) {
                final long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
                return kib <= 16
                        ? Finding.ok("page size", kib + " KiB", WHY_PAGES)
                        : Finding.warn("page size", kib + " KiB", WHY_PAGES, "boot a kernel with pages of 4 or 16 KiB");
            }
        }
        return Finding.warn("page size", "unknown", WHY_PAGES, "mount /proc");
    }
}

package io.tendon.bus.doctor;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The cores: how many, how fast, and whether one of them is control's alone. */
final class CpuChecks {
    private static final String WHY_COUNT =
            "with four cores control has one to itself; with fewer it shares it, and is late when the others are busy";
    private static final String WHY_GOVERNOR =
            "a core that has been slowed down takes time to speed up, just when a cycle begins";
    private static final String WHY_ISOLATED =
            "a core that the kernel keeps free has nothing on it that could delay the loop";
    private static final String WHY_TICK = "the timer tick and the kernel's housekeeping interrupt the loop otherwise";
    private static final String WHY_INTERRUPTS = "a device's interrupt goes before any thread, whatever its priority";

    private CpuChecks() {}

    static List<Finding> examine(final Machine machine) {
        return List.of(count(machine), governor(machine), isolated(machine), tick(machine), interrupts(machine));
    }

    private static Finding count(final Machine machine) {
        final int cores = machine.onlineCpus().cardinality();
        if (cores == 0) {
            return Finding.warn("cores", "unknown", WHY_COUNT, "mount /sys");
        }
        return machine.hasCoreToSpare()
                ? Finding.ok("cores", Integer.toString(cores), WHY_COUNT)
                : Finding.warn("cores", Integer.toString(cores), WHY_COUNT, "use a machine with four cores or more");
    }

    private static Finding governor(final Machine machine) {
        final TreeMap<String, Integer> governors = new TreeMap<>();
        for (final Path cpu : machine.list("sys/devices/system/cpu", "cpu[0-9]*")) {
            Machine.text(cpu.resolve("cpufreq").resolve("scaling_governor"))
                    .ifPresent(name -> governors.merge(name, 1, Integer::sum));
        }
        if (governors.isEmpty()) {
            return Finding.ok("cpu governor", "none: the frequency is not ours to set", WHY_GOVERNOR);
        }
        final String found = governors.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + entry.getValue())
                .collect(Collectors.joining(", "));
        return governors.size() == 1 && governors.containsKey("performance")
                ? Finding.ok("cpu governor", found, WHY_GOVERNOR)
                : Finding.warn(
                        "cpu governor",
                        found,
                        WHY_GOVERNOR,
                        "echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor");
    }

    private static Finding isolated(final Machine machine) {
        return ofControl(
                machine, "isolated core", machine.cpus("sys/devices/system/cpu/isolated"), WHY_ISOLATED, "isolcpus");
    }

    private static Finding tick(final Machine machine) {
        return ofControl(
                machine, "tickless core", machine.cpus("sys/devices/system/cpu/nohz_full"), WHY_TICK, "nohz_full");
    }

    private static Finding ofControl(
            final Machine machine, final String name, final BitSet cpus, final String why, final String parameter) {
        final String found = cpus.isEmpty() ? "none" : cpus.toString();
        if (!machine.hasCoreToSpare()) {
            return Finding.ok(name, found + "; there is none to spare", why);
        }
        final int control = machine.controlCpu();
        return cpus.get(control)
                ? Finding.ok(name, found, why)
                : Finding.warn(
                        name,
                        found + ", wanted " + control,
                        why,
                        "add " + parameter + "=" + control
                                + ("isolcpus".equals(parameter) ? "" : " rcu_nocbs=" + control) + " to "
                                + bootParameters(machine) + " and restart");
    }

    private static Finding interrupts(final Machine machine) {
        if (!machine.hasCoreToSpare()) {
            return Finding.ok("interrupts", "on all cores; there is none to spare", WHY_INTERRUPTS);
        }
        final int control = machine.controlCpu();
        int count = 0;
        for (final Path interrupt : machine.list("proc/irq", "[0-9]*")) {
            final BitSet cpus = machine.cpus(machine.root()
                    .relativize(interrupt.resolve("effective_affinity_list"))
                    .toString());
            if (cpus.get(control)) {
                count++;
            }
        }
        final String found = count + " on core " + control;
        if (count == 0) {
            return Finding.ok("interrupts", found, WHY_INTERRUPTS);
        }
        return Finding.warn(
                "interrupts",
                found,
                WHY_INTERRUPTS,
                "add irqaffinity=" + machine.otherCpus() + " to " + bootParameters(machine) + " and restart");
    }

    private static String bootParameters(final Machine machine) {
        return machine.isRaspberryPi()
                ? "the one line of /boot/firmware/cmdline.txt"
                : "GRUB_CMDLINE_LINUX in /etc/default/grub, run sudo update-grub,";
    }
}

package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asks the real kernel, in processes of their own: what is locked stays locked, and a right once dropped is gone. */
@EnabledOnOs(OS.LINUX)
class RealTimeSchedulingTest {
    private static final int PRIORITY = 12;
    private static final String NO_LIMITS = "prlimit --rtprio=0:0 --memlock=65536:65536 --";

    /** What a probe printed and how it ended. */
    private record Printed(int exitCode, String text) {
        String value(final String key) {
            return values().getOrDefault(key, "");
        }

        private Map<String, String> values() {
            return text.lines()
                    .filter(line -> line.matches("[A-Za-z]+=.*"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        }
    }

    @Test
    void shouldGiveThreadAndMemoryWhatWasAskedFor() throws Exception {
        final ProcessRights rights = ProcessRights.ofThisProcess();
        assumeThat(rights.mayRunAt(PRIORITY)).as("may run at %d", PRIORITY).isTrue();
        assumeThat(rights.mayLockAll()).as("may lock memory").isTrue();

        final Printed printed = probe("", "require", 0);

        assertThat(printed.exitCode()).as(printed.text()).isZero();
        assertThat(printed.value("code")).isEqualTo("1");
        assertThat(printed.value("policy")).isEqualTo("1");
        assertThat(printed.value("rtPriority")).isEqualTo(Integer.toString(PRIORITY));
        assertThat(printed.value("vmPolicy")).isEqualTo("1");
        assertThat(printed.value("vmPriority")).isEqualTo(Integer.toString(PRIORITY - 1));
        assertThat(printed.value("cpus")).isEqualTo("0");
        // Newer kernels give a real-time thread a slack of 0 by themselves.
        assertThat(printed.value("slackNs")).isIn("0", "1");
        assertThat(Long.parseLong(printed.value("lockedKib"))).isPositive();
    }

    @Test
    void shouldGoOnWithoutTheRightsAndSayWhichAreMissing() throws Exception {
        final Printed printed = probe(withoutRights("sys_nice,-ipc_lock"), "prefer", -1);

        assertThat(printed.exitCode()).as(printed.text()).isZero();
        assertThat(printed.value("code")).isEqualTo("2");
        assertThat(RealTimeRight.of(Long.parseLong(printed.value("missingBits"))))
                .containsExactly(RealTimeRight.SCHEDULING, RealTimeRight.MEMORY_LOCK);
        assertThat(printed.value("policy")).isEqualTo("0");
        assertThat(printed.value("lockedKib")).isEqualTo("0");
        // It helps an ordinary thread most, and wants no right.
        assertThat(printed.value("slackNs")).isEqualTo("1");
    }

    @Test
    void shouldRefuseToStartWithoutTheRightsAndNameEachWithItsRemedy() throws Exception {
        final Printed printed = probe(withoutRights("sys_nice,-ipc_lock"), "require", -1);

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.text())
                .contains("rt=require: must be allowed SCHED_FIFO and locked memory")
                .contains("the limit rtprio is 0 and CAP_SYS_NICE is missing")
                .contains("- rtprio 90'", "LimitRTPRIO=90", "AmbientCapabilities=CAP_SYS_NICE")
                .contains("the limit memlock is 64 KiB and CAP_IPC_LOCK is missing")
                .contains("- memlock unlimited", "LimitMEMLOCK=infinity", "AmbientCapabilities=CAP_IPC_LOCK")
                .contains("/etc/security/limits.d/tendon.conf");
    }

    @Test
    void shouldNameOnlyTheRightThatIsMissing() throws Exception {
        assumeThat(ProcessRights.ofThisProcess().hasSysNice()).isTrue();

        final Printed printed = probe(withoutRights("ipc_lock"), "require", -1);

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.text()).contains("must be allowed locked memory (").doesNotContain("SCHED_FIFO", "rtprio");
    }

    @Test
    void shouldAskForNothingButItsCoreWhenRealTimeIsOff() throws Exception {
        final Printed printed = probe("", "off", 0);

        assertThat(printed.exitCode()).as(printed.text()).isZero();
        assertThat(printed.value("code")).isEqualTo("0");
        assertThat(printed.value("policy")).isEqualTo("0");
        assertThat(printed.value("cpus")).isEqualTo("0");
        assertThat(printed.value("lockedKib")).isEqualTo("0");
    }

    @Test
    void shouldRefuseACoreThatTheMachineHasNot() throws Exception {
        final Printed printed = probe("", "off", CpuSet.onlineCount());

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.text()).contains("must be below the number of cores, " + CpuSet.onlineCount());
    }

    /** A prefix of the command line that takes the rights away, from root as from anybody. */
    private static String withoutRights(final String capabilities) {
        assumeThat(isOnPath("prlimit")).as("prlimit is there").isTrue();
        final ProcessRights rights = ProcessRights.ofThisProcess();
        if (!rights.hasSysNice() && !rights.hasIpcLock()) {
            return NO_LIMITS;
        }
        assumeThat(isOnPath("setpriv")).as("setpriv is there").isTrue();
        return NO_LIMITS + " setpriv --bounding-set=-" + capabilities;
    }

    private static boolean isOnPath(final String command) {
        return java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private static Printed probe(final String prefix, final String mode, final int cpu)
            throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>();
        if (!prefix.isEmpty()) {
            line.addAll(List.of(prefix.split(" ")));
        }
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RealTimeProbe.class.getName(),
                mode,
                Integer.toString(PRIORITY),
                Integer.toString(cpu)));
        final Process process =
                new ProcessBuilder(line).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Printed(process.waitFor(), text);
    }
}

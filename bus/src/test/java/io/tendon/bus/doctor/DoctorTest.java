package io.tendon.bus.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.SharedMemoryCheck;
import io.tendon.bus.clock.KernelClock;
import io.tendon.bus.doctor.Finding.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final int PRIORITY = 80;

    @TempDir
    private Path root;

    @Test
    void shouldFindNothingOnARaspberryPiThatWasPrepared() throws Exception {
        final List<Finding> findings =
                Doctor.examine(MachineFixture.preparedPi(root).machine(), PRIORITY);

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.OK));
        assertThat(Doctor.worst(findings)).isEqualTo(Status.OK);
        assertThat(named(findings, "kernel").found()).isEqualTo("6.12.34-rt, PREEMPT_RT");
        assertThat(named(findings, "page size").found()).isEqualTo("16 KiB");
        assertThat(named(findings, "temperature").found()).isEqualTo("51 C");
    }

    @Test
    void shouldSayWhatALaptopLacksAndHowToMendIt() throws Exception {
        final List<Finding> findings =
                Doctor.examine(MachineFixture.laptop(root).machine(), PRIORITY);

        assertThat(Doctor.worst(findings)).isEqualTo(Status.WARN);
        assertThat(findings)
                .filteredOn(finding -> finding.status() != Status.OK)
                .extracting(Finding::name)
                .containsExactly(
                        "rights: priority",
                        "rights: memory lock",
                        "kernel",
                        "cpu governor",
                        "isolated core",
                        "tickless core",
                        "interrupts",
                        "swap",
                        "huge pages");
        assertThat(findings)
                .filteredOn(finding -> finding.status() != Status.OK)
                .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
        assertThat(named(findings, "rights: priority").found()).isEqualTo("rtprio 0, wanted 80");
        assertThat(named(findings, "rights: memory lock").remedy()).contains("memlock unlimited", "limits.d");
        assertThat(named(findings, "cpu governor").found()).isEqualTo("powersave on 8");
        assertThat(named(findings, "isolated core").remedy()).contains("isolcpus=7", "GRUB_CMDLINE_LINUX");
        assertThat(named(findings, "interrupts").found()).isEqualTo("1 on core 7");
        assertThat(named(findings, "interrupts").remedy()).contains("irqaffinity=0-6");
    }

    @Test
    void shouldTakeCapabilitiesForRightsAndAskNoIsolationOfTwoCores() throws Exception {
        final List<Finding> findings =
                Doctor.examine(MachineFixture.virtualMachine(root).machine(), PRIORITY);

        assertThat(findings)
                .filteredOn(finding -> finding.status() != Status.OK)
                .extracting(Finding::name)
                .containsExactly("kernel", "cores");
        assertThat(named(findings, "kernel").found()).isEqualTo("6.18.4, preempt=none");
        assertThat(named(findings, "rights: priority").found()).isEqualTo("CAP_SYS_NICE");
    }

    @Test
    void shouldFailForSharedMemoryThatHasNoRoomForASession() throws Exception {
        final MachineFixture small =
                MachineFixture.preparedPi(root).sharedMemoryFreeBytes(SharedMemoryCheck.requiredBytes() - 1);

        final Finding finding = named(Doctor.examine(small.machine(), PRIORITY), "shared memory");

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.remedy()).contains("mount -o remount,size=");
        assertThat(Doctor.worst(Doctor.examine(small.machine(), PRIORITY))).isEqualTo(Status.FAIL);
    }

    @Test
    void shouldNameThreadsAboveOursButNotTheKernelsOwn() throws Exception {
        final MachineFixture pi = MachineFixture.preparedPi(root)
                .thread(900, 901, "jackd) S (rt", 90, 1)
                .thread(910, 910, "ours", PRIORITY, 1)
                .thread(920, 920, "planned", 0, 6);

        final Finding finding = named(Doctor.examine(pi.machine(), PRIORITY), "more urgent threads");

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.found()).isEqualTo("2 above 80: jackd) S (rt (901, 90), planned (920, deadline)");
    }

    @Test
    void shouldTellUnderVoltageNowFromUnderVoltageBefore() throws Exception {
        final MachineFixture pi = MachineFixture.preparedPi(root);

        final Finding before = named(Doctor.examine(pi.firmwareFlags(0x50000).machine(), PRIORITY), "power");
        final Finding now = named(Doctor.examine(pi.firmwareFlags(0x50005).machine(), PRIORITY), "power");

        assertThat(before.status()).isEqualTo(Status.WARN);
        assertThat(before.found()).isEqualTo("under-voltage, throttled since it was started");
        assertThat(now.status()).isEqualTo(Status.FAIL);
        assertThat(now.found()).isEqualTo("under-voltage, throttled now");
    }

    @Test
    void shouldReadTheFirmwaresFlagsFromItsFile() throws Exception {
        final MachineFixture pi = MachineFixture.preparedPi(root)
                .file("sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "0x10001");

        assertThat(named(Doctor.examine(pi.machine(), PRIORITY), "power").found())
                .isEqualTo("under-voltage now");
    }

    @Test
    void shouldFailForAPiAtTheTemperatureAtWhichItSlowsDown() throws Exception {
        final MachineFixture pi = MachineFixture.preparedPi(root).file("sys/class/thermal/thermal_zone0/temp", "84100");

        assertThat(named(Doctor.examine(pi.machine(), PRIORITY), "temperature").status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void shouldWarnOfAClockThatNobodyKeepsOrThatCannotBeAsked() throws Exception {
        final MachineFixture pi = MachineFixture.preparedPi(root);

        for (final KernelClock.State state :
                new KernelClock.State[] {KernelClock.State.FREE, KernelClock.State.UNKNOWN}) {
            assertThat(named(Doctor.examine(pi.clock(state).machine(), PRIORITY), "clock")
                            .status())
                    .isEqualTo(Status.WARN);
        }
    }

    @Test
    void shouldCallUnknownWhatAMachineDoesNotShow() {
        final List<Finding> findings = Doctor.examine(
                new Machine(root, -1, KernelClock.State.UNKNOWN, java.util.OptionalLong.empty()), PRIORITY);

        assertThat(findings).extracting(Finding::name).doesNotHaveDuplicates().hasSize(17);
        assertThat(named(findings, "rights: priority").found()).startsWith("unknown");
        assertThat(named(findings, "more urgent threads").status()).isEqualTo(Status.WARN);
        assertThat(named(findings, "cores").found()).isEqualTo("unknown");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldExamineTheMachineThatThisRunsOn() {
        final List<Finding> findings = Doctor.examine(Machine.thisOne(), PRIORITY);

        assertThat(named(findings, "page size").found()).matches("\\d+ KiB");
        // As it comes 950 ms of 1000 ms: files that the kernel gives in one piece only.
        assertThat(named(findings, "real-time throttle").found()).matches("off|after \\d{2,} ms of \\d{2,} ms");
        assertThat(named(findings, "cores").found())
                .isEqualTo(Integer.toString(io.tendon.bus.cycle.CpuSet.onlineCount()));
        assertThat(named(findings, "more urgent threads").found()).contains("above 80");
        assertThat(KernelClock.state()).isNotEqualTo(KernelClock.State.UNKNOWN);
    }

    @Test
    void shouldWriteATableForPeopleAndAnArrayForMachines() {
        final List<Finding> findings = List.of(
                Finding.ok("cores", "4", "one is control's"),
                Finding.warn("swap", "a \"quoted\"\nfile", "slow", "sudo swapoff -a"));

        assertThat(FindingText.table(findings, (status, text) -> text))
                .containsExactly(
                        "cores  ok    4", "swap   warn  a \"quoted\"\nfile", "", "swap: slow", "    sudo swapoff -a");
        assertThat(FindingText.json(findings))
                .isEqualTo("[{\"name\":\"cores\",\"status\":\"ok\",\"found\":\"4\",\"why\":\"one is control's\","
                        + "\"remedy\":\"\"},{\"name\":\"swap\",\"status\":\"warn\",\"found\":\"a \\\"quoted\\\"\\u000afile\","
                        + "\"why\":\"slow\",\"remedy\":\"sudo swapoff -a\"}]");
    }

    private static Finding named(final List<Finding> findings, final String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

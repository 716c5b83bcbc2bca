package io.tendon.bus.doctor;

import java.util.ArrayList;
import java.util.List;

/** Examines a machine. Only reads; takes some tens of milliseconds. Any thread but a loop's. */
public final class Doctor {
    private Doctor() {}

    /**
     * Looks at all that decides whether a loop is on time.
     *
     * @param machine to look at.
     * @param rtPriority that control asks for, 1 to 99.
     * @return a finding for each thing, always the same ones in the same order.
     */
    public static List<Finding> examine(final Machine machine, final int rtPriority) {
        final List<Finding> findings = new ArrayList<>();
        findings.addAll(RightsChecks.examine(machine, rtPriority));
        findings.addAll(KernelChecks.examine(machine));
        findings.addAll(CpuChecks.examine(machine));
        findings.add(UrgentThreadsCheck.examine(machine, rtPriority));
        findings.addAll(MemoryChecks.examine(machine));
        findings.add(ClockCheck.examine(machine));
        findings.addAll(BoardChecks.examine(machine));
        return List.copyOf(findings);
    }

    /** The worst of them; OK when there are none. */
    public static Finding.Status worst(final List<Finding> findings) {
        return findings.stream().map(Finding::status).max(Enum::compareTo).orElse(Finding.Status.OK);
    }
}

package io.tendon.bus.doctor;

import io.tendon.bus.clock.KernelClock;

/** The wall clock. */
final class ClockCheck {
    private static final String WHY =
            "sessions and logs carry its time; a step of it stops nobody, but what another machine recorded at the same"
                    + " moment is then not found";

    private ClockCheck() {}

    static Finding examine(final Machine machine) {
        if (machine.clock() == KernelClock.State.SYNCHRONISED) {
            return Finding.ok("clock", "synchronised", WHY);
        }
        final boolean isTimesyncd = !machine.list("run/systemd/timesync", "*").isEmpty();
        return Finding.warn(
                "clock",
                machine.clock() == KernelClock.State.UNKNOWN ? "unknown" : "not synchronised",
                WHY,
                isTimesyncd ? "timedatectl timesync-status" : "sudo timedatectl set-ntp true  # or install chrony");
    }
}

package io.tendon.deploy;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.RtMode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a robot is launched. Immutable.
 *
 * @param home of the installation: bin, lib, config.
 * @param runtime where the robot lives in memory.
 * @param dataDirectory where sessions are kept.
 * @param robot URDF of the arm.
 * @param cell work cell that belongs to it; empty to have one planned.
 * @param rtMode how much real-time scheduling is insisted on.
 * @param measurement what is measured.
 * @param durationNs how long to run; empty for until Ctrl-C.
 * @param report where the report goes; empty for none.
 * @param statusPeriodNs between two status lines.
 * @param isPanelWanted whether a terminal is to show the panel instead of status lines.
 * @param layout which core belongs to whom.
 */
record LaunchConfig(
        Path home,
        RuntimeDirectory runtime,
        Path dataDirectory,
        Path robot,
        Optional<Path> cell,
        RtMode rtMode,
        Measurement measurement,
        Optional<Long> durationNs,
        Optional<Path> report,
        long statusPeriodNs,
        boolean isPanelWanted,
        CpuLayout layout) {

    /**
     * What only a measurement asks for.
     *
     * @param tickLog where control notes its ticks; empty for nowhere.
     * @param isTethered whether the bus is the one without isolation.
     */
    record Measurement(Optional<Path> tickLog, boolean isTethered) {}

    /** Command of the installation. */
    Path command(final String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Where a process's output goes while the robot runs: memory, not a disk. */
    Path logFile(final String node) {
        return runtime.directory().resolve("logs").resolve(node + ".log");
    }
}

package io.tendon.certify.certificate;

import io.tendon.bus.cycle.RtMode;
import java.nio.file.Path;

/**
 * What is certified, and how thoroughly. Immutable.
 *
 * @param home of the installation.
 * @param name that the robot of the certificate runs under.
 * @param data where its sessions go; on the disk that is to be judged.
 * @param workDirectory in memory, for tick logs and what processes print; deleted at the end.
 * @param isQuick whether only the baseline, the stalls, SIGSTOP and kill of the recorder are run.
 * @param isTethered whether the robot is the one without isolation, which has to fail.
 * @param rt how much real-time scheduling is insisted on.
 * @param cpu core of control, -1 for any; the launcher's choice.
 * @param stallNs how long a write of the recorder, or a flush of the shared-pool design, stalls.
 * @param phaseNs length of a measured stretch.
 */
public record CertifyConfig(
        Path home,
        String name,
        Path data,
        Path workDirectory,
        boolean isQuick,
        boolean isTethered,
        RtMode rt,
        int cpu,
        long stallNs,
        long phaseNs) {
    /** Period of control and of every loop beside it, ns. */
    public static final long PERIOD_NS = 1_000_000L;

    /** Ticks that a log has room for: half an hour. */
    public static final int LOG_TICKS = 1_800_000;

    /** Behind the robot's name: the session in which the loop's allocation is measured. */
    public static final String LOOP_SUFFIX = "-loop";

    /** Behind the robot's name: the session in which publishing is measured. */
    public static final String PUBLISH_SUFFIX = "-publish";
}

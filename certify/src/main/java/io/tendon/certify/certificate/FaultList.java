package io.tendon.certify.certificate;

import static io.tendon.certify.certificate.PlannedFault.Role.LOSES_NOTHING;
import static io.tendon.certify.certificate.PlannedFault.Role.PUNCTUAL;
import static io.tendon.certify.certificate.PlannedFault.Role.STALL;

import io.tendon.certify.fault.ClockStep;
import io.tendon.certify.fault.CpuHog;
import io.tendon.certify.fault.DiskFull;
import io.tendon.certify.fault.GcStorm;
import io.tendon.certify.fault.ProcessKill;
import io.tendon.certify.fault.ProcessStop;
import io.tendon.certify.fault.RecorderHold;
import io.tendon.certify.fault.SlowReader;
import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.Set;

/** Which faults a certificate comes to, in order: first those that leave every process alive. */
final class FaultList {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SLOW_WRITE_NS = 5_000_000L;
    private static final long SLOW_READ_NS = 100_000_000L;
    private static final long STEP_NS = 60 * SECOND_NS;
    private static final long STOP_NS = 14 * SECOND_NS;

    private FaultList() {}

    static List<PlannedFault> of(final CertifyConfig config) {
        final long phaseNs = config.phaseNs();
        return List.of(
                new PlannedFault(
                        () -> RecorderHold.diskStall(config.stallNs(), SECOND_NS),
                        phaseNs,
                        Set.of(LOSES_NOTHING, STALL, PUNCTUAL),
                        true),
                new PlannedFault(
                        () -> RecorderHold.diskSlow(SLOW_WRITE_NS), phaseNs, Set.of(LOSES_NOTHING, PUNCTUAL), false),
                new PlannedFault(
                        () -> new ProcessStop(NodeId.PERSISTENCE), STOP_NS, Set.of(LOSES_NOTHING, PUNCTUAL), true),
                new PlannedFault(RecorderHold::recorderBlock, 15 * SECOND_NS, Set.of(PUNCTUAL), false),
                new PlannedFault(RecorderHold::recorderBlock, 40 * SECOND_NS, ", long", Set.of(PUNCTUAL), false),
                new PlannedFault(
                        () -> new ProcessKill(NodeId.PERSISTENCE), phaseNs, Set.of(LOSES_NOTHING, PUNCTUAL), true),
                new PlannedFault(() -> new CpuHog(cores()), phaseNs, Set.of(PUNCTUAL), false),
                new PlannedFault(() -> new SlowReader(SLOW_READ_NS), phaseNs, Set.of(PUNCTUAL), false),
                new PlannedFault(GcStorm::new, phaseNs, Set.of(PUNCTUAL), false),
                new PlannedFault(() -> new ProcessKill(NodeId.FUSION), phaseNs, Set.of(PUNCTUAL), false),
                new PlannedFault(() -> new ProcessKill(NodeId.DRIVER), phaseNs, Set.of(), false),
                new PlannedFault(() -> new ProcessKill(NodeId.CONTROL), phaseNs, Set.of(), false));
    }

    /** What needs a disk that may be filled. */
    static PlannedFault diskFull(final CertifyConfig config) {
        return new PlannedFault(() -> new DiskFull(false), config.phaseNs(), Set.of(PUNCTUAL), false);
    }

    /** What needs a clock that may be stepped. */
    static PlannedFault clockStep(final CertifyConfig config) {
        return new PlannedFault(() -> new ClockStep(STEP_NS), config.phaseNs(), Set.of(PUNCTUAL), false);
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}

package io.tendon.certify.inject;

import io.tendon.certify.measure.FaultVerdict;
import io.tendon.schemas.SafetyState;
import java.util.List;

/**
 * What a fault did to a robot. Immutable.
 *
 * @param fault its name.
 * @param description what was done to whom.
 * @param robot name under which it runs.
 * @param session that ran.
 * @param account what the fault did, in lines.
 * @param phases before, during and after.
 * @param unseen messages of control that the measuring reader itself missed, so that their cycles are in no phase.
 * @param recoveryNs from the fault's end, or from the kill, until all nodes worked again; negative when they do not.
 * @param isFromKill whether that is counted from a kill.
 * @param recorderLagBytes that the recorder is behind on control.state at the end.
 * @param safetyState of the arm at the end.
 * @param verdict on it.
 */
record InjectionReport(
        String fault,
        String description,
        String robot,
        String session,
        List<String> account,
        List<Phase> phases,
        long unseen,
        long recoveryNs,
        boolean isFromKill,
        long recorderLagBytes,
        SafetyState safetyState,
        FaultVerdict verdict) {

    /** Copies the lists. */
    InjectionReport {
        account = List.copyOf(account);
        phases = List.copyOf(phases);
    }
}

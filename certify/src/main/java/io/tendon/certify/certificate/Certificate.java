package io.tendon.certify.certificate;

import io.tendon.bus.doctor.Finding;
import io.tendon.certify.measure.LoopAllocation;
import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.PublishCost;
import io.tendon.certify.measure.WarmUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was measured, in the order in which it was. Immutable.
 *
 * @param startedAt when.
 * @param durationS of the whole.
 * @param isQuick whether it was the short run.
 * @param isTethered whether the robot was the one without isolation.
 * @param stallMs length of a stall.
 * @param machine what it ran on, key and value.
 * @param findings whether it is set up well.
 * @param witnessCheck two witnesses side by side.
 * @param story the shared-pool design.
 * @param warmUp of the robot's control.
 * @param undisturbed stretch of the robot without a fault.
 * @param faults of the robot, with what they count for.
 * @param notRun faults that could not be done on this machine, each with the reason.
 * @param tethered losses of the robot without isolation; empty when it was not run beside.
 * @param allocation of control's loop; empty when it was not measured.
 * @param publishing cost of a message; empty when it was not measured.
 */
public record Certificate(
        Instant startedAt,
        double durationS,
        boolean isQuick,
        boolean isTethered,
        long stallMs,
        Map<String, String> machine,
        List<Finding> findings,
        WitnessCheck witnessCheck,
        StoryBaseline story,
        WarmUp.Outcome warmUp,
        MeasuredPhase undisturbed,
        List<JudgedPhase> faults,
        List<String> notRun,
        Optional<Losses> tethered,
        Optional<LoopAllocation> allocation,
        Optional<PublishCost> publishing) {
    /**
     * A measured fault and the lines of the verdict that it counts for.
     *
     * @param phase what was measured.
     * @param planned what it was for.
     */
    record JudgedPhase(MeasuredPhase phase, PlannedFault planned) {}

    /** The faults that count for a line. */
    List<MeasuredPhase> phases(final PlannedFault.Role role) {
        return faults.stream()
                .filter(judged -> judged.planned().has(role))
                .map(JudgedPhase::phase)
                .toList();
    }

    /** The robot's stretches in their order, first the one without a fault. */
    public List<MeasuredPhase> robotPhases() {
        final List<MeasuredPhase> phases = new ArrayList<>();
        phases.add(undisturbed);
        phases.addAll(faultPhases());
        return phases;
    }

    /** All faults in their order. */
    public List<MeasuredPhase> faultPhases() {
        return faults.stream().map(JudgedPhase::phase).toList();
    }

    /** The stalls of the story, on Tendon. */
    public MeasuredPhase stall() {
        return phases(PlannedFault.Role.STALL).get(0);
    }
}

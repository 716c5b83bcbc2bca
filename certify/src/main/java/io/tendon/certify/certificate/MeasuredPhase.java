package io.tendon.certify.certificate;

import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.PhaseFigures;
import java.util.List;

/**
 * A stretch of the robot's run, with or without a fault. Immutable.
 *
 * @param name of the fault, or "no fault".
 * @param description what was done, one line.
 * @param durationS of the fault.
 * @param figures of the ticks in that time.
 * @param losses from its beginning until the robot had recovered.
 * @param recoveryS from the fault's end, or the kill, until all processes worked and control's messages were read and recorded again; below 0
 *     when that did not come.
 * @param account what the fault did, in lines.
 * @param broken promises that come with the fault and were not kept, in words with the figure.
 * @param armState control's safety state at the end.
 * @param attempts how often it was measured, because the witness itself had missed too much.
 */
public record MeasuredPhase(
        String name,
        String description,
        double durationS,
        PhaseFigures figures,
        Losses losses,
        double recoveryS,
        List<String> account,
        List<String> broken,
        String armState,
        int attempts) {
    /** Name of the stretch without a fault. */
    public static final String NO_FAULT = "no fault";
}

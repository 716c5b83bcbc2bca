package io.tendon.control.anomaly;

/**
 * How the detector judges; made once at start.
 *
 * @param periodNs in which samples are due, above 0.
 * @param maxPayloadKg most that the gripper carries when nothing is wrong, from 0.
 * @param margin by which all that is allowed is multiplied, above 0; 1 for an arm that its URDF describes well.
 * @param isGapAware whether the time that passed between two samples counts. False is for comparison alone: it takes each
 *     sample for the one that was due after the one before, as detectors do that look at samples and not at their times.
 */
public record DetectorSettings(long periodNs, double maxPayloadKg, double margin, boolean isGapAware) {
    /** Refuses what cannot be. */
    public DetectorSettings {
        if (periodNs <= 0 || !(maxPayloadKg >= 0) || !(margin > 0)) {
            throw new IllegalArgumentException("periodNs=" + periodNs + ", maxPayloadKg=" + maxPayloadKg + ", margin="
                    + margin + ": must be above 0, from 0 and above 0");
        }
    }
}

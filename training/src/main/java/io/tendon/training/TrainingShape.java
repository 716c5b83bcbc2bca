package io.tendon.training;

import io.tendon.fusion.inference.Feature;
import io.tendon.fusion.inference.InputField;
import io.tendon.robot.RobotModel;
import java.util.Arrays;
import java.util.List;

/**
 * What a model is to be shown. Immutable; any thread.
 *
 * @param robot that moves.
 * @param windowNs length of a window, ns.
 * @param samplePeriodNs from one sample to the next, ns.
 * @param gapNs time without a sample that is a gap, ns.
 * @param settleNs time for which the arm follows set-points before its windows are looked at, ns.
 */
record TrainingShape(RobotModel robot, long windowNs, long samplePeriodNs, long gapNs, long settleNs) {
    /** All but the count of late samples, which a recording does not have: there all samples are in time. */
    private static final List<Feature> FEATURES = Arrays.stream(Feature.values())
            .filter(feature -> feature != Feature.LATE_SAMPLES)
            .toList();

    /** The features, not scaled. */
    List<InputField> fields() {
        return FEATURES.stream()
                .map(feature -> InputField.unscaled(feature, robot))
                .toList();
    }
}

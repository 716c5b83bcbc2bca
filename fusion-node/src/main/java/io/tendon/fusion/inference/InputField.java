package io.tendon.fusion.inference;

import io.tendon.robot.RobotModel;
import java.util.Arrays;

/**
 * One input of a model as its manifest declares it: a feature with its unit and shape, and how the model wants to see it,
 * {@code (feature - offset) / scale}, element by element. Immutable; any thread.
 */
public final class InputField {
    private final Feature feature;
    private final String unit;
    private final double[] offsets;
    private final double[] scales;

    /**
     * A declared input.
     *
     * @param feature that is shown.
     * @param unit that the model was trained on.
     * @param offsets in that unit, one for each element; finite.
     * @param scales in that unit, one for each element; finite and above 0.
     */
    InputField(final Feature feature, final String unit, final double[] offsets, final double[] scales) {
        this.feature = feature;
        this.unit = unit;
        this.offsets = offsets.clone();
        this.scales = scales.clone();
    }

    /** An input as it is measured on a robot: not scaled. */
    public static InputField unscaled(final Feature feature, final RobotModel robot) {
        final int elements = feature.elements(robot.jointCount());
        final double[] ones = new double[elements];
        Arrays.fill(ones, 1);
        return new InputField(feature, feature.unit(robot), new double[elements], ones);
    }

    /** What is shown. */
    public Feature feature() {
        return feature;
    }

    /** Its unit. */
    public String unit() {
        return unit;
    }

    /** How many numbers it is. */
    public int elements() {
        return offsets.length;
    }

    /** What is taken from element {@code i} first, in its unit. */
    double offset(final int i) {
        return offsets[i];
    }

    /** By what element {@code i} is divided then, in its unit. */
    double scale(final int i) {
        return scales[i];
    }
}

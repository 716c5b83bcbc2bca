package io.tendon.fusion.inference;

import io.tendon.robot.JointType;
import io.tendon.robot.RobotModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a model may be shown of a window. Means, peaks and spreads are over the samples that arrived in time, however many
 * those are; how many, and where the hole is, is said by {@link #ARRIVED_SHARE}, {@link #LONGEST_GAP} and {@link
 * #LATE_SAMPLES}. Immutable; any thread.
 */
public enum Feature {
    /** Mean of measured minus commanded position, signed. */
    POSITION_ERROR_MEAN("position-error-mean", Extent.JOINTS, Quantity.POSITION),
    /** Largest distance of measured and commanded position, from 0. */
    POSITION_ERROR_PEAK("position-error-peak", Extent.JOINTS, Quantity.POSITION),
    /** Mean of measured minus commanded velocity, signed. */
    VELOCITY_ERROR_MEAN("velocity-error-mean", Extent.JOINTS, Quantity.VELOCITY),
    /** Largest distance of measured and commanded velocity, from 0. */
    VELOCITY_ERROR_PEAK("velocity-error-peak", Extent.JOINTS, Quantity.VELOCITY),
    /** Mean of measured effort. */
    EFFORT_MEAN("effort-mean", Extent.JOINTS, Quantity.EFFORT),
    /** Standard deviation of measured effort, from 0; that of the samples, so 0 when there is only one. */
    EFFORT_SPREAD("effort-spread", Extent.JOINTS, Quantity.EFFORT),
    /** Estimated position at the window's end. */
    POSITION("position", Extent.JOINTS, Quantity.POSITION),
    /** Estimated velocity at the window's end. */
    VELOCITY("velocity", Extent.JOINTS, Quantity.VELOCITY),
    /** Mean force of the environment on the tool: x, y, z of the tool frame. */
    WRIST_FORCE_MEAN("wrist-force-mean", Extent.AXES, Quantity.FORCE),
    /** Standard deviation of that force, an axis each, from 0. */
    WRIST_FORCE_SPREAD("wrist-force-spread", Extent.AXES, Quantity.FORCE),
    /** Mean opening of the gripper, from 0. */
    GRIPPER_WIDTH_MEAN("gripper-width-mean", Extent.ONE, Quantity.LENGTH),
    /** Mean of measured minus commanded opening, signed. */
    GRIPPER_WIDTH_ERROR_MEAN("gripper-width-error-mean", Extent.ONE, Quantity.LENGTH),
    /** Mean grip force. */
    GRIPPER_FORCE_MEAN("gripper-force-mean", Extent.ONE, Quantity.FORCE),
    /** Share of the window's sample periods of which a sample arrived in time, 0 to 1. */
    ARRIVED_SHARE("arrived-share", Extent.ONE, Quantity.NONE),
    /** Longest run of sample periods of which none did, from 0 to the window's length. */
    LONGEST_GAP("longest-gap", Extent.ONE, Quantity.TIME),
    /** Samples of earlier windows that came after those had closed, seen while this one was next to close; from 0. */
    LATE_SAMPLES("late-samples", Extent.ONE, Quantity.NONE);

    /** Over what a feature extends. */
    private enum Extent {
        JOINTS,
        AXES,
        ONE
    }

    /** What a feature measures, and so its unit. */
    private enum Quantity {
        POSITION("rad", "m"),
        VELOCITY("rad/s", "m/s"),
        EFFORT("Nm", "N"),
        FORCE("N", "N"),
        LENGTH("m", "m"),
        TIME("s", "s"),
        NONE("1", "1");

        private final String turning;
        private final String sliding;

        Quantity(final String turning, final String sliding) {
            this.turning = turning;
            this.sliding = sliding;
        }
    }

    private static final int AXIS_COUNT = 3;

    private final String key;
    private final Extent extent;
    private final Quantity quantity;

    Feature(final String key, final Extent extent, final Quantity quantity) {
        this.key = key;
        this.extent = extent;
        this.quantity = quantity;
    }

    /** Its name in a manifest: lower case with dashes. */
    public String key() {
        return key;
    }

    /** Whether there is one number for each joint. */
    public boolean isPerJoint() {
        return extent == Extent.JOINTS;
    }

    /**
     * How many numbers it is.
     *
     * @param jointCount of the arm, 3 to 16.
     * @return the joints, 3 for a vector, else 1.
     */
    public int elements(final int jointCount) {
        return switch (extent) {
            case JOINTS -> jointCount;
            case AXES -> AXIS_COUNT;
            case ONE -> 1;
        };
    }

    /**
     * Its unit for a robot, as a manifest has to say it.
     *
     * @param robot whose joints turn or slide.
     * @return one unit, or where joints differ one for each, with commas between them: {@code rad,m,rad}.
     */
    public String unit(final RobotModel robot) {
        if (!isPerJoint()) {
            return quantity.turning;
        }
        final List<String> units = robot.joints().stream()
                .map(joint -> joint.type() == JointType.PRISMATIC ? quantity.sliding : quantity.turning)
                .toList();
        return units.stream().distinct().count() == 1 ? units.get(0) : String.join(",", units);
    }

    /** The keys of all features, in the order of their declaration. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Feature::key).collect(Collectors.toList());
    }
}

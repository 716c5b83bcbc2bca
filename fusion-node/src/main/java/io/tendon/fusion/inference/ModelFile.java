package io.tendon.fusion.inference;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.robot.RobotModel;
import java.nio.file.Path;
import java.util.List;

/**
 * What a model's manifest says: a properties file beside the ONNX file. Read with {@link #read}, then held against the
 * robot with {@link #requireFits}. Immutable; any thread.
 *
 * @param manifest the properties file.
 * @param name of the model, as messages carry it: 1 to 64 letters, digits, dots, dashes or underscores.
 * @param onnx the ONNX file, which holds all of the model.
 * @param sha256 of that file, 64 lower-case hexadecimal digits.
 * @param inputName of the tensor that takes the features.
 * @param fields that it takes, in its order.
 * @param outputName of the tensor from which the score comes.
 * @param scoreKind how it comes from that.
 * @param threshold above which a window is an anomaly.
 * @param everyWindows 1 for each window, 2 for every other; 1 to 1000.
 * @param deadlineNs from a window's hand-over to its score, ns; a score that takes longer is counted as late.
 * @param core to pin inference to, from 0; -1 for none.
 * @param judgedWindows which windows it judges.
 * @param trainedOn what it was trained on.
 */
public record ModelFile(
        Path manifest,
        String name,
        Path onnx,
        String sha256,
        String inputName,
        List<InputField> fields,
        String outputName,
        ScoreKind scoreKind,
        ScoreThreshold threshold,
        int everyWindows,
        long deadlineNs,
        int core,
        JudgedWindows judgedWindows,
        TrainedOn trainedOn) {
    /** Longest name of a model. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Most windows from one inference to the next. */
    public static final int MAX_EVERY_WINDOWS = 1_000;

    /** Copies the list. */
    public ModelFile {
        fields = List.copyOf(fields);
    }

    /**
     * Reads a manifest.
     *
     * @param manifest UTF-8 properties.
     * @return what it says.
     * @throws ConfigException when a key is missing, unknown or wrong, naming file, key, value, rule and remedy.
     */
    public static ModelFile read(final Path manifest) {
        return new ManifestReader(manifest).read();
    }

    /** Numbers that the model takes. */
    public int elements() {
        return fields.stream().mapToInt(InputField::elements).sum();
    }

    /**
     * Refuses a model that was made for another robot, another rate or another machine.
     *
     * @param robot that moves.
     * @param windowNs length of a window, ns.
     * @param samplePeriodNs from one sample to the next, ns.
     * @param cores of the machine.
     * @throws ConfigException naming file, key, value, rule and remedy.
     */
    public void requireFits(final RobotModel robot, final long windowNs, final long samplePeriodNs, final int cores) {
        requireSame("trained.window", trainedOn.windowNs(), windowNs);
        requireSame("trained.sample-period", trainedOn.samplePeriodNs(), samplePeriodNs);
        for (final InputField field : fields) {
            requireFits(field, robot);
        }
        if (deadlineNs > everyWindows * windowNs) {
            throw new ConfigException(
                    manifest + ": deadline",
                    Durations.format(deadlineNs),
                    "must be at most the time between two inferences, " + Durations.format(everyWindows * windowNs),
                    "raise every, or lower deadline");
        }
        if (core >= cores) {
            throw new ConfigException(
                    manifest + ": core", core, "must be below the number of cores, " + cores, "use -1 for no pinning");
        }
    }

    private void requireSame(final String key, final long trainedNs, final long actualNs) {
        if (trainedNs != 0 && trainedNs != actualNs) {
            throw new ConfigException(
                    manifest + ": " + key,
                    Durations.format(trainedNs),
                    "must be that of this robot, " + Durations.format(actualNs),
                    "train a model on it, see docs/how-to-add-a-model.md");
        }
    }

    private void requireFits(final InputField field, final RobotModel robot) {
        final String key = manifest + ": " + field.feature().key();
        final int elements = field.feature().elements(robot.jointCount());
        if (field.elements() != elements) {
            throw new ConfigException(
                    key + ".shape",
                    field.elements(),
                    "must be " + elements
                            + (field.feature().isPerJoint()
                                    ? ", one for each joint of robot " + robot.name()
                                    : ", what the feature is"),
                    "use a model that was trained on this robot");
        }
        final String unit = field.feature().unit(robot);
        if (!field.unit().equals(unit)) {
            throw new ConfigException(
                    key + ".unit",
                    field.unit(),
                    "must be " + unit + " on robot " + robot.name(),
                    "train the model on that unit, or let offset and scale bring it there and say " + unit);
        }
    }
}

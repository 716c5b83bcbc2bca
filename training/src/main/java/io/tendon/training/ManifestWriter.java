package io.tendon.training;

import io.tendon.bus.config.Durations;
import io.tendon.fusion.inference.InputField;
import io.tendon.fusion.inference.ScoreThreshold;
import io.tendon.fusion.inference.TrainedOn;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** Writes a model's manifest, as fusion reads it. Any thread. */
final class ManifestWriter {
    private static final String DEADLINE = "5ms";

    private ManifestWriter() {}

    /**
     * Its text.
     *
     * @param name of the model; its file is called so too.
     * @param sha256 of the ONNX file.
     * @param shape of the model.
     * @param model that was trained.
     * @param trainedOn what it was trained on.
     */
    static String text(
            final String name,
            final String sha256,
            final TrainingShape shape,
            final TrainedModel model,
            final TrainedOn trainedOn) {
        final List<InputField> fields = shape.fields();
        final StringBuilder text = new StringBuilder();
        text.append("# Written by training/run.sh; ").append(name).append(".md says what it was made of.\n");
        line(text, "name", name);
        line(text, "onnx", name + ".onnx");
        line(text, "sha256", sha256);
        line(text, "input", OnnxAutoencoder.INPUT);
        line(text, "output", OnnxAutoencoder.OUTPUT);
        line(text, "score", "reconstruction");
        line(text, "while", "following-setpoints");
        line(text, "settle", Durations.format(shape.settleNs()));
        threshold(text, model.threshold());
        line(text, "deadline", DEADLINE);
        line(text, "trained.robot", String.valueOf(trainedOn.robotSha256()));
        line(text, "trained.cell", String.valueOf(trainedOn.cellSha256()));
        line(text, "trained.window", Durations.format(trainedOn.windowNs()));
        line(text, "trained.sample-period", Durations.format(trainedOn.samplePeriodNs()));
        line(text, "fields", fields.stream().map(field -> field.feature().key()).collect(Collectors.joining(",")));
        int at = 0;
        for (final InputField field : fields) {
            final String key = field.feature().key();
            line(text, key + ".unit", field.unit());
            line(text, key + ".shape", Integer.toString(field.elements()));
            line(text, key + ".offset", numbers(model.scales()::offset, at, field.elements()));
            line(text, key + ".scale", numbers(model.scales()::scale, at, field.elements()));
            at += field.elements();
        }
        return text.toString();
    }

    private static void threshold(final StringBuilder text, final ScoreThreshold threshold) {
        line(text, "threshold", number(threshold.usual()));
        line(text, "gap", Durations.format(threshold.gapNs()));
        line(
                text,
                "threshold-after-gap",
                threshold.afterGap().stream().map(ManifestWriter::number).collect(Collectors.joining(",")));
    }

    private static String numbers(final IntToDoubleFunction numbers, final int from, final int count) {
        final StringBuilder text = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            text.append(i == from ? "" : ",").append(number(numbers.applyAsDouble(i)));
        }
        return text.toString();
    }

    /** All of them are floats. */
    private static String number(final double number) {
        return Float.toString((float) number);
    }

    private static void line(final StringBuilder text, final String key, final String value) {
        text.append(key).append('=').append(value).append('\n');
    }
}

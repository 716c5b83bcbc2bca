package io.tendon.fusion.inference;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.Nearest;
import io.tendon.bus.config.PropertiesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a model's manifest, once, key by key. Main thread. */
final class ManifestReader {
    private static final int MAX_ELEMENTS = 4096;
    private static final String SHA256 = "[0-9a-f]{64}";
    private static final String SHA256_RULE = "must be 64 lower-case hexadecimal digits";

    private final Path manifest;
    private final Properties values;
    /** Keys that were asked for, so that the others can be refused. */
    private final Set<String> known = new TreeSet<>();

    ManifestReader(final Path manifest) {
        this.manifest = manifest;
        try {
            values = PropertiesFile.read(manifest);
        } catch (final IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "model",
                    manifest,
                    "must be a readable UTF-8 properties file (" + e + ")",
                    "name a model's manifest, see docs/how-to-add-a-model.md",
                    e);
        }
    }

    ModelFile read() {
        final String name = matching(
                "name",
                "[A-Za-z0-9._-]{1," + ModelFile.MAX_NAME_LENGTH + "}",
                "must be 1 to " + ModelFile.MAX_NAME_LENGTH + " letters, digits, dots, dashes or underscores");
        final String onnx = matching("onnx", ".+", "must name a file, relative to the manifest");
        final String sha256 = matching("sha256", SHA256, SHA256_RULE);
        final String input = matching("input", ".+", "must name a tensor");
        final List<InputField> fields = fields();
        final String output = matching("output", ".+", "must name a tensor");
        final ScoreKind scoreKind = scoreKind();
        final ScoreThreshold threshold = threshold();
        final int every = whole("every", optional("every", "1"), 1, ModelFile.MAX_EVERY_WINDOWS);
        final long deadlineNs = durationNs("deadline", text("deadline"), "5ms");
        final int core = whole("core", optional("core", "-1"), -1, Integer.MAX_VALUE);
        final JudgedWindows judgedWindows = judgedWindows();
        final TrainedOn trainedOn = trainedOn();
        refuseUnknownKeys();
        return new ModelFile(
                manifest,
                name,
                Objects.requireNonNull(manifest.toAbsolutePath().getParent()).resolve(onnx),
                sha256,
                input,
                fields,
                output,
                scoreKind,
                threshold,
                every,
                deadlineNs,
                core,
                judgedWindows,
                trainedOn);
    }

    private JudgedWindows judgedWindows() {
        final String text = optional("while", "always");
        if (!text.equals("always") && !text.equals("following-setpoints")) {
            throw refused("while", text, "must be always or following-setpoints", "leave it out for always");
        }
        final long settleNs = optionalNs("settle", "1500ms");
        if (settleNs > 0 && text.equals("always")) {
            throw refused(
                    "settle",
                    Durations.format(settleNs),
                    "needs while=following-setpoints",
                    "add that, or strike it out");
        }
        return new JudgedWindows(text.equals("following-setpoints"), settleNs);
    }

    private TrainedOn trainedOn() {
        return new TrainedOn(
                optionalSha256("trained.robot"),
                optionalSha256("trained.cell"),
                optionalNs("trained.window", "10ms"),
                optionalNs("trained.sample-period", "1ms"));
    }

    private @Nullable String optionalSha256(final String key) {
        return value(key) == null ? null : matching(key, SHA256, SHA256_RULE);
    }

    private long optionalNs(final String key, final String example) {
        return value(key) == null ? 0 : durationNs(key, text(key), example);
    }

    private List<InputField> fields() {
        final List<InputField> fields = new ArrayList<>();
        final Set<Feature> declared = new TreeSet<>();
        int elements = 0;
        for (final String key : text("fields").split(",")) {
            final Feature feature = feature(key.trim());
            if (!declared.add(feature)) {
                throw refused("fields", feature.key(), "must be named once", "strike it out the second time");
            }
            final InputField field = field(feature);
            fields.add(field);
            elements += field.elements();
        }
        if (elements > MAX_ELEMENTS) {
            throw refused("fields", elements + " numbers", "must be at most " + MAX_ELEMENTS, "declare fewer");
        }
        return fields;
    }

    private InputField field(final Feature feature) {
        final String key = feature.key();
        final String unit = text(key + ".unit");
        final int elements = whole(key + ".shape", text(key + ".shape"), 1, MAX_ELEMENTS);
        final double[] offsets = numbers(key + ".offset", optional(key + ".offset", "0"), elements);
        final double[] scales = numbers(key + ".scale", optional(key + ".scale", "1"), elements);
        for (final double scale : scales) {
            if (scale <= 0) {
                throw refused(
                        key + ".scale", scale, "must be above 0", "give the spread that the model was trained on");
            }
        }
        return new InputField(feature, unit, offsets, scales);
    }

    private Feature feature(final String key) {
        for (final Feature feature : Feature.values()) {
            if (feature.key().equals(key)) {
                return feature;
            }
        }
        throw refused(
                "fields",
                key,
                "must be features, with commas between them",
                "did you mean " + Nearest.to(key, Feature.keys()) + "? There are " + String.join(", ", Feature.keys()));
    }

    private ScoreKind scoreKind() {
        final String key = text("score");
        for (final ScoreKind kind : ScoreKind.values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw refused("score", key, "must be reconstruction or output", "see docs/how-to-add-a-model.md");
    }

    private ScoreThreshold threshold() {
        final double usual = threshold("threshold", text("threshold"));
        final List<Double> afterGap = new ArrayList<>();
        final String text = optional("threshold-after-gap", "");
        for (final String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            if (afterGap.size() == ScoreThreshold.MAX_AFTER_GAP) {
                throw refused(
                        "threshold-after-gap",
                        "more than " + afterGap.size() + " numbers",
                        "must be at most " + ScoreThreshold.MAX_AFTER_GAP,
                        "leave out those that are as the threshold");
            }
            afterGap.add(threshold("threshold-after-gap", part.trim()));
        }
        return new ScoreThreshold(usual, durationNs("gap", optional("gap", "4ms"), "4ms"), afterGap);
    }

    private double threshold(final String key, final String text) {
        final double threshold = number(key, text);
        if (threshold <= 0) {
            throw refused(key, threshold, "must be above 0", "take one from windows of an arm that does well");
        }
        return threshold;
    }

    private long durationNs(final String key, final String text, final String example) {
        final long ns;
        try {
            ns = Durations.parseNs(text);
        } catch (final IllegalArgumentException e) {
            throw refused(key, text, "must be a duration (" + e.getMessage() + ")", "write " + example);
        }
        if (ns <= 0) {
            throw refused(key, text, "must be above 0", "write " + example);
        }
        return ns;
    }

    private double[] numbers(final String key, final String text, final int elements) {
        final String[] parts = text.split(",");
        if (parts.length != 1 && parts.length != elements) {
            throw refused(
                    key, parts.length + " numbers", "must be one, or one for each of " + elements, "correct the file");
        }
        final double[] numbers = new double[elements];
        for (int i = 0; i < elements; i++) {
            numbers[i] = number(key, parts[parts.length == 1 ? 0 : i].trim());
        }
        return numbers;
    }

    private double number(final String key, final String text) {
        double number = Double.NaN;
        try {
            number = Double.parseDouble(text);
        } catch (final NumberFormatException e) {
            // NaN, refused below.
        }
        if (!Double.isFinite(number)) {
            throw refused(key, text, "must be a finite number", "correct the file");
        }
        return number;
    }

    private int whole(final String key, final String text, final int least, final int most) {
        try {
            final int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (final NumberFormatException e) {
            // Refused below.
        }
        throw refused(key, text, "must be a whole number from " + least + " to " + most, "correct the file");
    }

    private String matching(final String key, final String form, final String rule) {
        final String text = text(key);
        if (!text.matches(form)) {
            throw refused(key, text, rule, "correct the file");
        }
        return text;
    }

    private String text(final String key) {
        final String text = value(key);
        if (text == null) {
            throw refused(key, "(none)", "must be there", "add it, see docs/how-to-add-a-model.md");
        }
        if (text.isEmpty()) {
            throw refused(key, text, "must not be empty", "correct the file");
        }
        return text;
    }

    private String optional(final String key, final String otherwise) {
        final String text = value(key);
        return text == null ? otherwise : text;
    }

    private @Nullable String value(final String key) {
        known.add(key);
        final String text = values.getProperty(key);
        return text == null ? null : text.trim();
    }

    private void refuseUnknownKeys() {
        final List<String> unknown = new ArrayList<>(values.stringPropertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            final String key = unknown.stream().sorted().toList().get(0);
            throw refused(
                    key,
                    values.getProperty(key),
                    "must be a key of a model's manifest, or of one of its fields",
                    "did you mean " + Nearest.to(key, known) + "?");
        }
    }

    private ConfigException refused(
            final String key, final @Nullable Object actual, final String rule, final String remedy) {
        return new ConfigException(manifest + ": " + key, String.valueOf(actual), rule, remedy);
    }
}

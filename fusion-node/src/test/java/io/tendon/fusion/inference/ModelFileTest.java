package io.tendon.fusion.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.fusion.ShippedRobot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final long WINDOW_NS = 10_000_000;
    private static final String[] TWO_FIELDS = {
        "fields=effort-mean, arrived-share",
        "effort-mean.unit=Nm",
        "effort-mean.shape=6",
        "effort-mean.offset=1,2,3,4,5,6",
        "effort-mean.scale=2",
        "arrived-share.unit=1",
        "arrived-share.shape=1"
    };

    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatTheManifestDeclares() {
        final ModelFile file = read("every=3", "core=0", "deadline=12ms");

        assertThat(file.name()).isEqualTo("test");
        assertThat(file.onnx()).isEqualTo(directory.resolve("m.onnx").toAbsolutePath());
        assertThat(file.elements()).isEqualTo(7);
        assertThat(file.fields())
                .extracting(InputField::feature)
                .containsExactly(Feature.EFFORT_MEAN, Feature.ARRIVED_SHARE);
        assertThat(file.fields().get(0).offset(5)).isEqualTo(6);
        assertThat(file.fields().get(0).scale(5)).isEqualTo(2);
        assertThat(file.fields().get(1).scale(0)).isEqualTo(1);
        assertThat(file.scoreKind()).isEqualTo(ScoreKind.RECONSTRUCTION);
        assertThat(file.threshold()).isEqualTo(new ScoreThreshold(0.5, 4_000_000, List.of()));
        assertThat(file.everyWindows()).isEqualTo(3);
        assertThat(file.deadlineNs()).isEqualTo(12_000_000);
        assertThat(file.core()).isZero();
        file.requireFits(ShippedRobot.read(), WINDOW_NS, WINDOW_NS / 10, 2);
    }

    @Test
    void shouldReadWhatItWasTrainedOnAndWhatItJudges() {
        final String sha256 = "0".repeat(64);

        final ModelFile file = read(
                "while=following-setpoints",
                "settle=1500ms",
                "trained.robot=" + sha256,
                "trained.cell=" + sha256,
                "trained.window=20ms",
                "trained.sample-period=2ms");

        assertThat(file.judgedWindows()).isEqualTo(new JudgedWindows(true, 1_500_000_000L));
        assertThat(file.trainedOn()).isEqualTo(new TrainedOn(sha256, sha256, 2 * WINDOW_NS, WINDOW_NS / 5));
        assertThatThrownBy(() -> file.requireFits(ShippedRobot.read(), WINDOW_NS, WINDOW_NS / 10, 2))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("trained.window=20ms: must be that of this robot, 10ms; train a model on it");
        assertThat(read().judgedWindows()).isEqualTo(JudgedWindows.ALL);
        assertThat(read().trainedOn()).isEqualTo(new TrainedOn(null, null, 0, 0));
        assertThatThrownBy(() -> read("settle=1s")).hasMessageContaining("needs while=following-setpoints");
        assertThatThrownBy(() -> read("while=moving")).hasMessageContaining("must be always or following-setpoints");
        assertThatThrownBy(() -> read("trained.robot=abc")).hasMessageContaining("64 lower-case hexadecimal digits");
    }

    @Test
    void shouldReadWhatTheThresholdIsAfterAGap() {
        final ScoreThreshold threshold =
                read("threshold-after-gap=40, 2.5,2", "gap=20ms").threshold();

        assertThat(threshold).isEqualTo(new ScoreThreshold(0.5, 20_000_000, List.of(40.0, 2.5, 2.0)));
        assertThat(threshold.of(0)).isEqualTo(40);
        assertThat(threshold.of(2)).isEqualTo(2);
        assertThat(threshold.of(3)).isEqualTo(0.5);
        assertThat(threshold.of(Integer.MAX_VALUE)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=a b|name=a b: must be 1 to 64 letters",
                "sha256=abc|sha256=abc: must be 64 lower-case hexadecimal digits",
                "threshold=0|threshold=0.0: must be above 0",
                "threshold=NaN|threshold=NaN: must be a finite number",
                "threshold-after-gap=3,0|threshold-after-gap=0.0: must be above 0",
                "threshold-after-gap=3,,2|threshold-after-gap=: must be a finite number",
                "gap=3|gap=3: must be a duration",
                "every=0|every=0: must be a whole number from 1 to 1000",
                "every=1.5|every=1.5: must be a whole number from 1 to 1000",
                "core=-2|core=-2: must be a whole number from -1",
                "deadline=5|deadline=5: must be a duration",
                "deadline=0ms|deadline=0ms: must be above 0",
                "score=mse|score=mse: must be reconstruction or output",
                "fields=efort-mean|fields=efort-mean: must be features, with commas between them; did you mean effort-mean?",
                "fields=effort-mean,effort-mean|fields=effort-mean: must be named once",
                "effort-mean.shape=six|effort-mean.shape=six: must be a whole number",
                "effort-mean.offset=1,2|effort-mean.offset=2 numbers: must be one, or one for each of 6",
                "effort-mean.scale=0|effort-mean.scale=0.0: must be above 0",
                "arrived-share.unit=|arrived-share.unit=: must not be empty",
                "treshold=3|treshold=3: must be a key of a model's manifest, or of one of its fields; did you mean threshold?",
                "late-samples.unit=1|late-samples.unit=1: must be a key of a model's manifest, or of one of its fields"
            })
    void shouldRefuseWhatIsWrongAndSayHowItShouldBe(final String line, final String refusal) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("m.properties: " + refusal);
    }

    @Test
    void shouldNameTheKeyThatIsMissing() {
        assertThatThrownBy(() -> ModelFile.read(TestModels.write(directory, TestModels.identity(1))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fields=(none): must be there");
        assertThatThrownBy(() -> ModelFile.read(directory.resolve("no.properties")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be a readable UTF-8 properties file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "effort-mean.unit=N|effort-mean.unit=N: must be Nm on robot tendon6",
                "deadline=11ms|deadline=11ms: must be at most the time between two inferences, 10ms",
                "core=2|core=2: must be below the number of cores, 2",
            })
    void shouldRefuseAModelOfAnotherRobotRateOrMachine(final String line, final String refusal) {
        final ModelFile file = read(line);

        assertThatThrownBy(() -> file.requireFits(ShippedRobot.read(), WINDOW_NS, WINDOW_NS / 10, 2))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(refusal);
    }

    @Test
    void shouldRefuseAModelOfARobotWithAnotherNumberOfJoints() {
        final ModelFile file = read("effort-mean.shape=7", "effort-mean.offset=0");

        assertThatThrownBy(() -> file.requireFits(ShippedRobot.read(), WINDOW_NS, WINDOW_NS / 10, 2))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("effort-mean.shape=7: must be 6, one for each joint of robot tendon6");
    }

    private ModelFile read(final String... lines) {
        final List<String> all = new java.util.ArrayList<>(List.of(TWO_FIELDS));
        all.addAll(List.of(lines));
        return ModelFile.read(TestModels.write(directory, TestModels.identity(7), all.toArray(new String[0])));
    }
}

package io.tendon.fusion.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
    private static final String[] FIELDS = {
        "fields=wrist-force-mean,arrived-share",
        "wrist-force-mean.unit=N",
        "wrist-force-mean.shape=3",
        "wrist-force-mean.offset=10,20,30",
        "wrist-force-mean.scale=5",
        "arrived-share.unit=1",
        "arrived-share.shape=1"
    };
    private static final float[] WINDOW = {10, 25, 20, 0.5f};

    @TempDir
    private Path directory;

    @Test
    void shouldScoreWhatTheModelKnowsWithZero() throws ModelFault {
        try (OnnxModel model = open(TestModels.identity(4))) {
            assertThat(model.score(WINDOW)).isZero();
            assertThat(model.score(new float[] {1e6f, -1e6f, 0, 1})).isZero();
        }
    }

    @Test
    void shouldScoreWhatItDoesNotKnowWithTheMeanSquareInTheScaledUnits() throws ModelFault {
        try (OnnxModel model = open(TestModels.zero(4))) {
            // Scaled: 0, 1, -2, 0.5.
            assertThat(model.score(WINDOW)).isCloseTo((0 + 1 + 4 + 0.25) / 4, within(1e-6));
        }
    }

    @Test
    void shouldTakeTheScoreThatTheModelSays() throws ModelFault {
        try (OnnxModel model = open(TestModels.mean(4), "score=output")) {
            assertThat(model.score(WINDOW)).isCloseTo((0 + 1 - 2 + 0.5) / 4, within(1e-6));
        }
    }

    @Test
    void shouldLeaveNothingOfItsLibraryBehind() throws IOException {
        open(TestModels.identity(4)).close();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("m.onnx", "m.properties");
        }
    }

    @Test
    void shouldFaultOnceTheModelSaysWhatIsNoNumber() throws ModelFault {
        try (OnnxModel model = open(TestModels.nanAbove(4, 2))) {
            assertThat(model.score(WINDOW)).isPositive();
            assertThatThrownBy(() -> model.score(new float[] {30, 25, 20, 0.5f}))
                    .isInstanceOf(ModelFault.class)
                    .hasMessage("gave NaN, must give finite numbers");
        }
    }

    @Test
    void shouldFaultWhenTheModelFails() throws ModelFault {
        try (OnnxModel model = open(TestModels.table(4, 3))) {
            assertThat(model.score(WINDOW)).isPositive();
            assertThatThrownBy(() -> model.score(new float[] {30, 25, 20, 0.5f}))
                    .isInstanceOf(ModelFault.class)
                    .hasMessageStartingWith("failed: ")
                    .hasMessageContaining("out of data bounds");
        }
    }

    @Test
    void shouldEndAJudgementThatIsUnderWayOrToCome() throws ModelFault {
        try (OnnxModel model = open(TestModels.identity(4))) {
            model.interrupt();
            assertThatThrownBy(() -> model.score(WINDOW)).isInstanceOf(ModelFault.class);
        }
    }

    @Test
    void shouldRefuseAModelThatSaysNaNToOrdinaryInput() {
        assertRefused(
                TestModels.nanAbove(4, -1),
                "must be an ONNX file that gives finite numbers for ordinary input (gave NaN, must give finite numbers)");
    }

    @Test
    void shouldRefuseAModelThatFailsOnOrdinaryInput() {
        assertRefused(TestModels.table(4, 1), "for ordinary input (failed: ", "out of data bounds");
    }

    @Test
    void shouldRefuseOtherShapes() {
        assertRefused(
                TestModels.identity(5),
                "m.onnx: input x=",
                "[1, 5]",
                "must be float of shape [1, 4], as the fields and the score of ");
        assertRefused(TestModels.mean(4), "m.onnx: output y=", "[1, 1]", "must be float of shape [1, 4]");
    }

    @Test
    void shouldRefuseNamesThatTheModelDoesNotHave() {
        assertRefused(
                TestModels.identity(4), new String[] {"input=features"}, "must be one of the model's inputs, [x]");
        assertRefused(TestModels.identity(4), new String[] {"output=z"}, "must be one of the model's outputs, [y]");
    }

    @Test
    void shouldRefuseWhatIsNoModel() {
        assertRefused("# nothing".getBytes(StandardCharsets.UTF_8), "must be an ONNX file");
        assertRefused(new byte[0], "must be an ONNX file");
    }

    @Test
    void shouldRefuseAnotherFileThanTheManifestMeansAndOneThatIsNotThere() throws IOException {
        final ModelFile file = ModelFile.read(TestModels.write(directory, TestModels.identity(4), FIELDS));
        Files.write(directory.resolve("m.onnx"), TestModels.zero(4));
        assertThatThrownBy(() -> OnnxModel.open(file, directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("m.properties: sha256=" + TestModels.sha256(TestModels.identity(4)))
                .hasMessageContaining("must be that of ")
                .hasMessageContaining(TestModels.sha256(TestModels.zero(4)));
        Files.delete(directory.resolve("m.onnx"));
        assertThatThrownBy(() -> OnnxModel.open(file, directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("m.properties: onnx=")
                .hasMessageContaining("must be a readable file");
    }

    private void assertRefused(final byte[] model, final String... words) {
        assertRefused(model, new String[0], words);
    }

    private void assertRefused(final byte[] model, final String[] lines, final String... words) {
        assertThatThrownBy(() -> open(model, lines))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(words);
    }

    private OnnxModel open(final byte[] model, final String... lines) {
        final String[] all = Stream.of(FIELDS, lines).flatMap(Stream::of).toArray(String[]::new);
        return OnnxModel.open(ModelFile.read(TestModels.write(directory, model, all)), directory);
    }
}

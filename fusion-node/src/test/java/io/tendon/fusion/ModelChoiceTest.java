package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.cycle.RtMode;
import io.tendon.fusion.inference.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelChoiceTest {
    private static final long WINDOW_NS = 10_000_000;
    private static final Path SHIPPED = Path.of("..", "deploy", "src", "main", "config", "models");

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        final Path models = Files.createDirectories(home.resolve("config").resolve("models"));
        for (final String name : new String[] {"tendon6-windows.properties", "tendon6-windows.onnx"}) {
            Files.copy(SHIPPED.resolve(name), models.resolve(name));
        }
    }

    @Test
    void shouldTakeTheModelThatWasTrainedOnThisRobotInThisCell() {
        final ModelFile file = choice(WINDOW_NS, ShippedRobot.CELL).choose(ModelChoice.AUTO);

        assertThat(file).isNotNull().extracting(ModelFile::name).isEqualTo("tendon6-windows");
    }

    @Test
    void shouldTakeNoneForAnotherCellOrWindowOrWhenToldSo() throws IOException {
        final Path cell = home.resolve("my-cell.properties");
        Files.writeString(cell, Files.readString(ShippedRobot.CELL) + "# mine\n");

        assertThat(choice(WINDOW_NS, cell).choose(ModelChoice.AUTO)).isNull();
        assertThat(choice(2 * WINDOW_NS, ShippedRobot.CELL).choose(ModelChoice.AUTO))
                .isNull();
        assertThat(choice(WINDOW_NS, ShippedRobot.CELL).choose(ModelChoice.NONE))
                .isNull();
        assertThat(choice(WINDOW_NS, ShippedRobot.CELL, null).choose(ModelChoice.AUTO))
                .isNull();
        assertThat(choice(WINDOW_NS, ShippedRobot.CELL, home.resolve("config").toString())
                        .choose(ModelChoice.AUTO))
                .isNull();
    }

    @Test
    void shouldTakeTheOneThatIsNamedInAnyCellButNotForAnotherWindow() throws IOException {
        final Path cell = home.resolve("my-cell.properties");
        Files.writeString(cell, Files.readString(ShippedRobot.CELL) + "# mine\n");
        final String named = SHIPPED.resolve("tendon6-windows.properties").toString();

        assertThat(choice(WINDOW_NS, cell).choose(named)).isNotNull();
        assertThatThrownBy(() -> choice(2 * WINDOW_NS, cell).choose(named))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("trained.window=10ms: must be that of this robot, 20ms");
    }

    private ModelChoice choice(final long windowNs, final Path cell) {
        return choice(windowNs, cell, home.toString());
    }

    private static ModelChoice choice(final long windowNs, final Path cell, final @Nullable String home) {
        final CellOptions files = CommandLine.populateCommand(
                new CellOptions(), "--robot", ShippedRobot.URDF.toString(), "--cell", cell.toString());
        final FusionConfig config =
                new FusionConfig(windowNs, WINDOW_NS / 10, 1_000_000, 15_000_000, 20, 0.6, 0.03, RtMode.OFF, -1);
        return new ModelChoice(config, ShippedRobot.read(), files, home);
    }
}

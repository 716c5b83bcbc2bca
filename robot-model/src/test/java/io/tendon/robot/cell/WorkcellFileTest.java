package io.tendon.robot.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkcellFileTest {
    private static final long SEED = 5L;

    @TempDir
    private Path directory;

    private Path file = Path.of("cell.properties");

    @BeforeEach
    void inDirectory() {
        file = directory.resolve("cell.properties");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 50; i++) {
            final Workcell cell = Workcell.onTable(
                    random.nextDouble(-0.5, 0.5),
                    random.nextDouble(0.01, 0.1),
                    random.nextDouble(0.01, 2),
                    new double[] {random.nextDouble(0.2, 0.6), random.nextDouble(-0.6, -0.2)},
                    new double[] {random.nextDouble(0.2, 0.6), random.nextDouble(0.2, 0.6)},
                    random.nextDouble(0.06, 0.3),
                    random.nextDouble(-3, 3));

            WorkcellFile.write(file, cell);

            assertThat(WorkcellFile.read(file)).as("seed %d case %d", SEED, i).isEqualTo(cell);
        }
    }

    @Test
    void shouldRestTheBlockOnTheTable() {
        final Workcell cell =
                Workcell.onTable(0.1, 0.04, 0.2, new double[] {0.4, -0.2}, new double[] {0.4, 0.2}, 0.15, 0);

        assertThat(cell.pickPositionM()).isEqualTo(new Point(0.4, -0.2, 0.1 + 0.02));
        assertThat(cell.pickPositionM().distanceM(cell.placePositionM())).isEqualTo(0.4);
    }

    @Test
    void shouldRefuseAnUnknownKeyAndNameTheNearest() throws IOException {
        write("pick-x-m", "pick_x-m");

        assertThatExceptionOfType(WorkcellException.class)
                .isThrownBy(() -> WorkcellFile.read(file))
                .withMessageContaining("cell.properties: pick_x-m")
                .withMessageContaining("did you mean pick-x-m?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block-mass-kg=0.25   | #                    | block-mass-kg: is missing",
                "block-mass-kg=0.25   | block-mass-kg=heavy  | block-mass-kg=heavy: must be a finite number",
                "block-mass-kg=0.25   | block-mass-kg=NaN    | block-mass-kg=NaN: must be a finite number",
                "block-size-m=0.04    | block-size-m=0       | blockSizeM=0.0: must be above 0",
                "table-height-m=0.0   | table-height-m=Infinity | table-height-m=Infinity: must be a finite number",
                "approach-height-m=0.14 | approach-height-m=0.02 | approachHeightM=0.02: must be above half",
                "tool-yaw-rad=0.0     | tool-yaw-rad=90      | toolYawRad=90.0: must be within -pi and pi",
                "place-y-m=0.22       | place-y-m=-0.20      | must be at least 1.5 times blockSizeM",
                "pick-x-m=0.42        | pick-x-m=NaN         | pick-x-m=NaN: must be a finite number",
                "block-mass-kg=0.25   | block-mass-kg=-1     | blockMassKg=-1.0: must be above 0",
            })
    void shouldRefuseWhatCannotBe(final String from, final String to, final String expected) throws IOException {
        write(from, to);

        assertThatExceptionOfType(WorkcellException.class)
                .isThrownBy(() -> WorkcellFile.read(file))
                .withMessageContaining("cell.properties: ")
                .withMessageContaining(expected);
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThatExceptionOfType(WorkcellException.class)
                .isThrownBy(() -> WorkcellFile.read(file))
                .withMessageContaining("cannot be read");
    }

    @Test
    void shouldRefuseABlockThatFloats() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Workcell(0, 0.04, 0.2, new Point(0.4, 0, 0.5), new Point(0.4, 0.3, 0.02), 0.1, 0))
                .withMessageContaining("pickPositionM.zM=0.5");
    }

    private void write(final String from, final String to) throws IOException {
        final String shipped = Files.readString(Path.of("..", "deploy", "src", "main", "config", "cell.properties"));
        assertThat(shipped).contains(from);
        Files.writeString(file, shipped.replace(from, to));
    }
}

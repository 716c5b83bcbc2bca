package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.fusion.ShippedRobot;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfReader;
import io.tendon.robot.cell.Workcell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellSearchTest {
    private static final Path CORPUS = Path.of("..", "robot-model", "src", "test", "resources", "robots");

    /** Its tip lies on its last axis, so two joints move it, on a sphere. */
    private static final String TOO_SIMPLE = "sloppy.urdf";

    static List<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".urdf"))
                    .filter(file -> !file.endsWith(TOO_SIMPLE))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldFindACellThatCanBePlanned(final Path file) {
        final RobotModel robot = UrdfReader.read(file);

        final Workcell cell = new CellSearch(robot).find();

        assertThat(new CellPlanner(robot).plan(cell).angleErrorRad()).isLessThan(0.5);
        assertThat(cell.pickPositionM().distanceM(cell.placePositionM())).isGreaterThan(3 * cell.blockSizeM());
    }

    @Test
    void shouldRefuseAnArmThatCannotMoveStraightDown() {
        final RobotModel twoAxes = UrdfReader.read(CORPUS.resolve(TOO_SIMPLE));

        assertThatThrownBy(() -> new CellSearch(twoAxes).find())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("robot=sloppy arm: no two places on a table");
    }

    @Test
    void shouldFindTheSameCellInEachRun() {
        final RobotModel robot = ShippedRobot.read();

        final Workcell cell = new CellSearch(robot).find();

        assertThat(new CellSearch(robot).find()).isEqualTo(cell);
        assertThat(new CellPlanner(robot).plan(cell).angleErrorRad()).isLessThan(0.02);
    }
}

package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.config.NodeCommand;
import io.tendon.fusion.inference.TestModels;
import io.tendon.robot.cell.WorkcellFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FusionNodeTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteAWorkCellForARobot() {
        final Path cell = directory.resolve("cell.properties");

        final int exit = NodeCommand.execute(
                newNode(), "plan-cell", "--robot", ShippedRobot.URDF.toString(), "--out", cell.toString());

        assertThat(exit).isEqualTo(NodeCommand.EXIT_OK);
        assertThat(WorkcellFile.read(cell).blockSizeM()).isEqualTo(0.04);
    }

    @Test
    void shouldFailToPlanForARobotThatIsNotThere() {
        final int exit = NodeCommand.execute(
                newNode(), "plan-cell", "--robot", directory.resolve("no.urdf").toString(), "--out", "x");

        assertThat(exit).isEqualTo(NodeCommand.EXIT_USAGE);
    }

    @Test
    void shouldRefuseACellOutOfReachBeforeItLooksForABus() throws IOException {
        final Path cell = directory.resolve("far.properties");
        Files.writeString(
                cell,
                Files.readString(ShippedRobot.CELL, StandardCharsets.UTF_8).replaceAll("pick-x-m=.*", "pick-x-m=4"));

        final int exit = NodeCommand.execute(
                newNode(), "run", "--robot", ShippedRobot.URDF.toString(), "--cell", cell.toString());

        assertThat(exit).isEqualTo(NodeCommand.EXIT_USAGE);
    }

    @Test
    void shouldRefuseAModelOfAnotherRobotBeforeItLooksForABus() {
        final Path manifest = TestModels.write(
                directory, TestModels.identity(7), "fields=effort-mean", "effort-mean.unit=Nm", "effort-mean.shape=7");

        assertThat(run("--model", manifest.toString())).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(run("--model", directory.resolve("no.properties").toString()))
                .isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(run("--model", manifest.toString(), "--from-replay")).isEqualTo(NodeCommand.EXIT_USAGE);
    }

    private static int run(final String... options) {
        final String[] robot = {"run", "--robot", ShippedRobot.URDF.toString(), "--cell", ShippedRobot.CELL.toString()};
        return NodeCommand.execute(
                newNode(), Stream.of(robot, options).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void shouldFailToShowTheStatusOfARobotThatDoesNotRun() {
        assertThat(NodeCommand.execute(newNode(), "status", "--name", "nobody-runs-this", "--json"))
                .isEqualTo(NodeCommand.EXIT_FAILURE);
    }

    @Test
    void shouldExplainEveryOptionWithItsDefault() {
        final ByteArrayOutputStream help = new ByteArrayOutputStream();
        final int exit = new CommandLine(newNode())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(help, true, StandardCharsets.UTF_8))
                .execute("run", "--help");

        assertThat(exit).isEqualTo(NodeCommand.EXIT_OK);
        assertThat(help.toString(StandardCharsets.UTF_8))
                .contains(
                        "--window",
                        "10ms",
                        "--grace",
                        "--horizon",
                        "--rt",
                        "--cpu",
                        "--robot",
                        "--cell",
                        "--speed",
                        "--model");
    }

    private static FusionNode newNode() {
        return FusionNode.command();
    }
}

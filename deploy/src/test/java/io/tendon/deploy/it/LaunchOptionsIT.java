package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may ask of the launcher: another robot, a second robot, and mistakes that end in a clear word. */
class LaunchOptionsIT {
    @TempDir
    private Path data;

    @Test
    void shouldRunSomebodyElsesRobotBesideAnother() throws IOException {
        final Installation installation = new Installation(data);
        final Path urdf = Files.copy(
                Path.of("../robot-model/src/test/resources/robots/desk_arm_with_jaw.urdf"),
                data.resolve("theirs.urdf"));
        try (Robot first = Robot.launch(installation, "it-first", "--duration", "16s");
                Robot second =
                        Robot.launch(installation, "it-second", "--duration", "8s", "--robot", urdf.toString())) {
            assertThat(second.awaitExit()).as(second.output()).isZero();
            assertThat(first.awaitExit()).as(first.output()).isZero();
            for (final Robot robot : new Robot[] {first, second}) {
                final Json report = robot.report();
                final String state = report.find("streams", "name", "control.state");
                assertThat(report.number(state + "recorded")).isEqualTo(report.number("control.executed"));
                assertThat(report.number(state + "refused")).isZero();
            }
            assertThat(first.report().text("session"))
                    .isNotEqualTo(second.report().text("session"));
        }
    }

    @Test
    void shouldRefuseARobotThatIsNoArmWithLineAndReason() throws IOException {
        final Path urdf = Files.writeString(data.resolve("cart.urdf"), """
                        <robot name="cart">
                          <link name="base"/>
                          <link name="wheel"/>
                          <joint name="axle" type="continuous"><parent link="base"/><child link="wheel"/></joint>
                        </robot>
                        """);

        final Installation.Outcome outcome =
                new Installation(data).run("launch-all", "--name", "it-cart", "--robot", urdf.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("cart.urdf:").contains("3");
        assertThat(outcome.err().lines()).hasSizeLessThan(4);
    }

    @Test
    void shouldStopAtAnUnknownConfigurationKeyAndNameTheNearest() throws IOException {
        final Path config = Files.writeString(data.resolve("c.properties"), "durration=5s\n");

        final Installation.Outcome outcome =
                new Installation(data).run("launch-all", "--name", "it-key", "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("durration").contains("did you mean duration?");
    }

    @Test
    void shouldRefuseALoopSoFastThatAStalledReaderCouldHoldIt() {
        final Installation.Outcome outcome = new Installation(data)
                .run("control-node", "run", "--name", "it-fast", "--period", "100us", "--spin", "0ns");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("control.state rate=10000/s").contains("lower the rate to");
    }

    @Test
    void shouldRefuseBeforeTheRunWhatItCouldNotWriteAfterIt() throws IOException {
        final Installation installation = new Installation(data);
        final Path file = Files.writeString(data.resolve("file"), "");

        final Installation.Outcome report = installation.run(
                "launch-all",
                "--name",
                "it-write",
                "--report",
                file.resolve("r.json").toString());
        final Installation.Outcome sessions =
                installation.run("launch-all", "--name", "it-write", "--data", file.toString());

        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err()).contains("report=" + file).contains("must be writable");
        assertThat(sessions.exitCode()).isEqualTo(2);
        assertThat(sessions.err()).contains("data=" + file).contains("choose another with --data");
    }

    @Test
    void shouldStopAtOnceWhenInterruptedWhileItStarts() throws IOException, InterruptedException {
        final Installation installation = new Installation(data);
        final Path output = data.resolve("interrupted.out");
        final String name = "it-early-" + ProcessHandle.current().pid();
        final Process launch = installation.start(output, "launch-all", "--name", name);
        final Path log = RuntimeDirectory.of(name).directory().resolve("logs");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(log.resolve("persistence.log")));

        new ProcessBuilder("kill", "-INT", Long.toString(launch.pid())).start().waitFor();

        assertThat(launch.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(launch.exitValue()).isEqualTo(1);
        assertThat(Files.readString(output)).contains("stopped while the robot was starting");
        assertThat(log.resolve("control.log")).doesNotExist();
        assertThat(log.resolveSibling("aeron")).doesNotExist();
    }

    @Test
    void shouldSayOnOneLineThatNoRobotRuns() {
        final Installation installation = new Installation(data);
        for (final String node : new String[] {"control-node", "fusion-node", "persistence-node"}) {
            final Installation.Outcome status = installation.run(node, "status", "--name", "it-nobody");
            assertThat(status.exitCode()).as(node).isEqualTo(1);
            assertThat(status.err().lines()).as(node).hasSize(1);
            assertThat(status.err()).contains("no session runs").contains("launch-all.sh --name it-nobody");
        }
    }

    @Test
    void shouldDocumentEveryOptionOfEveryCommand() {
        final Installation installation = new Installation(data);
        for (final String command :
                new String[] {"launch-all", "bus-driver", "control-node", "fusion-node", "persistence-node"}) {
            final Installation.Outcome help = installation.run(command, "--help");
            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Usage: " + command);
        }
        assertThat(installation.run("control-node", "run", "--help").out())
                .contains("--period")
                .contains("--rt");
        assertThat(installation.run("launch-all", "--version").out())
                .contains("Tendon")
                .contains("Java");
    }
}

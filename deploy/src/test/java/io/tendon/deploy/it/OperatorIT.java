package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a robot that runs: status, hold, jog, resume, emergency stop, and a second launch. */
class OperatorIT {
    private static final String NAME = "it-operator";

    @TempDir
    private Path data;

    @Test
    void shouldObeyAnOperatorAndStopInOrderOnCtrlC() {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, NAME)) {
            awaitState(installation, "RUNNING");
            assertRefusedWhileRunning(installation);
            assertSecondLaunchIsRefused(installation);
            assertReadsWhileRunning(installation);

            assertThat(command(installation, "hold")).isZero();
            awaitState(installation, "HOLDING");
            assertThat(command(installation, "jog", "--joint", "0", "--by", "0.05"))
                    .isZero();
            awaitState(installation, "HOLDING");
            assertThat(command(installation, "resume")).isZero();
            awaitState(installation, "RUNNING");

            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isZero();
            assertThat(robot.output()).contains("stopping: fusion, control to a held stop, recorder drained, driver");
            final Json report = robot.report();
            final String commands = report.find("streams", "name", "operator.command");
            assertThat(report.number(commands + "recorded")).isEqualTo(report.number(commands + "sent"));
            assertThat(report.number(commands + "sent")).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void shouldLatchAnEmergencyStopUntilItIsReset() {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, NAME + "-estop")) {
            awaitState(installation, NAME + "-estop", "RUNNING");
            assertThat(installation
                            .run("control-node", "estop", "--name", robot.name())
                            .exitCode())
                    .isZero();
            awaitState(installation, robot.name(), "EMERGENCY_STOPPED");

            final Installation.Outcome resume = installation.run("control-node", "resume", "--name", robot.name());
            assertThat(resume.exitCode()).isEqualTo(1);
            assertThat(resume.err() + resume.out()).contains("reset");

            assertThat(installation
                            .run("control-node", "reset", "--name", robot.name())
                            .exitCode())
                    .isZero();
            awaitState(installation, robot.name(), "RUNNING");
            assertThat(installation
                            .run("control-node", "estop", "--name", robot.name())
                            .exitCode())
                    .isZero();
            awaitState(installation, robot.name(), "EMERGENCY_STOPPED");
            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isEqualTo(3);
        }
    }

    @Test
    void shouldHoldTheArmAndCloseTheSessionWhenTheLauncherDies() {
        final Installation installation = new Installation(data);
        final String name = NAME + "-orphan";
        try (Robot robot = Robot.launch(installation, name)) {
            awaitState(installation, name, "RUNNING");
            robot.kill();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        final Json sessions = Json.parse(installation
                                .run("persistence-node", "sessions", "--json")
                                .out());
                        assertThat(sessions.text("[0].state")).isEqualTo("CLOSED");
                        assertThat(installation
                                        .run("control-node", "status", "--name", name)
                                        .err())
                                .contains("no session runs");
                    });
        }
    }

    private static void assertRefusedWhileRunning(final Installation installation) {
        final Installation.Outcome jog =
                installation.run("control-node", "jog", "--name", NAME, "--joint", "0", "--by", "0.1");
        assertThat(jog.exitCode()).isEqualTo(1);
        assertThat(jog.err() + jog.out()).contains("hold");
    }

    private static void assertSecondLaunchIsRefused(final Installation installation) {
        final Installation.Outcome second = installation.run("launch-all", "--name", NAME, "--duration", "5s");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("runs already").contains("--name other");
    }

    private static void assertReadsWhileRunning(final Installation installation) {
        for (final String node : new String[] {"control-node", "fusion-node", "persistence-node"}) {
            final Installation.Outcome status = installation.run(node, "status", "--name", NAME, "--json");
            assertThat(status.exitCode()).as(node + status.err()).isZero();
            assertThat(Json.parse(status.out()).values()).as(node).isNotEmpty();
        }
        final Installation.Outcome dump =
                installation.run("persistence-node", "dump", "--stream", "fusion.setpoint", "--count", "3");
        assertThat(dump.exitCode()).as(dump.err()).isZero();
        assertThat(dump.lines()).hasSize(3);
        final Json sessions = Json.parse(
                installation.run("persistence-node", "sessions", "--json").out());
        assertThat(sessions.text("[0].state")).isEqualToIgnoringCase("open");
        assertThat(installation.run("persistence-node", "info").exitCode()).isZero();
    }

    private static int command(final Installation installation, final String verb, final String... arguments) {
        final String[] all = new String[arguments.length + 3];
        all[0] = verb;
        all[1] = "--name";
        all[2] = NAME;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return installation.run("control-node", all).exitCode();
    }

    private static void awaitState(final Installation installation, final String state) {
        awaitState(installation, NAME, state);
    }

    private static void awaitState(final Installation installation, final String name, final String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    final Installation.Outcome status =
                            installation.run("control-node", "status", "--name", name, "--json");
                    assertThat(Json.parse(status.out()).text("control.safetyState"))
                            .isEqualTo(state);
                });
    }
}

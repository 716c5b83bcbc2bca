package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real faults on a real robot, injected by the command that ships. */
class FaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    @Test
    void shouldHoldTheRecordersWritesAndLoseNothing() {
        try (Robot robot = Robot.launch(new Installation(data), "it-fault-disk");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);

            final Json stall = injected(robot, "disk-stall", "--for", "4s");
            assertThat(stall.text("account[0]"))
                    .matches("held [3-6] writes of thread archive-recorder \\(\\d+\\) for 0\\.[0-9]+ s in all.*");
            assertHeld(stall, 3.9);

            final Json slow = injected(robot, "disk-slow", "--delay", "10ms", "--for", "3s");
            assertThat(slow.text("account[0]")).matches("held [0-9]{2,} writes of thread .* for [0-9.]+ s in all.*");
            assertHeld(slow, 2.9);
        }
    }

    @Test
    void shouldGoOnWhenTheRecorderIsStoppedAndWhenItIsKilled() {
        try (Robot robot = Robot.launch(new Installation(data), "it-fault-recorder");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            final long pid = live.pid(NodeId.PERSISTENCE);

            final Json stop = injected(robot, "recorder-stop", "--for", "3s");
            assertThat(stop.text("account[0]")).matches("recorder, process " + pid + ", stood still for 3\\.[0-9]+ s");
            assertHeld(stop, 2.9);
            assertThat(live.pid(NodeId.PERSISTENCE)).isEqualTo(pid);

            final Json kill = injected(robot, "recorder-kill", "--for", "3s");
            assertHeld(kill, 2.9);
            assertThat(kill.text("recoveryFrom")).isEqualTo("kill");
            assertThat(kill.decimal("recoveryS")).isPositive();
            assertThat(live.pid(NodeId.PERSISTENCE)).isNotEqualTo(pid);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenTheCommandItselfIsKilled() {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, "it-fault-orphan");
                LiveRobot live = new LiveRobot(robot.name());
                CounterView counters = CounterView.open(RuntimeDirectory.of(robot.name()))) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            for (final String fault : List.of("recorder-block", "recorder-stop")) {
                for (final boolean isForced : new boolean[] {true, false}) {
                    final Path output = data.resolve(fault + isForced);
                    final Process command = installation.start(
                            output, "tendon-inject", fault, "--name", robot.name(), "--before", "0s", "--for", "60s");
                    awaitNothingRecorded(counters, command, output);
                    if (isForced) {
                        command.destroyForcibly();
                    } else {
                        command.destroy();
                        assertThat(command.onExit().join().exitValue()).isEqualTo(1);
                    }
                    final long recorded = LiveRobot.recorded(counters);
                    await().atMost(PATIENCE).until(() -> LiveRobot.recorded(counters) > recorded + 1_000);
                }
            }
        }
    }

    @Test
    void shouldGoOnWithoutRoomAndRecordAgainWhenThereIsSome() throws IOException {
        final Path small = Files.createDirectory(data.resolve("small"));
        assumeTrue(
                Tool.exitCode("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", small.toString()) == 0,
                "a small file system can be mounted");
        try {
            try (Robot robot = Robot.launch(new Installation(data), "it-fault-full", "--data", small.toString());
                    LiveRobot live = new LiveRobot(robot.name())) {
                live.awaitState(SafetyState.RUNNING, PATIENCE);
                final Json full = injected(robot, "disk-full", "--for", "5s");
                assertThat(full.text("account[0]"))
                        .matches("filled tmpfs \\(tmpfs\\) with [0-9.]+ MiB; 0 bytes are left");
                assertHeld(full, 4.9);
                assertThat(small.toFile().getFreeSpace()).isGreaterThan(64L << 20);
            }
        } finally {
            assertThat(Tool.exitCode("umount", small.toString())).isZero();
        }
    }

    @Test
    void shouldFillNoLargeFileSystemUnasked() {
        try (Robot robot = Robot.launch(new Installation(data), "it-fault-large");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            assumeTrue(data.toFile().getTotalSpace() > 1L << 30, "the file system is large");

            final Installation.Outcome refused =
                    new Installation(data).run("tendon-inject", "disk-full", "--name", robot.name());

            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("must be at most 1 GiB unless --yes is given")
                    .contains("mount -t tmpfs");
        }
    }

    @Test
    @Tag("minutes")
    void shouldLeaveASlowReaderBehindAndRefuseNothing() {
        try (Robot robot = Robot.launch(new Installation(data), "it-fault-reader");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);

            final Json reader = injected(robot, "slow-reader");

            assertThat(reader.text("account[0]")).matches("took [1-9][0-9]* messages");
            assertThat(reader.text("account[1]")).startsWith("left behind ");
            assertHeld(reader, 20);
        }
    }

    @Test
    @Tag("minutes")
    void shouldGoOnWhenControlAndFusionAndTheDriverAreKilledAndFusionCollectsGarbage() {
        try (Robot robot = Robot.launch(new Installation(data), "it-fault-kills");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);

            assertHeld(injected(robot, "gc-storm", "--for", "5s"), 4.9);
            assertHeld(injected(robot, "cpu-hog", "--for", "5s"), 4.9);
            assertHeld(injected(robot, "fusion-kill", "--for", "5s"), 4.9);
            final Json driver = injected(robot, "driver-kill", "--for", "15s");
            assertThat(driver.text("held")).as(driver.toString()).isEqualTo("true");
            final Json control = injected(robot, "control-kill", "--for", "5s");
            assertHeld(control, 0);
            assertThat(control.text("safetyState")).isEqualTo("HOLDING");
        }
    }

    /** Injects a fault, and reads what came of it; skips the test where the machine does not let it. */
    private Json injected(final Robot robot, final String fault, final String... arguments) {
        final List<String> all =
                new ArrayList<>(List.of(fault, "--name", robot.name(), "--json", "--before", "2s", "--after", "2s"));
        all.addAll(List.of(arguments));
        final Installation.Outcome outcome = new Installation(data).run("tendon-inject", all.toArray(String[]::new));
        assumeFalse(outcome.err().contains("is not permitted"), outcome.err());
        assertThat(outcome.exitCode())
                .as(fault + "\n" + outcome.out() + outcome.err() + robot.output())
                .isZero();
        return Json.parse(outcome.out());
    }

    /** The robot kept its promise, and there was a robot to keep it: cycles were executed and measured in each phase. */
    private static void assertHeld(final Json report, final double duringS) {
        assertThat(report.text("held")).as(report.toString()).isEqualTo("true");
        for (int phase = 0; phase < 3; phase++) {
            final String path = "phases[" + phase + "].";
            assertThat(report.number(path + "refused")).isZero();
            assertThat(report.number(path + "fusionMissed")).isZero();
            assertThat(report.number(path + "latenessNs.count")).isPositive();
            assertThat(report.number(path + "latenessNs.max"))
                    .isGreaterThanOrEqualTo(report.number(path + "latenessNs.p50"));
        }
        assertThat(report.decimal("phases[1].durationS")).isGreaterThanOrEqualTo(duringS);
        assertThat(report.decimal("phases[1].executed")).isGreaterThan(500 * duringS);
    }

    /** Waits until the recorder has written nothing for a while. */
    private static void awaitNothingRecorded(final CounterView counters, final Process command, final Path output) {
        final long[] latest = {LiveRobot.recorded(counters), System.nanoTime()};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            final long recorded = LiveRobot.recorded(counters);
            if (recorded != latest[0]) {
                latest[0] = recorded;
                latest[1] = System.nanoTime();
            }
            if (!command.isAlive()) {
                final String printed = Files.readString(output);
                assumeFalse(printed.contains("is not permitted"), printed);
                throw new AssertionError(printed);
            }
            return System.nanoTime() - latest[1] > TimeUnit.SECONDS.toNanos(2);
        });
    }
}

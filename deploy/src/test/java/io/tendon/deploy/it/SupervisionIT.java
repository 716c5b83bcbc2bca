package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a robot are killed while it works, and it goes on. */
class SupervisionIT {
    private static final int ROUNDS = 5;
    /** From one kill to the next, so that no node dies three times within a minute: each comes every third time. */
    private static final long KILL_INTERVAL_MS = 10_400;

    private static final Duration BACK = Duration.ofSeconds(10);
    private static final Duration DRIVER_BACK = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<NodeId> NODES = List.of(NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE);

    @TempDir
    private Path data;

    @Test
    @Tag("minutes")
    void shouldGoOnWithoutAGapWhenEachNodeIsKilledFiveTimes() {
        final Installation installation = new Installation(data);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (Robot robot = Robot.launch(installation, "it-kills");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            for (int round = 0; round < ROUNDS; round++) {
                for (final NodeId node : NODES) {
                    final long startNs = System.nanoTime();
                    killAndRecover(installation, robot, live, node, random.nextInt(2_000));
                    awaitSince(startNs, KILL_INTERVAL_MS);
                }
            }
            robot.interrupt();
            assertThat(robot.awaitExit())
                    .as("seed " + seed + "\n" + robot.output())
                    .isZero();
            final Json report = robot.report();
            for (final NodeId node : NODES) {
                final String path = report.find("nodes", "name", name(node));
                assertThat(report.number(path + "restarts")).as(name(node)).isEqualTo(ROUNDS);
            }
            assertNothingIsLost(report, "seed " + seed, 2L * ROUNDS);
            assertWhole(installation);
        }
    }

    @Test
    void shouldGoOnWithTheDriversThatTakeOverWhenTheDriverIsKilledTwice() {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, "it-driver-kill");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            final String session = live.session().sessionName();
            final Map<NodeId, Long> pids = pids(live);

            for (int death = 1; death <= 2; death++) {
                final long dead = live.kill(NodeId.DRIVER);
                live.awaitBack(NodeId.DRIVER, dead, DRIVER_BACK);
                awaitHeardAgain(live);
            }

            assertThat(pids(live)).as(robot.output()).isEqualTo(pids);
            assertThat(live.session().sessionName()).isEqualTo(session);
            recover(installation, robot, live, NodeId.FUSION);
            robot.interrupt();
            final int exitCode = robot.awaitExit();
            final Json report = robot.report();
            assertThat(report.number(report.find("nodes", "name", "driver") + "restarts"))
                    .isEqualTo(2);
            assertLossIsStated(report, installation, exitCode, robot.output());
            assertWhole(installation);
        }
    }

    @Test
    void shouldStopInOrderWhenANodeDiesThreeTimesWithinAMinute() {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, "it-deaths");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            for (int death = 1; death <= 2; death++) {
                final long dead = live.kill(NodeId.FUSION);
                live.awaitBack(NodeId.FUSION, dead, BACK);
            }
            live.kill(NodeId.FUSION);

            assertThat(robot.awaitExit()).as(robot.output()).isEqualTo(1);
            assertThat(robot.output())
                    .contains("fusion: died (signal 9) for the 3rd time within a minute")
                    .contains("fusion.log")
                    .contains("stopping: fusion, control to a held stop, recorder drained, driver");
            final Json report = robot.report();
            assertThat(report.number(report.find("nodes", "name", "control") + "exit"))
                    .isZero();
            assertThat(report.number(report.find("nodes", "name", "persistence") + "exit"))
                    .as(robot.outputAndLog("persistence"))
                    .isZero();
            assertNothingIsLost(report, "fusion", 3);
            assertWhole(installation);
        }
    }

    private static void killAndRecover(
            final Installation installation,
            final Robot robot,
            final LiveRobot live,
            final NodeId node,
            final long delayMs) {
        awaitSince(System.nanoTime(), delayMs);
        final Map<NodeId, Long> before = pids(live);
        final long dead = live.kill(node);
        NODES.stream().filter(other -> other != node).forEach(other -> live.awaitProgress(other, BACK));
        live.awaitBack(node, dead, BACK);

        final Map<NodeId, Long> after = pids(live);
        for (final NodeId other : NODES) {
            if (other != node) {
                assertThat(after.get(other)).as(other + "\n" + robot.output()).isEqualTo(before.get(other));
            }
        }
        recover(installation, robot, live, node);
    }

    /** What a person does after a node's death: lets the arm go on. */
    private static void recover(
            final Installation installation, final Robot robot, final LiveRobot live, final NodeId node) {
        if (node == NodeId.CONTROL) {
            live.awaitState(SafetyState.HOLDING, PATIENCE);
            assertThat(installation
                            .run("control-node", "resume", "--name", robot.name())
                            .exitCode())
                    .isZero();
        } else if (node == NodeId.FUSION && live.safetyState() == SafetyState.STOPPED) {
            assertThat(installation
                            .run("control-node", "reset", "--name", robot.name())
                            .exitCode())
                    .isZero();
        }
        live.awaitState(SafetyState.RUNNING, PATIENCE);
    }

    /** Every writer's messages are recorded, over the new driver. */
    private static void awaitHeardAgain(final LiveRobot live) {
        NODES.forEach(node -> live.awaitProgress(node, DRIVER_BACK));
        final long received = live.count(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL);
        await().atMost(DRIVER_BACK)
                .until(() -> live.count(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL) > received + 1_000);
    }

    /**
     * Everything that was sent is recorded, and nothing was refused.
     *
     * @param kills of writers: one may have died between a message and its count.
     */
    private static void assertNothingIsLost(final Json report, final String what, final long kills) {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final String path = report.find("streams", "name", stream.name());
            assertThat(report.number(path + "refused"))
                    .as(what + " " + stream.name())
                    .isZero();
            assertThat(report.number(path + "recorded"))
                    .as(what + " " + stream.name())
                    .isBetween(report.number(path + "sent"), report.number(path + "sent") + kills);
        }
    }

    /** No damage, and no loss without a reason in the log. */
    static void assertWhole(final Installation installation) {
        final Installation.Outcome verify = installation.run("persistence-node", "verify", "--json");
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(Json.parse(verify.out()).text("ok")).isEqualTo("true");
    }

    private static void assertLossIsStated(
            final Json report, final Installation installation, final int exitCode, final String output) {
        long unrecorded = 0;
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final String path = report.find("streams", "name", stream.name());
            unrecorded += Math.max(0, report.number(path + "sent") - report.number(path + "recorded"));
        }
        assertThat(exitCode).as(output).isEqualTo(unrecorded == 0 ? 0 : 1);
        if (unrecorded > 0) {
            assertThat(output).contains(unrecorded + " NOT RECORDED");
        }
        final Installation.Outcome events = installation.run("persistence-node", "dump", "--stream", "control.event");
        assertThat(events.out()).contains("LOG_REPLACED");
    }

    private static Map<NodeId, Long> pids(final LiveRobot live) {
        final Map<NodeId, Long> pids = new EnumMap<>(NodeId.class);
        NODES.forEach(node -> pids.put(node, live.pid(node)));
        return pids;
    }

    private static void awaitSince(final long startNs, final long ms) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() - startNs >= TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private static String name(final NodeId node) {
        return node.name().toLowerCase(Locale.ROOT);
    }
}

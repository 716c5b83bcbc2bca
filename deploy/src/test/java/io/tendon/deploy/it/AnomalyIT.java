package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tendon.bus.counter.BusCounter;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story's false alarms: control that stands still for 47 ms every second is no fault of the arm, and what is one is found by
 * control and by the model that fusion runs unasked.
 */
class AnomalyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ENOUGH_WINDOWS = 300;

    @TempDir
    private Path data;

    @Test
    void shouldTellStallsOfControlFromACollision() {
        final Installation installation =
                Installation.configured(data, "control-node.properties", "sim-fault=collision@40s");
        try (Robot robot = Robot.launch(installation, "it-anomaly");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            final Json stalls = stalled(robot);
            assertThat(stalls.text("held")).as(stalls.toString()).isEqualTo("true");
            assertThat(stalls.text("account[0]")).matches("control stood still [5-9] times, [0-9.]+ ms each.*");
            assertThat(live.count(BusCounter.FAULTS_INJECTED, NodeId.CONTROL)).isZero();
            assertThat(live.count(BusCounter.INFERENCES, NodeId.FUSION)).isGreaterThan(ENOUGH_WINDOWS);
            assertThat(live.count(BusCounter.ANOMALIES, NodeId.CONTROL)).isZero();
            assertThat(live.count(BusCounter.INFERENCES_ABOVE, NodeId.FUSION)).isZero();

            await().atMost(PATIENCE).until(() -> live.count(BusCounter.ANOMALIES, NodeId.CONTROL) > 0);
            await().atMost(PATIENCE).until(() -> live.count(BusCounter.INFERENCES_ABOVE, NodeId.FUSION) > 0);
            robot.interrupt();
            robot.awaitExit();
        }
        final List<Json> injected = events(installation, "control.event", "FAULT_INJECTED");
        assertThat(injected).hasSize(1);
        assertThat(events(installation, "control.event", "ANOMALY"))
                .isNotEmpty()
                .allMatch(isBehind(injected.get(0)));
        assertThat(events(installation, "fusion.event", "ANOMALY")).isNotEmpty().allMatch(isBehind(injected.get(0)));
    }

    private Json stalled(final Robot robot) {
        final Installation.Outcome outcome = new Installation(data)
                .run(
                        "tendon-inject",
                        "control-stall",
                        "--name",
                        robot.name(),
                        "--json",
                        "--before",
                        "1s",
                        "--for",
                        "7s",
                        "--after",
                        "2s");
        assumeFalse(outcome.err().contains("is not permitted"), outcome.err());
        assertThat(outcome.exitCode())
                .as(outcome.out() + outcome.err() + robot.output())
                .isZero();
        return Json.parse(outcome.out());
    }

    private static List<Json> events(final Installation installation, final String stream, final String kind) {
        return installation.run("persistence-node", "dump", "--stream", stream).lines().stream()
                .filter(line -> line.contains("\"" + kind + "\""))
                .map(Json::parse)
                .toList();
    }

    private static Predicate<Json> isBehind(final Json fault) {
        return event -> event.number("stamp.captureTimeNs") >= fault.number("stamp.captureTimeNs");
    }
}

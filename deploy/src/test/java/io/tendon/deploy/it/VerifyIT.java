package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of a real robot with kills in them, at moments that a seed gives, are whole: each gap has its reason in the log. */
@Tag("minutes")
class VerifyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_WAIT_MS = 1_200;
    private static final int MOST_KILLS = 3;

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldFindASessionWholeWhoseProcessesWereKilled(final long seed) {
        final Installation installation = new Installation(data);
        final Random random = new Random(seed);
        final List<NodeId> nodes =
                new ArrayList<>(List.of(NodeId.DRIVER, NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE));
        Collections.shuffle(nodes, random);
        try (Robot robot = Robot.launch(installation, "it-verify" + seed);
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            for (final NodeId node : nodes.subList(0, 1 + random.nextInt(MOST_KILLS))) {
                final long startNs = System.nanoTime();
                final long waitNs = 1_000_000L * random.nextInt(LONGEST_WAIT_MS);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> System.nanoTime() - startNs >= waitNs);
                live.awaitBack(node, live.kill(node), PATIENCE);
            }
            robot.interrupt();
            robot.awaitExit();
            assertThat(robot.output()).as("seed " + seed).contains("Started again: ");
        }
        SupervisionIT.assertWhole(installation);
    }
}

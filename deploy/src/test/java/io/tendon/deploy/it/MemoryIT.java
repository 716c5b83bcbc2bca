package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.cycle.ProcessRights;
import io.tendon.bus.health.ProcessFigures;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running robot takes of the memory: RssAnon and RssFile, without the log buffers, which are shared. */
class MemoryIT {
    private static final long CONTROL_BUDGET_BYTES = 90_000_000;
    private static final long PERSISTENCE_BUDGET_BYTES = 450_000_000;
    private static final long OTHERS_BUDGET_BYTES = 300_000_000;
    /** By then the JVMs have compiled what runs often, and have given back what they compiled it in. */
    private static final long SETTLED_CYCLES = 15_000;

    private static final NodeId[] NODES = {NodeId.DRIVER, NodeId.PERSISTENCE, NodeId.FUSION, NodeId.CONTROL};

    @TempDir
    private Path data;

    @Test
    void shouldStayWithinItsBudgetsOfMemoryAndLockControls() throws IOException {
        final Installation installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, "it-memory");
                LiveRobot live = new LiveRobot("it-memory")) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> live.count(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL) > SETTLED_CYCLES);

            final Map<NodeId, Long> residentBytes = new EnumMap<>(NodeId.class);
            for (final NodeId node : NODES) {
                final long bytes = ProcessFigures.residentBytes(live.pid(node));
                assertThat(bytes).as("%s, %s", node, robot.output()).isPositive();
                residentBytes.put(node, bytes);
            }
            assertThat(residentBytes.get(NodeId.CONTROL))
                    .as("control, of %s", residentBytes)
                    .isLessThanOrEqualTo(CONTROL_BUDGET_BYTES);
            assertThat(residentBytes.remove(NodeId.PERSISTENCE))
                    .as("persistence, beside %s", residentBytes)
                    .isLessThanOrEqualTo(PERSISTENCE_BUDGET_BYTES);
            assertThat(residentBytes.values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("the others, of %s", residentBytes)
                    .isLessThanOrEqualTo(OTHERS_BUDGET_BYTES);
            assertThat(lockedKib(live.pid(NodeId.CONTROL)) > 0)
                    .as("control's memory is locked")
                    .isEqualTo(ProcessRights.ofThisProcess().mayLockAll());
        }
    }

    private static long lockedKib(final long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}

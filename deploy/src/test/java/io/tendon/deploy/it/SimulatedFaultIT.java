package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.counter.BusCounter;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with the simulated arm stands in the recording, in each life of control. */
class SimulatedFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FAULT = "force-bias@2s+500ms,amount=5.0";

    @TempDir
    private Path data;

    @Test
    void shouldRecordEachFaultOnceInEachLifeOfControl() {
        final Installation installation =
                Installation.configured(data, "control-node.properties", "sim-fault=force-bias@2s+500ms,amount=5");
        try (Robot robot = Robot.launch(installation, "it-sim-fault");
                LiveRobot live = new LiveRobot(robot.name())) {
            live.awaitState(SafetyState.RUNNING, PATIENCE);
            awaitFaults(live, 1);
            final long dead = live.kill(NodeId.CONTROL);
            live.awaitBack(NodeId.CONTROL, dead, PATIENCE);
            awaitFaults(live, 2);
            assertThat(installation
                            .run("control-node", "status", "--name", robot.name())
                            .out())
                    .contains("2 injected into the simulated arm");
            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isZero();

            assertThat(robot.report().number("control.faultsInjected")).isEqualTo(2);
            assertThat(robot.output()).contains("faults injected into the simulated arm 2");
            final List<String> said =
                    installation.run("persistence-node", "dump", "--stream", "control.event").lines().stream()
                            .filter(line -> line.contains("\"FAULT_INJECTED\""))
                            .toList();
            assertThat(said).hasSize(2);
            assertThat(said).allSatisfy(line -> {
                final Json event = Json.parse(line);
                assertThat(event.text("text")).isEqualTo(FAULT);
                assertThat(event.number("code")).isEqualTo(-1);
                assertThat(event.decimal("amount")).isEqualTo(5);
            });
        }
    }

    private static void awaitFaults(final LiveRobot live, final long count) {
        await().atMost(PATIENCE).until(() -> live.count(BusCounter.FAULTS_INJECTED, NodeId.CONTROL) == count);
    }
}

package io.tendon.deploy.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobotReaderTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    @Test
    void shouldReadNothingWhereNoRobotRuns() {
        try (RobotReader reader = new RobotReader(new RuntimeDirectory("arm1", directory))) {
            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void shouldReadTheNodesThatThereAreAndKeepTheLastFiguresOfASessionThatIsOver() throws IOException {
        final RuntimeDirectory runtime = new RuntimeDirectory("arm1", directory);
        try (RobotReader reader = new RobotReader(runtime)) {
            try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                    BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
                final var counters = control.counters();
                counters.node(BusCounter.PID).setRelease(ProcessHandle.current().pid());
                // Ahead of time, so that it does not get old on a machine however slow.
                counters.node(BusCounter.HEARTBEAT_MS)
                        .setRelease(control.clock().time() + 3_600_000);
                counters.node(BusCounter.READY).setRelease(1);
                counters.node(BusCounter.LIVES).setRelease(3);
                counters.node(BusCounter.SAFETY_STATE).setRelease(SafetyState.STOPPED.value());
                counters.node(BusCounter.CYCLES_MISSED).setRelease(4);
                counters.stream(BusCounter.REFUSED, StreamCatalog.CONTROL_STATE).setRelease(9);

                final RobotFigures figures = reader.read().orElseThrow();

                assertThat(figures.sessionName()).isEqualTo(driver.session().sessionName());
                assertThat(figures.isLive()).isTrue();
                assertThat(state(figures, NodeId.DRIVER)).isEqualTo(NodeState.UP);
                assertThat(state(figures, NodeId.FUSION)).isEqualTo(NodeState.ABSENT);
                final NodeFigures node = figures.node(NodeId.CONTROL).orElseThrow();
                assertThat(node.state()).isEqualTo(NodeState.UP);
                assertThat(node.restarts()).isEqualTo(2);
                assertThat(node.residentBytes()).isPositive();
                assertThat(figures.arm().isLatched()).isTrue();
                assertThat(figures.loops().get(0).missed()).isEqualTo(4);
                assertThat(figures.refused()).isEqualTo(9);
                assertThat(figures.disk()).isEqualTo(DiskFigures.UNKNOWN);
            }
            Files.deleteIfExists(runtime.sessionFile());

            final RobotFigures last = reader.read().orElseThrow();

            assertThat(last.isLive()).isFalse();
            assertThat(state(last, NodeId.DRIVER)).isEqualTo(NodeState.ENDED);
            assertThat(last.refused()).isEqualTo(9);
        }
    }

    private static NodeState state(final RobotFigures figures, final NodeId node) {
        return figures.node(node).orElseThrow().state();
    }
}

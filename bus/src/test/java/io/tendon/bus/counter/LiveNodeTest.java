package io.tendon.bus.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveNodeTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    @Test
    void shouldSayHowToStartARobotThatDoesNotRun() {
        final RuntimeDirectory runtime = new RuntimeDirectory("default", directory);

        assertFailure(runtime, runtime.notRunningMessage());
    }

    @Test
    void shouldSayThatTheSessionIsOverWhenItsDriverHasGone() {
        final RuntimeDirectory runtime = new RuntimeDirectory("default", directory);
        EmbeddedDriver.launch(runtime, RETHROW).close();
        new io.tendon.bus.connection.SessionAnchor("gone", 0, 0, Long.MAX_VALUE, 0, false).write(runtime.sessionFile());

        assertFailure(runtime, runtime.notRunningMessage());
    }

    @Test
    void shouldNameTheNodeThatHasNotStartedOrHasFallenSilent() {
        final RuntimeDirectory runtime = new RuntimeDirectory("lonely", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection bus = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
            final String remedy = "; start it with control-node run --name lonely";
            final String notStarted =
                    "control: has not started in session " + driver.session().sessionName() + remedy;
            assertFailure(runtime, notStarted);

            final var heartbeatMs = bus.counters().node(BusCounter.HEARTBEAT_MS);
            assertFailure(runtime, notStarted);

            heartbeatMs.setRelease(bus.clock().time() - LiveNode.HEARTBEAT_TIMEOUT_MS - 1);
            assertThatThrownBy(() -> LiveNode.open(runtime, NodeId.CONTROL))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageMatching("control: no heartbeat for \\d+ms, must come at least every 1000ms" + remedy);
        }
    }

    @Test
    void shouldShowTheCountersOfTheNodeThatIsAliveAlone() {
        final RuntimeDirectory runtime = new RuntimeDirectory("default", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
                BusConnection fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0)) {
            // Ahead of time, so that it does not get old on a machine however slow.
            control.counters()
                    .node(BusCounter.HEARTBEAT_MS)
                    .setRelease(control.clock().time() + 3_600_000);
            control.counters().node(BusCounter.LATENESS_MAX_NS).setRelease(1_500);
            control.counters().stream(BusCounter.GAPS, StreamCatalog.FUSION_SETPOINT)
                    .setRelease(7);
            fusion.counters().node(BusCounter.LATENESS_P99_NS).setRelease(9);

            try (LiveNode node = LiveNode.open(runtime, NodeId.CONTROL)) {
                assertThat(node.session()).isEqualTo(driver.session());
                assertThat(node.heartbeatAgeMs()).isNegative();
                assertThat(node.micros(BusCounter.LATENESS_MAX_NS)).isEqualTo(1.5);
                assertThat(node.count(BusCounter.GAPS, StreamCatalog.FUSION_SETPOINT))
                        .isEqualTo(7);
                assertThat(node.count(BusCounter.LATENESS_P99_NS)).isZero();
            }
        }
    }

    private static void assertFailure(final RuntimeDirectory runtime, final String message) {
        assertThatThrownBy(() -> LiveNode.open(runtime, NodeId.CONTROL))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE))
                .hasMessage(message);
    }
}

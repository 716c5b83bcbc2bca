package io.tendon.bus.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCountersTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    @Test
    void shouldHaveNothingWhileNoRobotHasRun() {
        try (SessionCounters counters = new SessionCounters(new RuntimeDirectory("default", directory))) {
            assertThat(counters.refresh()).isFalse();
            assertThat(counters.session()).isEmpty();
            assertThat(counters.view()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheLastValuesOfADriverThatDiedAndOpenThoseOfTheNext() throws IOException {
        final RuntimeDirectory runtime = new RuntimeDirectory("default", directory);
        try (SessionCounters counters = new SessionCounters(runtime)) {
            final SessionAnchor first = countExceptions(runtime, counters, 7);
            dieAs(first, runtime);
            assertThat(counters.refresh()).isFalse();
            assertThat(counters.isDriverAlive()).isFalse();
            assertThat(counters.isSessionOver()).isFalse();
            assertThat(counters.session()).contains(first);
            assertThat(exceptions(counters)).isEqualTo(7);

            Files.delete(runtime.sessionFile());
            assertThat(counters.refresh()).isFalse();
            assertThat(counters.isSessionOver()).isTrue();

            final SessionAnchor second = countExceptions(runtime, counters, 3);
            assertThat(second.sessionName()).isNotEqualTo(first.sessionName());
            assertThat(counters.session()).contains(second);
        }
    }

    @Test
    void shouldOpenTheCountersAgainWhenAnotherDriverGoesOnWithTheSession() {
        final RuntimeDirectory runtime = new RuntimeDirectory("default", directory);
        try (SessionCounters counters = new SessionCounters(runtime)) {
            final SessionAnchor first = countExceptions(runtime, counters, 7);
            dieAs(first, runtime);
            counters.refresh();

            try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW)) {
                final SessionAnchor own = driver.session();
                new SessionAnchor(
                                first.sessionName(),
                                first.anchorEpochNs(),
                                first.anchorSteadyNs(),
                                own.driverPid(),
                                own.driverStartedAtMs(),
                                false)
                        .write(runtime.sessionFile());

                assertThat(counters.refresh()).isTrue();
                assertThat(counters.session().map(SessionAnchor::sessionName)).contains(first.sessionName());
                assertThat(exceptions(counters)).isEqualTo(-1);
            }
        }
    }

    /** A session in which fusion counted so many exceptions, looked at while it runs. */
    private static SessionAnchor countExceptions(
            final RuntimeDirectory runtime, final SessionCounters counters, final long count) {
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0)) {
            fusion.counters().node(BusCounter.ERRORS).setRelease(count);
            assertThat(counters.refresh()).isTrue();
            assertThat(exceptions(counters)).isEqualTo(count);
            return driver.session();
        }
    }

    /** The file that a driver leaves behind when it is killed. */
    private static void dieAs(final SessionAnchor session, final RuntimeDirectory runtime) {
        new SessionAnchor(
                        session.sessionName(),
                        session.anchorEpochNs(),
                        session.anchorSteadyNs(),
                        session.driverPid(),
                        session.driverStartedAtMs() - 1,
                        false)
                .write(runtime.sessionFile());
    }

    private static long exceptions(final SessionCounters counters) {
        return counters.view().orElseThrow().node(BusCounter.ERRORS, NodeId.FUSION, -1);
    }
}

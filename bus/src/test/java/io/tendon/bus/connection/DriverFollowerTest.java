package io.tendon.bus.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.driver.DriverNode;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real driver is killed, in a process of its own, and another goes on with its session. */
class DriverFollowerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long PATIENCE_NS = 60_000_000_000L;
    /** The client of the dead driver may complain. */
    private static final ErrorHandler IGNORE = error -> {};

    private final HealthEncoder encoder = new HealthEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<Process> drivers = new ArrayList<>();

    @TempDir
    private Path root;

    @AfterEach
    void endDrivers() throws InterruptedException {
        for (final Process driver : drivers) {
            driver.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldGoOnWithPublishersAndSubscribersOnTheDriverThatTakesOver() throws Exception {
        final RuntimeDirectory runtime = runtime();
        final Process first = startDriver(runtime);
        try (BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, IGNORE, TIMEOUT.toNanos());
                BusConnection fusion = BusConnection.connect(runtime, NodeId.FUSION, IGNORE, TIMEOUT.toNanos())) {
            final String session = control.sessionName();
            final List<Long> heard = new ArrayList<>();
            final List<String> events = new ArrayList<>();
            final MessageSubscriber health = fusion.addSubscriber(
                    StreamCatalog.NODE_HEALTH,
                    (buffer, offset, length, sessionId, from, to) -> heard.add(MessageSchema.sequence(buffer, offset)),
                    (stream, sessionId, from, to) -> heard.add(-from));
            final MessageSubscriber said = fusion.addSubscriber(
                    StreamCatalog.CONTROL_EVENT,
                    (buffer, offset, length, sessionId, from, to) -> events.add(replaced(buffer, offset)),
                    (stream, sessionId, from, to) -> events.add("gap"));
            final MessagePublisher writer = control.addPublisher(StreamCatalog.NODE_HEALTH);
            final MessagePublisher eventWriter = control.addPublisher(StreamCatalog.CONTROL_EVENT);
            final EventPublisher reports = new EventPublisher(eventWriter, control.clock(), NodeId.CONTROL);
            control.followDriver(PATIENCE_NS);
            fusion.followDriver(PATIENCE_NS);
            await().atMost(TIMEOUT).until(health::hasImage);
            publish(writer);
            publish(writer);
            final int oldSessionId = writer.sessionId();
            final long oldEnd = writer.position();
            await().atMost(TIMEOUT).until(() -> health.poll(10) >= 0 && heard.size() == 2);

            first.destroyForcibly().waitFor();
            startDriver(runtime, "--continue");
            await().atMost(TIMEOUT).until(() -> {
                work(reports, writer);
                health.poll(10);
                said.poll(10);
                return writer.sessionId() != oldSessionId && health.hasSucceeded() && said.hasSucceeded();
            });
            await().atMost(TIMEOUT).until(() -> {
                health.poll(10);
                return health.hasImage();
            });
            publish(writer);
            await().atMost(TIMEOUT).until(() -> {
                work(reports, writer);
                return health.poll(10) + said.poll(10) >= 0 && heard.size() == 3 && events.size() >= 2;
            });

            assertThat(heard).containsExactly(0L, 1L, 0L);
            assertThat(events).contains("LOG_REPLACED 1901 after 2 of " + oldSessionId + " to " + oldEnd);
            assertThat(control.sessionName()).isEqualTo(session);
            assertThat(control.isLost()).isFalse();
            assertThat(control.lives()).isEqualTo(1);
            try (CounterView view = CounterView.open(runtime)) {
                assertThat(view.stream(BusCounter.SENT, NodeId.CONTROL, StreamCatalog.NODE_HEALTH, -1))
                        .isEqualTo(3);
                assertThat(view.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.NODE_HEALTH, -1))
                        .isEqualTo(3);
                assertThat(view.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.NODE_HEALTH, -1))
                        .isZero();
            }
        }
    }

    @Test
    void shouldTakeTheBusForLostWhenAnotherSessionBegins() throws Exception {
        final RuntimeDirectory runtime = runtime();
        final Process first = startDriver(runtime);
        try (BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, IGNORE, TIMEOUT.toNanos())) {
            control.followDriver(PATIENCE_NS);
            first.destroyForcibly().waitFor();

            startDriver(runtime);

            await().atMost(TIMEOUT).until(control::isLost);
        }
    }

    private static void work(final EventPublisher reports, final MessagePublisher writer) {
        reports.doWork();
        writer.doWork();
        reports.reportRefused(writer);
    }

    private static String replaced(final org.agrona.DirectBuffer buffer, final int offset) {
        final EventDecoder event = new EventDecoder();
        event.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        assertThat(event.kind()).isEqualTo(EventKind.LOG_REPLACED);
        final int code = event.code();
        final long amount = (long) event.amount();
        final EventDecoder.InputsDecoder input = event.inputs().next();
        return "LOG_REPLACED " + code + " after " + amount + " of " + input.sessionId() + " to " + input.toPosition();
    }

    private RuntimeDirectory runtime() {
        return new RuntimeDirectory("test", root.resolve("tendon-" + System.getProperty("user.name") + "-test"));
    }

    private Process startDriver(final RuntimeDirectory runtime, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-D" + RuntimeDirectory.ROOT_PROPERTY + "=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                DriverNode.class.getName(),
                "run",
                "--name",
                runtime.name()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).inheritIO().start();
        drivers.add(process);
        await().atMost(TIMEOUT)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> SessionAnchor.readLive(runtime.sessionFile())
                        .filter(session -> session.driverPid() == process.pid())
                        .isPresent());
        return process;
    }

    private void publish(final MessagePublisher publisher) {
        assertThat(publisher.claim(MessageLengths.health()).isAccepted()).isTrue();
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(1).source(NodeId.CONTROL);
        encoder.inputsCount(0);
        publisher.commit();
    }
}

package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.FusedStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real robot is recorded; its session is heard again with the robot off, and beside another one that runs. */
class ReplayIT {
    private static final String NAME = "it-replay";
    private static final long WINDOW_NS = 10_000_000L;
    /** How much faster than recorded a replay that is not paced must be. */
    private static final double LEAST_SPEED = 20;

    @TempDir
    private static Path data;

    private static Installation installation = new Installation(Path.of("."));
    private static SessionDirectory session = new SessionDirectory(Path.of("."), "");

    /** What the session's files hold, by the name of the live stream. */
    private static Map<String, List<byte[]>> recorded = Map.of();

    private static long firstStateNs;
    private static long lastStateNs;

    @BeforeAll
    static void recordARobot() {
        installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, NAME, "--duration", "10s")) {
            assertThat(robot.awaitExit()).as(robot.output()).isZero();
            session = new SessionDirectory(data, robot.report().text("session"));
        }
        recorded = new LinkedHashMap<>();
        try (SessionReader reader = new SessionReader(session, id -> true, TimeRange.ALL, damage -> {
            throw new AssertionError(damage.text());
        })) {
            while (reader.next()) {
                final byte[] bytes = new byte[reader.message().lengthBytes()];
                reader.message().buffer().getBytes(reader.message().offset(), bytes);
                final String stream = reader.message().recording().streamName();
                recorded.computeIfAbsent(stream, name -> new ArrayList<>()).add(bytes);
                if (stream.equals(StreamCatalog.CONTROL_STATE.name())) {
                    lastStateNs = reader.message().captureTimeNs();
                    firstStateNs = firstStateNs == 0 ? lastStateNs : firstStateNs;
                }
            }
        }
        assertThat(recorded).containsKeys("control.state", "fusion.setpoint", "fusion.state", "node.health");
    }

    @Test
    void shouldGiveEveryPayloadInOrderAtLeastTwentyTimesAsFastWithTheRobotOff() throws IOException {
        final List<StreamDescriptor> replays = StreamCatalog.all().stream()
                .filter(stream -> recorded.containsKey(stream.name()))
                .map(StreamCatalog::replayOf)
                .toList();
        final Json summary;
        final StreamListener listener = new StreamListener(NAME, replays);
        try (listener) {
            summary = replay("--name", NAME, "--speed", "max", "--await-readers", Integer.toString(replays.size()));
        }

        recorded.forEach((stream, payloads) -> {
            final List<byte[]> heard = listener.heard(StreamCatalog.replayOf(StreamCatalog.byName(stream)));
            assertThat(heard.size()).as(stream).isEqualTo(payloads.size());
            for (int i = 0; i < payloads.size(); i++) {
                assertThat(heard.get(i)).as("%s %d", stream, i).isEqualTo(payloads.get(i));
            }
            assertThat(summary.number(summary.find("streams", "name", stream) + "messages"))
                    .isEqualTo(payloads.size());
        });
        assertThat(summary.number("lost")).isZero();
        assertThat(summary.decimal("recordedS")).isGreaterThan(10);
        assertThat(summary.decimal("speed")).isGreaterThanOrEqualTo(LEAST_SPEED);
        assertThat(runtime(NAME).resolve("aeron")).doesNotExist();
        assertThat(runtime(NAME).resolve("session.properties")).doesNotExist();
    }

    @Test
    void shouldFeedAShadowOfFusionBesideARobotThatRunsAndNotDisturbIt() throws IOException, InterruptedException {
        final String name = "it-replay-live";
        final StreamDescriptor shadowState = StreamCatalog.shadowOf(StreamCatalog.FUSION_STATE);
        final Path shadowOutput = data.resolve("shadow.out");
        final Json report;
        final StreamListener listener;
        try (Robot robot = Robot.launch(installation, name)) {
            listener = new StreamListener(name, List.of(shadowState));
            final Process shadow =
                    installation.start(shadowOutput, "fusion-node", "run", "--from-replay", "--name", name);
            try (listener) {
                // It ends when its reader has read everything.
                replay("--name", name, "--session", session.sessionId(), "--speed", "5", "--await-readers", "1");
            } finally {
                shadow.destroy();
                assertThat(shadow.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(shadow.exitValue()).as(Files.readString(shadowOutput)).isZero();
            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isZero();
            report = robot.report();
        }

        assertUndisturbed(report);
        assertWindows(listener.heard(shadowState));
    }

    private static void assertUndisturbed(final Json report) {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final String path = report.find("streams", "name", stream.name());
            assertThat(report.number(path + "refused")).as(stream.name()).isZero();
            assertThat(report.number(path + "recorded")).as(stream.name()).isEqualTo(report.number(path + "sent"));
            for (int i = 0; report.values().containsKey(path + "readers[" + i + "].name"); i++) {
                assertThat(report.number(path + "readers[" + i + "].gaps"))
                        .as(path)
                        .isZero();
            }
        }
    }

    private static void assertWindows(final List<byte[]> states) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final FusedStateDecoder state = new FusedStateDecoder();
        long samples = 0;
        long previousStartNs = 0;
        for (final byte[] bytes : states) {
            state.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, header);
            assertThat(state.stamp().source()).isEqualTo(NodeId.SHADOW);
            assertThat(state.windowStartNs()).isBetween(firstStateNs - WINDOW_NS, lastStateNs);
            if (previousStartNs != 0) {
                assertThat(state.windowStartNs()).isEqualTo(previousStartNs + WINDOW_NS);
            }
            previousStartNs = state.windowStartNs();
            samples += state.receivedSamples();
        }
        // All but what came in the first and the last window.
        final int expected = recorded.getOrDefault("control.state", List.of()).size();
        assertThat(states.size()).isBetween((int) ((lastStateNs - firstStateNs) / WINDOW_NS) - 2, expected);
        assertThat(samples).isBetween(expected - 30L, (long) expected);
    }

    private static Json replay(final String... options) {
        final List<String> all = new ArrayList<>(List.of("replay", "--json"));
        all.addAll(List.of(options));
        final Installation.Outcome outcome = installation.run("persistence-node", all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return Json.parse(outcome.out());
    }

    private static Path runtime(final String name) {
        return Path.of("/dev/shm", "tendon-" + System.getProperty("user.name") + "-" + name);
    }
}

package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.durability.CutOff;
import io.tendon.sessionlog.durability.StreamCutOff;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a recorder of each level of durability, and asks what was on the device. */
class CutOffKillTest {
    private static final long RECORDED = 1_500;
    private static final long UNHEARD = 200;

    @TempDir
    private Path data = Path.of("unset");

    private final TestRobot robot = new TestRobot();

    @AfterEach
    void stopRobot() {
        robot.close();
    }

    @ParameterizedTest
    @EnumSource(DurabilityLevel.class)
    void shouldSayWhatWasNotOnTheDeviceAndWhatIsLost(final DurabilityLevel level) throws Exception {
        final long sent = recordAndKill("--durability", level.toString());

        final Session session = Session.open(new SessionDirectory(data, robot.sessionName()));
        final StreamTotal total = total(session);
        assertThat(session.manifest().recorder().durability()).startsWith(level.toString());
        final StreamCutOff cutOff = CutOff.of(session).streams().stream()
                .filter(stream -> stream.streamId() == StreamCatalog.CONTROL_EVENT.streamId())
                .findFirst()
                .orElseGet(() -> new StreamCutOff(StreamCatalog.CONTROL_EVENT.streamId(), "control.event", 0, 0, 0, 0));
        // A kill takes nothing of what was written.
        assertThat(cutOff.lostBytes()).isZero();
        if (level == DurabilityLevel.NONE) {
            assertThat(cutOff.unflushedMessages()).isEqualTo(total.messages());
            assertThat(cutOff.unflushedBytes()).isEqualTo(total.bytes());
        } else {
            assertThat(cutOff.unflushedMessages()).isLessThan(total.messages() - RECORDED / 2);
        }

        final long unheard = sent - total.messages();
        assertThat(unheard).isGreaterThanOrEqualTo(UNHEARD);
        assertThat(robot.run(data, "info"))
                .anyMatch(line -> line.matches("flushed +" + level + ".*"))
                .contains("control.event: " + unheard
                        + " messages were published and not recorded, as the writers' counters say now");
        assertThat(robot.run(data, "info", "--json"))
                .singleElement()
                .asString()
                .contains("\"unrecordedNow\":{\"control.event\":" + unheard);
        if (cutOff.unflushedMessages() > 0) {
            assertThat(robot.run(data, "sessions")).anyMatch(line -> line.matches(".* INTERRUPTED .*B, [0-9.]+ s"));
        }
    }

    @Test
    void shouldLoseNothingAndHaveAllOnTheDeviceWhenItIsStartedAgain() throws Exception {
        final long sent = recordAndKill("--durability", "periodic", "--flush-period", "1s");
        final Process recorder = robot.launchRecorder(data);
        robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, sent);
        try (CounterView counters = CounterView.open(robot.runtime())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> counters.node(BusCounter.DURABLE_MAX_NS, NodeId.PERSISTENCE, 0) > 0);
        }
        assertThat(robot.run(data, "status"))
                .anyMatch(line -> line.matches("durability periodic  from measured to durable p50 [0-9.]+ ms.*"));
        recorder.destroy();
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();

        final Session session = Session.open(new SessionDirectory(data, robot.sessionName()));
        assertThat(total(session).messages()).isEqualTo(sent);
        assertThat(CutOff.of(session).streams()).isEmpty();
        assertThat(robot.run(data, "sessions")).anyMatch(line -> line.matches(".* CLOSED .* -"));
    }

    @Test
    void shouldRefuseAPeriodForALevelThatHasNone() throws IOException, InterruptedException {
        final Process refused = robot.launch(
                "run",
                "--name",
                TestRobot.NAME,
                "--data",
                data.toString(),
                "--durability",
                "none",
                "--flush-period",
                "1s");

        assertThat(refused.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(2);
    }

    /** How many messages were sent: a good many before the kill, and some after it. */
    private long recordAndKill(final String... options) throws Exception {
        final Process recorder = robot.launchRecorder(data, options);
        final AtomicBoolean end = new AtomicBoolean();
        try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            final Thread thread = new Thread(() -> writer.publishUntil(end, 1_000_000), "writer");
            thread.start();
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, RECORDED);
            recorder.destroyForcibly().waitFor();
            final long sentBefore = writer.sent();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> writer.sent() > sentBefore + UNHEARD);
            end.set(true);
            thread.join();
            assertThat(writer.refused()).isZero();
            return writer.sent();
        }
    }

    private static StreamTotal total(final Session session) {
        final List<StreamTotal> totals = session.manifest().streams();
        return totals.stream()
                .filter(total -> total.name().equals("control.event"))
                .findFirst()
                .orElseThrow();
    }
}

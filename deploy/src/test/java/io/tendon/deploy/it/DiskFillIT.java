package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tendon.bus.catalog.RecordingRank;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file system of the recording is filled by somebody else, step by step, and emptied again. */
@Tag("minutes")
class DiskFillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MIB = 1L << 20;

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void shouldStopTheLeastValuableFirstAndGoOnWithTheGapNamed(final String fileSystem) throws IOException {
        final Path small = Files.createDirectory(data.resolve("small"));
        assumeTrue(mount(fileSystem, small), "a small " + fileSystem + " can be mounted");
        final Installation installation = new Installation(data);
        try {
            try (Robot robot = Robot.launch(installation, "it-fill-" + fileSystem, "--data", small.toString());
                    LiveRobot live = new LiveRobot(robot.name());
                    CounterView counters = CounterView.open(RuntimeDirectory.of(robot.name()))) {
                final Path log = RuntimeDirectory.of(robot.name()).directory().resolve("logs/persistence.log");
                live.awaitState(SafetyState.RUNNING, PATIENCE);
                await().atMost(PATIENCE).until(() -> LiveRobot.recorded(counters) > 2_000);

                fillUp(small, counters);
                assertThat(live.safetyState()).isEqualTo(SafetyState.RUNNING);
                assertThat(Files.readString(log)).contains("event=index-waits");
                // For as long as the recorder needs to do something foolish.
                final long cycles = live.count(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL);
                await().atMost(PATIENCE)
                        .until(() -> live.count(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL) > cycles + 3_000);

                Files.delete(small.resolve("ballast"));
                await().atMost(PATIENCE)
                        .until(() -> StreamCatalog.all().stream().noneMatch(stream -> isHeld(counters, stream)));
                final long recorded = LiveRobot.recorded(counters);
                await().atMost(PATIENCE).until(() -> LiveRobot.recorded(counters) > recorded + 3_000);

                assertThat(live.safetyState()).isEqualTo(SafetyState.RUNNING);
                assertThat(refused(counters)).isZero();
                // Whoever else wants a processor may cost fusion a window of fifty; a message that it did not get is
                // the
                // bus's fault.
                assertThat(live.count(BusCounter.CYCLES_MISSED, NodeId.FUSION))
                        .isLessThanOrEqualTo(live.count(BusCounter.CYCLES_EXECUTED, NodeId.FUSION) / 50);
                assertThat(counters.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0))
                        .isZero();
                assertThat(counters.stream(BusCounter.GAPS, NodeId.CONTROL, StreamCatalog.FUSION_SETPOINT, 0))
                        .isZero();
                await().atMost(PATIENCE).until(() -> Files.readString(log).contains("event=index-goes-on"));
                robot.interrupt();
                // Not everything is recorded.
                assertThat(robot.awaitExit()).as(robot.output()).isEqualTo(1);
            }
            assertExplained(installation, small);
        } finally {
            assertThat(Tool.exitCode("umount", small.toString())).isZero();
        }
    }

    /** One stage after the other, and then to the last byte. */
    private static void fillUp(final Path small, final CounterView counters) throws IOException {
        final long totalBytes = Files.getFileStore(small).getTotalSpace();
        fillTo(small, totalBytes / 4 - 8 * MIB);
        awaitHeld(counters, StreamCatalog.FUSION_EMBEDDING);
        assertThat(isHeld(counters, StreamCatalog.FUSION_STATE)).isFalse();
        fillTo(small, totalBytes / 8 - 5 * MIB);
        awaitHeld(counters, StreamCatalog.FUSION_STATE);
        assertThat(isHeld(counters, StreamCatalog.CONTROL_STATE)).isFalse();
        final long recorded = LiveRobot.recorded(counters);
        await().atMost(PATIENCE).until(() -> LiveRobot.recorded(counters) > recorded + 1_000);
        fillTo(small, totalBytes / 16 - 4 * MIB);
        awaitHeld(counters, StreamCatalog.CONTROL_STATE);
        fillTo(small, 0);
    }

    private static void assertExplained(final Installation installation, final Path small) throws IOException {
        final String of = small.toString();
        final Installation.Outcome verified = installation.run("persistence-node", "verify", "--data", of);
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out())
                .containsPattern("missing: the recorder did not see them \\(RECORDING_GAP\\): control.state no space:")
                .containsPattern("missing: the recorder did not see them \\(RECORDING_GAP\\): fusion.state no space:")
                .doesNotContain("nothing in the session says why");

        final List<String> events = installation
                .run("persistence-node", "dump", "--data", of, "--stream", "persistence.event")
                .out()
                .lines()
                .toList();
        final List<String> stops = events.stream()
                .filter(line -> line.contains("RECORDING_STOPPED") && line.contains("no space"))
                .toList();
        assertThat(stops).hasSizeGreaterThanOrEqualTo(StreamCatalog.all().size());
        assertThat(stops.get(0)).contains("fusion.embedding no space");
        final int derived = (int) StreamCatalog.all().stream()
                .filter(stream -> stream.rank() == RecordingRank.DERIVED)
                .count();
        assertThat(derived).isPositive();
        assertThat(stops.subList(1, 1 + derived)).allMatch(line -> line.contains("needed for DERIVED streams"));
        assertThat(stops.subList(1 + derived, StreamCatalog.all().size()))
                .allMatch(line -> line.contains("needed for ESSENTIAL streams"));
        assertThat(events)
                .anyMatch(line -> line.contains("RECORDING_STARTED")
                        && line.matches(".*control.state session=.* without space.*"))
                .anyMatch(line -> line.contains("RECORDING_STARTED")
                        && line.matches(".*fusion.state session=.* without space.*"));

        final long states = installation
                .run("persistence-node", "dump", "--data", of, "--stream", "control.state")
                .out()
                .lines()
                .count();
        assertThat(installation
                        .run(
                                "persistence-node",
                                "sql",
                                "--data",
                                of,
                                "--format",
                                "csv",
                                "SELECT count(*) AS n FROM joint_state")
                        .out()
                        .lines())
                .contains(Long.toString(states));
    }

    private static void awaitHeld(final CounterView counters, final StreamDescriptor stream) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isHeld(counters, stream));
    }

    private static boolean isHeld(final CounterView counters, final StreamDescriptor stream) {
        return counters.stream(BusCounter.RECORDING_HELD, NodeId.PERSISTENCE, stream, 0) == 1;
    }

    private static long refused(final CounterView counters) {
        return StreamCatalog.all().stream()
                .flatMap(stream -> Stream.of(NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE)
                        .map(node -> counters.stream(BusCounter.REFUSED, node, stream, 0)))
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Takes room until so much is left. */
    private static void fillTo(final Path directory, final long leftBytes) throws IOException {
        final int step = leftBytes == 0 ? 4096 : (int) MIB;
        try (FileChannel ballast =
                FileChannel.open(directory.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(directory).getUsableSpace() > leftBytes) {
                ballast.write(ByteBuffer.allocate(step));
            }
        } catch (final IOException e) {
            // Nothing is left.
            assertThat(leftBytes).as(e.toString()).isZero();
        }
    }

    private boolean mount(final String fileSystem, final Path small) {
        if (fileSystem.equals("tmpfs")) {
            return Tool.exitCode("mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", small.toString()) == 0;
        }
        final String image = data.resolve("image").toString();
        return Tool.exitCode("truncate", "-s", "400M", image) == 0
                && Tool.exitCode("mkfs.ext4", "-q", "-m", "0", image) == 0
                && Tool.exitCode("mount", "-o", "loop", image, small.toString()) == 0;
    }
}

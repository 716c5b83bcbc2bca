package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.persistence.replay.ReplayConfig;
import io.tendon.persistence.replay.ReplayControl;
import io.tendon.persistence.replay.ReplayProgress;
import io.tendon.persistence.replay.ReplayReport;
import io.tendon.persistence.replay.ReplayRun;
import io.tendon.persistence.replay.ReplaySpeed;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that a recorder has recorded which was killed twice and then stopped: two lives of control, the first of them in
 * recordings that overlap. And what it takes to replay one, and to compare.
 */
final class RecordedSession implements AutoCloseable {
    static final int MESSAGES = 3_000;
    static final long PATIENCE_NS = 30_000_000_000L;

    private final TestRobot robot = new TestRobot();
    private final SessionDirectory directory;

    RecordedSession(final Path data) throws IOException, InterruptedException {
        directory = new SessionDirectory(data, robot.sessionName());
        try (TestWriter first = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE);
                TestWriter events = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            for (int i = 1; i <= 2; i++) {
                final Process killed = robot.launchRecorder(data);
                publish(first, events);
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, (long) i * MESSAGES);
                killed.destroyForcibly();
                killed.waitFor();
            }
            final Process recorder = robot.launchRecorder(data);
            publish(first, events);
            try (TestWriter second = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
                publish(second, events);
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, 4L * MESSAGES);
                recorder.destroy();
                assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void publish(final TestWriter states, final TestWriter events) {
        for (int i = 0; i < MESSAGES / 10; i++) {
            states.publish(10);
            events.publish(1);
        }
    }

    /** Where it is. */
    SessionDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        robot.close();
    }

    /** Replays a session to its end, and gives what was heard, by the live stream's name. */
    static Map<String, List<byte[]>> replay(
            final RuntimeDirectory runtime,
            final SessionDirectory session,
            final TimeRange range,
            final List<String> warnings)
            throws IOException {
        final ReplayEars ears = new ReplayEars(runtime);
        try (ears) {
            final ReplayReport report = new ReplayRun(
                            config(runtime, session, range, false, streamsRecorded(session), PATIENCE_NS),
                            warnings::add)
                    .run(() -> false, Looker.ABSENT);
            assertThat(report.lost()).isZero();
            assertThat(report.damages()).isEmpty();
        }
        return ears.heard();
    }

    /** A replay of all streams, as fast as it goes. */
    static ReplayConfig config(
            final RuntimeDirectory runtime,
            final SessionDirectory session,
            final TimeRange range,
            final boolean isLooping,
            final int readers,
            final long patienceNs) {
        final Set<Integer> ids =
                StreamCatalog.all().stream().map(StreamDescriptor::streamId).collect(Collectors.toSet());
        return new ReplayConfig(
                runtime, Session.open(session), range, ids, ReplaySpeed.UNPACED, isLooping, readers, patienceNs);
    }

    /** Streams that have a replay to join: of those that were not recorded there is none. */
    static int streamsRecorded(final SessionDirectory session) {
        return recorded(session, TimeRange.ALL).size();
    }

    /** What a session's files hold, by stream. */
    static Map<String, List<byte[]>> recorded(final SessionDirectory session, final TimeRange range) {
        try (SessionReader reader = new SessionReader(session, id -> true, range, damage -> {})) {
            return ReplayEars.payloads(reader);
        }
    }

    /** Messages on all streams. */
    static long count(final Map<String, List<byte[]>> payloads) {
        return payloads.values().stream().mapToLong(List::size).sum();
    }

    /** Byte for byte and in order; sizes are compared as numbers, so that a failure does not print them all. */
    static void assertSame(final Map<String, List<byte[]>> actual, final Map<String, List<byte[]>> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((stream, payloads) -> {
            final List<byte[]> heard = actual.getOrDefault(stream, List.of());
            assertThat(heard.size()).as(stream).isEqualTo(payloads.size());
            for (int i = 0; i < payloads.size(); i++) {
                assertThat(heard.get(i)).as("%s %d", stream, i).isEqualTo(payloads.get(i));
            }
        });
    }

    /** When each file of a session was written last, ms since the epoch. */
    static Map<Path, Long> modified(final SessionDirectory session) throws IOException {
        final Map<Path, Long> modified = new TreeMap<>();
        try (Stream<Path> files = Files.walk(session.root())) {
            for (final Path file : files.toList()) {
                modified.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return modified;
    }

    /** Looks on from outside. */
    static class Looker implements ReplayRun.Observer {
        static final Looker ABSENT = new Looker();

        private volatile @Nullable ReplayControl control;

        long messages() {
            final ReplayControl present = control;
            final ReplayProgress progress = present == null ? null : present.progress();
            return progress == null ? 0 : progress.messages();
        }

        @Override
        public void onBegin(final ReplayControl begun) {
            control = begun;
        }

        @Override
        public void onEnd() {
            // Nothing to take away.
        }
    }
}

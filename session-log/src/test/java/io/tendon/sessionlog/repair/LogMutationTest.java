package io.tendon.sessionlog.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.verify.RecordedSession;
import io.tendon.sessionlog.verify.VerifyMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a file of a session: what stands in untouched bytes, or in a frame of which only the header was touched,
 * is read after a repair, nothing is made up, what is missing is named, and each byte that the repair changed is kept. {@code -Dtendon.mutations=N} sets how many there are, {@code -Dtendon.seed=N} repeats some.
 */
class LogMutationTest {
    private static final int MUTATIONS = Integer.getInteger("tendon.mutations", 1_000);
    private static final int MESSAGES = 170;
    private static final long LOST_FIRST = 40;
    private static final long LOST_LAST = 42;

    @TempDir
    private static Path dir = Path.of("unset");

    private static SessionDirectory closed = new SessionDirectory(Path.of("unset"), "unset");
    private static SessionDirectory killed = new SessionDirectory(Path.of("unset"), "unset");

    /** Overlapping recordings of one writer over several segments, a stated loss, and how far the recorder was. */
    @BeforeAll
    static void record() throws IOException {
        try (RecordedSession session = new RecordedSession(dir)) {
            session.record(
                    StreamCatalog.CONTROL_STATE, StreamCatalog.CONTROL_EVENT, StreamCatalog.PERSISTENCE_PROGRESS);
            try (ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = session.writer(StreamCatalog.CONTROL_EVENT);
                    ExclusivePublication progress = session.writer(StreamCatalog.PERSISTENCE_PROGRESS)) {
                final int streamId = StreamCatalog.CONTROL_STATE.streamId();
                for (int i = 0; i < MESSAGES; i++) {
                    if (i < LOST_FIRST || i > LOST_LAST) {
                        session.publish(states, TestMessages.jointState(i));
                    }
                    session.publish(
                            events,
                            i == LOST_LAST
                                    ? VerifyMessages.refusal(i, streamId, states.sessionId(), LOST_FIRST, LOST_LAST)
                                    : TestMessages.event(
                                            i, TestMessages.START_NS + i * TestMessages.PERIOD_NS, "x".repeat(i % 40)));
                    if (i % 50 == 0) {
                        session.publish(progress, VerifyMessages.progress(i / 50, 0, streamId, states.sessionId()));
                    }
                    if (i == MESSAGES / 2) {
                        session.awaitRecorded(states);
                        session.archive()
                                .record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 2);
                    }
                }
                session.archive().awaitRecorded(states, 2);
                session.awaitRecorded(events);
                session.awaitRecorded(progress);
                killed = session.kill();
            }
            closed = session.stop();
        }
    }

    @Test
    void shouldSaveWhatIsUntouchedAndNameWhatIsLostOfASessionThatWasEndedInOrder() throws IOException {
        mutate(closed);
    }

    @Test
    void shouldSaveWhatIsUntouchedAndNameWhatIsLostOfASessionWhoseRecorderWasKilled() throws IOException {
        mutate(killed);
    }

    @Test
    void shouldLeaveAWholeSessionAsItIs() throws IOException {
        for (final SessionDirectory whole : List.of(closed, killed)) {
            final LogRepairReport report = LogRepair.run(whole, false, SystemEpochClock.INSTANCE);

            assertThat(report.isAnythingDone()).as(report.toString()).isFalse();
            assertThat(report.verified().isOk()).isTrue();
            assertThat(whole.repair()).doesNotExist();
        }
    }

    private static void mutate(final SessionDirectory whole) throws IOException {
        final long firstSeed = Long.getLong("tendon.seed", System.nanoTime());
        final PristineLog pristine = PristineLog.of(whole);
        for (long seed = firstSeed; seed < firstSeed + Math.max(1, MUTATIONS / 2); seed++) {
            final SessionDirectory copy = copy(whole, dir.resolve("mutated"));
            final List<Mutation> mutations = new ArrayList<>();
            final Random random = new Random(seed);
            for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
                final Mutation mutation = Mutation.any(random, files(copy));
                mutation.apply();
                mutations.add(mutation);
            }
            try {
                check(
                        pristine,
                        copy,
                        mutations.stream().anyMatch(mutation -> mutation.file().endsWith("manifest.properties")));
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("-Dtendon.seed=" + seed + " -Dtendon.mutations=1: " + mutations + ": " + e, e);
            }
        }
    }

    private static void check(final PristineLog pristine, final SessionDirectory copy, final boolean isManifestLost)
            throws IOException {
        final List<String> untouched = pristine.untouched(copy);
        final List<String> restorable = pristine.restorable(copy);
        final KeptBytes before = KeptBytes.of(copy);

        final LogRepairReport report = LogRepair.run(copy, false, SystemEpochClock.INSTANCE);

        final List<Damage> damages = new ArrayList<>();
        final Map<String, ByteBuffer> readable = PristineLog.readable(copy, damages);
        assertThat(report.verified().isOk())
                .as("%s", report.verified().findings())
                .isTrue();
        assertThat(damages).isEmpty();
        before.assertKept(copy);
        untouched.forEach(key -> assertThat(readable.containsKey(key)).as(key).isTrue());
        restorable.forEach(key -> assertThat(readable.containsKey(key)
                        || (isManifestLost
                                && isLast(
                                        pristine,
                                        Objects.requireNonNull(
                                                pristine.messages().get(key)),
                                        readable.keySet())))
                .as("%s could be restored", key)
                .isTrue());
        readable.forEach((key, message) -> {
            final PristineLog.Frame frame = pristine.messages().get(key);
            if (frame == null || !frame.message().equals(message)) {
                throw new AssertionError(key + ": made up");
            }
        });
        pristine.messages().forEach((key, frame) -> {
            if (!readable.containsKey(key)) {
                assertNamed(
                        pristine,
                        frame,
                        readable.keySet(),
                        RepairLedger.of(copy.repair()).ranges(),
                        isManifestLost);
            }
        });
        final LogRepairReport again = LogRepair.run(copy, false, SystemEpochClock.INSTANCE);
        assertThat(again.isAnythingDone()).as("again: %s", again).isFalse();
    }

    /** By position and sequence; not the end of a recording, when the manifest is lost too that says how far it went. */
    private static void assertNamed(
            final PristineLog pristine,
            final PristineLog.Frame frame,
            final Set<String> readable,
            final List<RepairedRange> named,
            final boolean isManifestLost) {
        final boolean isHeldElsewhere = pristine.messages().entrySet().stream()
                .anyMatch(other -> other.getValue().publicationKey() == frame.publicationKey()
                        && other.getValue().position() == frame.position()
                        && readable.contains(other.getKey()));
        if (isManifestLost && isLast(pristine, frame, readable)) {
            return;
        }
        assertThat(named)
                .as("%d of %d", frame.position(), frame.recordingId())
                .anyMatch(lost -> lost.kind() == RepairedRange.Kind.LOST
                        && lost.recordingId() == frame.recordingId()
                        && lost.fromPosition() <= frame.position()
                        && frame.position() < lost.toPosition());
        assertThat(isHeldElsewhere
                        || named.stream()
                                .anyMatch(lost -> lost.firstSequence() <= frame.sequence()
                                        && frame.sequence() <= lost.lastSequence()))
                .as("sequence %d at %d in %s", frame.sequence(), frame.position(), named)
                .isTrue();
    }

    /** Whether nothing of its recording can be read behind a frame. */
    private static boolean isLast(
            final PristineLog pristine, final PristineLog.Frame frame, final Set<String> readable) {
        return pristine.messages().entrySet().stream()
                .noneMatch(other -> other.getValue().recordingId() == frame.recordingId()
                        && other.getValue().position() > frame.position()
                        && readable.contains(other.getKey()));
    }

    static SessionDirectory copy(final SessionDirectory whole, final Path data) throws IOException {
        IoUtil.delete(data.toFile(), true);
        final SessionDirectory copy = new SessionDirectory(data, whole.sessionId());
        try (Stream<Path> all = Files.walk(whole.root())) {
            for (final Path file : all.toList()) {
                final Path target = copy.root().resolve(whole.root().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.endsWith("archive-mark.dat")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return copy;
    }

    private static List<Path> files(final SessionDirectory session) throws IOException {
        try (Stream<Path> all = Files.walk(session.root())) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateCatchUp;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateStore;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the recorder in the middle of starting, recording, indexing and making room, again and again, and holds against each
 * other what it leaves: log, tables, state, vectors, and what it had said of what is recorded and durable. As many times as
 * the system property tendon.kills says, at most {@link #KILLS_A_SESSION} in one session: a driver keeps what a dead process
 * had for a minute, and an archive has room for 64 recordings at once.
 */
class IndexKillTest {
    private static final String[] OPTIONS = {
        "--keep-bytes", "128MiB", "--incident-before", "0s", "--incident-after", "0s"
    };
    /** So that the history begins a part in each minute. */
    private static final String SMALL_PARTS = "-Dtendon.history.part-rows=500";

    private static final System.Logger LOG = System.getLogger(IndexKillTest.class.getName());
    private static final int KILLS = Integer.getInteger("tendon.kills", 12);
    private static final int KILLS_A_SESSION = 15;
    private static final int SEGMENTS_A_LIFE = 3;
    private static final long LONGEST_LIFE_NS = 1_500_000_000L;
    private static final long LONGEST_START_NS = 2_500_000_000L;

    /** In which the recorder begins to make room. */
    private static final long FIRST_WORK_NS = 200_000_000L;

    @TempDir
    private Path data = Path.of("unset");

    private long looked;
    private long kept;
    private long purged;

    @Test
    void shouldLoseNothingAndDoubleNothingAfterAnyNumberOfKills() throws Exception {
        final long seed = Long.getLong("tendon.seed", System.nanoTime());
        final Random random = new Random(seed);
        int session = 0;
        for (int left = KILLS; left > 0; left -= KILLS_A_SESSION) {
            try (TestRobot robot = new TestRobot(SMALL_PARTS)) {
                killAndCompare(robot, Math.min(left, KILLS_A_SESSION), random, session++, "seed " + seed);
            }
        }
        for (final SessionDirectory directory : new SessionCatalog(data).directories()) {
            new KilledSession(directory, "seed " + seed).checkTables();
        }
        LOG.log(
                System.Logger.Level.INFO,
                "event=killed times=" + KILLS + " sessions=" + session + " messagesLookedFor=" + looked + " rowsHeld="
                        + kept + " segmentsDeleted=" + purged + " seed=" + seed);
        assertThat(purged).as("segments that were deleted, seed %d", seed).isPositive();
    }

    private void killAndCompare(
            final TestRobot robot, final int kills, final Random random, final int number, final String what)
            throws Exception {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        final KilledSession session = new KilledSession(directory, what);
        // Of a session in which no value was said, retention may take all.
        try (KilledRobot speaker = new KilledRobot(robot, number % 2 == 0)) {
            speaker.start();
            Process recorder = launch(robot);
            speaker.roll(SEGMENTS_A_LIFE);
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> speaker.rolls() >= SEGMENTS_A_LIFE);
            for (int i = 0; i < kills; i++) {
                live(random);
                recorder.destroyForcibly().waitFor();
                if (random.nextInt(4) == 0) {
                    // Once more, while it starts.
                    recorder = robot.launchUnready(data, OPTIONS);
                    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_START_NS));
                    recorder.destroyForcibly().waitFor();
                    i++;
                }
                recorder = launch(robot);
                speaker.roll(random.nextInt(SEGMENTS_A_LIFE + 1));
                checkLog(session, speaker);
                session.takeVectorsIn();
            }
            speaker.stop();
            recorder.destroy();
            assertThat(recorder.waitFor(60, TimeUnit.SECONDS)).isTrue();
            looked += checkLog(session, speaker);
            assertThat(speaker.durable().values()).as(what).anyMatch(position -> position > 0);
        }
        purged += new PurgeLedger(directory.archive()).segments().size();
        kept += session.checkTables();
        kept += session.checkVectors();
        checkState(what);
        giveUpIncidents(directory);
    }

    private static void live(final Random random) {
        final long longestNs = random.nextInt(3) == 0 ? FIRST_WORK_NS : LONGEST_LIFE_NS;
        LockSupport.parkNanos((long) (random.nextDouble() * longestNs));
    }

    private static long checkLog(final KilledSession session, final KilledRobot speaker) {
        return session.checkLog(speaker.states(), StreamCatalog.CONTROL_STATE.streamId(), speaker.recorded())
                + session.checkLog(speaker.embeddings(), StreamCatalog.FUSION_EMBEDDING.streamId(), speaker.recorded());
    }

    /** The state is what the recordings say, those of earlier sessions that are there included. */
    private void checkState(final String what) {
        final List<String> notices = new ArrayList<>();
        final List<StateValue> logged = new LoggedState(data, notices::add).list("");
        try (StateStore store = StateStore.open(data, StateLimits.DEFAULT, notices::add)) {
            new StateCatchUp(store, data, notices::add).run(session -> true, () -> false);
            assertThat(store.list("").stream().map(IndexKillTest::text))
                    .as(what)
                    .containsAll(logged.stream().map(IndexKillTest::text).toList());
        }
        assertThat(logged).extracting(value -> value.key().text()).contains("control.state/JointState", "killed/0");
        assertThat(notices).as(what).isEmpty();
    }

    private static String text(final StateValue value) {
        return value.key().text()
                + ' '
                + value.session()
                + ' '
                + value.sessionId()
                + ' '
                + value.position()
                + ' '
                + value.captureTimeNs();
    }

    /** So that the next session may take all of this one: each start of a recorder was an incident. */
    private static void giveUpIncidents(final SessionDirectory directory) throws IOException {
        if (Files.isDirectory(directory.incidents())) {
            try (Stream<Path> files = Files.list(directory.incidents())) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Process launch(final TestRobot robot) throws IOException {
        return robot.launchRecorder(data, OPTIONS);
    }
}

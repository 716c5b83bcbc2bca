package io.tendon.fusion.rewindow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.verify.RecordedSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on a session that a real archive has recorded: two lives of control, with all that may befall a sample. */
class RewindowCommandTest {
    private static final long MS = 1_000_000L;
    private static final long T0 = 1_700_000_000_000L * MS;
    private static final WindowTiming TIMING = new WindowTiming(10 * MS, MS, MS, 4);

    @TempDir
    private Path dir;

    private final WindowAligner aligner = new WindowAligner(TIMING, 1, T0);

    @SuppressWarnings("NullAway.Init")
    private RecordedSession session;

    @SuppressWarnings("NullAway.Init")
    private ExclusivePublication states;

    private long windows;

    @BeforeEach
    void record() {
        session = new RecordedSession(dir)
                .record(StreamCatalog.CONTROL_STATE, StreamCatalog.FUSION_STATE, StreamCatalog.FUSION_EVENT);
        states = session.writer(StreamCatalog.FUSION_STATE);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldShowWhatBecameOfEverySample() throws IOException {
        final SessionDirectory recorded = run();

        final Outcome outcome = execute("--data", recorded.data().toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains(
                        "+0.010 s  ###ll#####  8 of 10 in the run, complete with the log",
                        "+0.020 s  x#n##m####  7 of 10 in the run, 8 with the log",
                        "+0.040 s  wwwwwwwwww  not made in the run, complete with the log")
                .containsPattern("complete +3 +5\n")
                .containsPattern("incomplete +3 +2\n")
                .containsPattern("not made +1 +0\n")
                .containsPattern("without control +0 +0\n")
                .containsPattern("samples expected +70\n")
                .containsPattern("late +2 +in the log; .*; fusion counted 2\n")
                .containsPattern("never seen +1 ")
                .containsPattern("lost at the writer +1 ")
                .containsPattern("missed cycle +1 ")
                .containsPattern("control silent +4 ")
                .contains("CLOSED  7 windows of 10ms, 10 samples each")
                .endsWith("1 of 3 windows that were incomplete in the run is complete with the log;"
                        + " of 1 window that fusion did not make, 1 is\n");
    }

    @Test
    void shouldSayTheSameToMachines() throws IOException {
        final SessionDirectory recorded = run();

        final Outcome outcome = execute("--data", recorded.data().toString(), "--json", "--first", "1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("\"windowNs\":10000000,\"samplePeriodNs\":1000000")
                .contains("\"inRun\":{\"complete\":3,\"incomplete\":3},\"withLog\":{\"complete\":5,\"incomplete\":2},"
                        + "\"becameComplete\":1,\"notMadeComplete\":1,\"differing\":3")
                .contains("\"samples\":{\"expected\":70,\"inTime\":51,\"late\":2,\"neverSeen\":1,\"windowNotMade\":10,"
                        + "\"lostAtWriter\":1,\"missedCycle\":1,\"shifted\":0,\"controlSilent\":4,\"saidLate\":2,")
                .endsWith("\"differing\":[{\"startNs\":" + (T0 + 10 * MS)
                        + ",\"made\":true,\"maskInRun\":999,\"maskWithLog\":1023,\"slots\":\"###ll#####\"}]}\n");
    }

    @Test
    void shouldKeepToARangeAndToAnotherWindow() throws IOException {
        final String data = run().data().toString();

        assertThat(execute("--data", data, "--from", "10ms", "--to", "20ms").out())
                .contains("CLOSED  1 window of 10ms")
                .endsWith("1 of 1 window that was incomplete in the run is complete with the log\n");
        assertThat(execute("--data", data, "--window", "20ms", "--all").out())
                .contains("+0.000 s  #############ll#####  18 of 20 in the run, complete with the log")
                .contains("CLOSED  3 windows of 20ms, 20 samples each");
        assertThat(execute("--data", data, "--first", "0").out())
                .contains("and 3 more; --all prints each")
                .doesNotContain("in the run, ");
    }

    @Test
    void shouldRefuseWhatMakesNoWindows() throws IOException {
        final String data = run().data().toString();

        assertThat(execute("--data", data, "--window", "10500us")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
            assertThat(outcome.err())
                    .contains("window=10500us: must be 1 to 64 whole sample periods of the run, 1ms", "10ms");
        });
        assertThat(execute("--data", data, "--window", "200ms").exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(execute("--data", data, "--first", "-1").exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(execute("--data", data, "--from", "5s")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(outcome.err()).contains("fusion made no window", "`persistence-node info`");
        });
        assertThat(execute("--data", dir.resolve("nothing").toString())).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(outcome.err()).contains("holds no session yet");
        });
    }

    /**
     * <pre>
     *   window 0  whole                      window 3  whole
     *   window 1  two samples late           window 4  not made: fusion stalled
     *   window 2  one lost, one never seen,  window 5  control dies after six samples
     *             one cycle missed           window 6  its next life, whole
     * </pre>
     */
    private SessionDirectory run() throws IOException {
        final ExclusivePublication control = session.writer(StreamCatalog.CONTROL_STATE);
        final ExclusivePublication events = session.writer(StreamCatalog.FUSION_EVENT);
        long sequence = 0;
        for (int slot = 0; slot < 56; slot++) {
            if (slot == 25) {
                continue;
            }
            final boolean isLate = slot == 13 || slot == 14;
            final boolean isRead = !isLate && slot != 20 && slot != 22 && slot / 10 != 4;
            if (slot != 20) {
                session.publish(control, RewindMessages.sample(sequence, T0 + slot * MS, slot));
            }
            if (isRead) {
                aligner.admit(sample(control, sequence, slot));
            }
            if (slot % 10 == 9 && slot != 49) {
                say(slot / 10);
            }
            if (slot == 20) {
                aligner.admit(sample(control, 13, 13));
                aligner.admit(sample(control, 14, 14));
            }
            sequence++;
        }
        session.publish(events, RewindMessages.gap(0, T0 + 23 * MS, control.sessionId(), 22, 22));
        say(5);
        final ExclusivePublication reborn = session.writer(StreamCatalog.CONTROL_STATE);
        for (int slot = 60; slot < 70; slot++) {
            session.publish(reborn, RewindMessages.sample(slot - 60, T0 + slot * MS, slot - 60));
            aligner.admit(sample(reborn, slot - 60, slot));
        }
        say(6);
        session.awaitRecorded(control);
        session.awaitRecorded(reborn);
        session.awaitRecorded(states);
        session.awaitRecorded(events);
        return session.stop();
    }

    /** Closes windows up to one, and says that one. */
    private void say(final int index) {
        final long saidNs = T0 + (index + 1L) * TIMING.windowNs() + TIMING.graceNs();
        while (aligner.nextCloseTimeNs() < saidNs) {
            aligner.close();
        }
        session.publish(states, RewindMessages.window(windows++, saidNs, aligner.close()));
    }

    private static ArmSample sample(final ExclusivePublication control, final long sequence, final int slot) {
        final ArmSample sample = new ArmSample(1);
        sample.sessionId = control.sessionId();
        sample.sequence = sequence;
        sample.captureTimeNs = T0 + slot * MS;
        return sample;
    }

    private static Outcome execute(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = new CommandLine(new RewindowCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage());
                    return e instanceof ConfigException ? NodeCommand.EXIT_USAGE : NodeCommand.EXIT_FAILURE;
                })
                .execute(args);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private record Outcome(int exitCode, String out, String err) {}
}

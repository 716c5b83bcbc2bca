package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `embed` and `similar` say of a recorded session in which a motion comes twice. */
class SimilarTest {
    private static final TestRobot ROBOT = new TestRobot();
    private static final Pattern REPLAY =
            Pattern.compile("persistence-node replay --session (\\S+) --from ([0-9.]+)s --to ([0-9.]+)s --data (\\S+)");

    @TempDir
    private static Path data = Path.of("unset");

    /** From the session's start to that of the motions' time, s. */
    private static double offsetS;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        final Process recorder = ROBOT.launchRecorder(data);
        try (MotionSpeaker speaker =
                new MotionSpeaker(ROBOT.connect(NodeId.CONTROL), ROBOT.connect(NodeId.FUSION), 5)) {
            speaker.speak();
            ROBOT.awaitRecorded(StreamCatalog.CONTROL_STATE, MotionSpeaker.SECONDS * MotionSpeaker.PER_S);
            ROBOT.awaitRecorded(StreamCatalog.CONTROL_EVENT, 3);
            ROBOT.awaitRecorded(StreamCatalog.FUSION_EMBEDDING, MotionSpeaker.SECONDS);
            recorder.destroy();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            final Session session = Session.open(new SessionDirectory(data, ROBOT.sessionName()));
            offsetS = (speaker.startNs() - session.manifest().startedNs()) / 1e9;
        }
        final CommandRun embedded = CommandRun.of("embed", "--data", data.toString());
        assertThat(embedded.exitCode()).as(embedded.err()).isZero();
        assertThat(embedded.out()).contains("windows of 1s every 500ms, model window-stats-1-1s, 48 elements");
    }

    @AfterAll
    static void stopRobot() {
        ROBOT.close();
    }

    @Test
    void shouldFindTheMotionAgainAndSayHowToReplayIt() throws IOException, InterruptedException {
        final String asked = seconds(offsetS + MotionSpeaker.MOTION_S[0] + 1.5);
        final CommandRun outcome = CommandRun.of("similar", "--to", asked, "--k", "3", "--data", data.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).startsWith("like WINDOW ").contains("model window-stats-1-1s");
        final Matcher replay = REPLAY.matcher(outcome.out());
        assertThat(replay.find()).as(outcome.out()).isTrue();
        assertThat(replay.group(1)).isEqualTo(ROBOT.sessionName());
        final double middleS = (Double.parseDouble(replay.group(2)) + Double.parseDouble(replay.group(3))) / 2;
        final double secondS = offsetS + MotionSpeaker.MOTION_S[1];
        assertThat(middleS).isBetween(secondS, secondS + MotionSpeaker.MOTION_SECONDS);

        final List<String> lines = ROBOT.run(
                data,
                "replay",
                "--session",
                replay.group(1),
                "--from",
                replay.group(2) + "s",
                "--to",
                replay.group(3) + "s",
                "--speed",
                "max",
                "--stream",
                "control.state",
                "--json");
        assertThat(lines).singleElement().asString().contains("\"messages\":" + MotionSpeaker.PER_S);
    }

    @Test
    void shouldTakeAMessageAsDumpShowsIt() throws IOException, InterruptedException {
        final String line = ROBOT.run(data, "dump", "--stream", "control.event").stream()
                .filter(dumped -> dumped.contains("motion begins"))
                .findFirst()
                .orElseThrow();
        final Matcher position = Pattern.compile("\"position\":(\\d+)").matcher(line);
        assertThat(position.find()).isTrue();

        final CommandRun outcome = CommandRun.of(
                "similar",
                "--to",
                "control.event:" + position.group(1),
                "--json",
                "--k",
                "1",
                "--data",
                data.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith("[{\"rank\":1,\"similarity\":0.9")
                .contains("\"session\":\"" + ROBOT.sessionName() + "\"", "\"kind\":\"WINDOW\"", "\"replay\":\"");
        final CommandRun wrong = CommandRun.of("similar", "--to", "control.event:32", "--data", data.toString());
        assertThat(wrong.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(wrong.err())
                .contains("--to=control.event:32: no message begins there")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldFindWhatHasALabelAndSayWhatIsPossibleWhenNothingHas() {
        final CommandRun outcome =
                CommandRun.of("similar", "--to", "mug", "--k", "3", "--json", "--data", data.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().split("\"label\":\"mug\"", -1)).hasSize(1 + 3);
        assertThat(outcome.out()).contains("\"stream\":\"fusion.embedding\"", "\"kind\":\"OBJECT\"");

        final CommandRun none = CommandRun.of("similar", "--to", "red mug", "--data", data.toString());
        assertThat(none.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(none.out()).isEmpty();
        assertThat(none.err())
                .contains("'red mug' is no time, no event and no label; the labels are mug, thing 0", "no text model")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldFilterAndRefuseWhatCannotBeMeant() {
        final String half = seconds(offsetS + MotionSpeaker.SECONDS / 2.0);
        final CommandRun early = CommandRun.of(
                "similar", "--to", seconds(offsetS + 7.5), "--until", half, "--json", "--data", data.toString());
        assertThat(early.exitCode()).as(early.err()).isZero();
        final Matcher begin = REPLAY.matcher(early.out());
        int found = 0;
        while (begin.find()) {
            assertThat(Double.parseDouble(begin.group(2))).isLessThan(offsetS + MotionSpeaker.SECONDS / 2.0);
            found++;
        }
        assertThat(found).isGreaterThan(3);

        assertRefused("k=0: must be 1 to 1000", "--to", "1s", "--k", "0");
        assertRefused("must be before --until", "--to", "1s", "--from", "9s", "--until", "5s");
        assertRefused("to=: must be a time, a message or a label", "--to", "");
        assertRefused("Missing required option: '--to=", "--k", "3");
    }

    private static void assertRefused(final String text, final String... arguments) {
        final String[] all = new String[arguments.length + 3];
        all[0] = "similar";
        all[1] = "--data";
        all[2] = data.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        final CommandRun outcome = CommandRun.of(all);
        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(outcome.err()).contains(text).doesNotContain("\tat ");
    }

    private static String seconds(final double seconds) {
        return String.format(Locale.ROOT, "%.6fs", seconds);
    }
}

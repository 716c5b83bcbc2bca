package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.StateEntryEncoder;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put and asked by key while a recorder runs. Each test has keys of its own. */
class StateCommandsTest {
    private static final int MESSAGES = 2_000;
    private static final TestRobot ROBOT = new TestRobot();

    @TempDir
    private static Path data = Path.of("unset");

    private static @Nullable Process recorder;

    @BeforeAll
    static void record() throws IOException {
        // Commands that run in this process find the robot that the recorder's process records.
        System.setProperty(
                RuntimeDirectory.ROOT_PROPERTY,
                String.valueOf(ROBOT.runtime().directory().getParent()));
        recorder = ROBOT.launchRecorder(data);
        try (TestWriter writer = new TestWriter(ROBOT.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
            writer.publish(MESSAGES);
            ROBOT.awaitRecorded(StreamCatalog.CONTROL_STATE, MESSAGES);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (recorder != null) {
            recorder.destroy();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        ROBOT.close();
        System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
    }

    @Test
    void shouldKnowWhatWasPutAsSoonAsThatReturns() {
        for (int i = 0; i < 5; i++) {
            put("calibration/wrist", "{\"offset\": [0.1, " + i + "]}");
            assertThat(state("get", "calibration/wrist").out()).isEqualTo("{\"offset\": [0.1, " + i + "]}\n");
        }
        assertThat(state("get", "calibration/wrist", "--json").out())
                .startsWith("[{\"key\":\"calibration/wrist\",\"session\":\"" + ROBOT.sessionName()
                        + "\",\"stream\":\"state.entry\",\"sessionId\":")
                .endsWith("\"removed\":false,\"content\":{\"offset\": [0.1, 4]}}]\n");
    }

    @Test
    void shouldTakeWhateverIsOneJsonValue() {
        for (final String content : List.of("12", "-0.5e-3", "true", "null", "\"ä \\u20ac\"", "[]", "{\"a\":[1,{}]}")) {
            put("any/json", content);
            assertThat(state("get", "any/json").out()).isEqualTo(content + "\n");
        }
        final String longest = "\"" + "x".repeat(1_022) + "\"";
        put("any/json", longest);
        assertThat(state("get", "any/json").out()).isEqualTo(longest + "\n");
    }

    @Test
    void shouldRefuseWhatIsNoKeyOrNoJson() {
        assertRefused("key=Wrist: must be", "put", "Wrist", "1");
        assertRefused("key=fusion.state/FusedState: must have no capital", "put", "fusion.state/FusedState", "1");
        assertRefused("key=a//b: must be", "get", "a//b");
        for (final String content : List.of("", "{", "{} {}", "nul", "1 2", "{a:1}", "[1,]", "'text'")) {
            assertRefused("content=" + content + ": must be one JSON value", "put", "k", content);
        }
        assertRefused("content=1025 bytes: must have at most 1024", "put", "k", "\"" + "x".repeat(1_023) + "\"");
        assertRefused("session=x: must go with a time", "get", "k", "--session", "x");
        final CommandRun recorder = CommandRun.of("run", "--name", "nobody-runs-this", "--state-entries", "0");
        assertThat(recorder.exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(recorder.err()).contains("state-entries=0: must be 1 to");
    }

    @Test
    void shouldForgetAKeyAndStillSayWhatItWas() {
        put("object/mug", "{\"x\":1}");
        final String before = instant(ROBOT.nanoTime());
        put("object/mug", "{\"x\":2}");
        final CommandRun removed = state("rm", "object/mug");
        assertThat(removed.exitCode()).as(removed.err()).isZero();

        final CommandRun outcome = state("get", "object/mug");
        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err()).contains("object/mug: was removed at", "--as-of");
        assertThat(state("list", "--prefix", "object/mug").out()).isEmpty();
        assertThat(state("get", "object/mug", "--as-of", before).out()).isEqualTo("{\"x\":1}\n");
        assertThat(state("get", "object/mug", "--as-of", "0s").err()).contains("nothing had been said under it");
    }

    @Test
    void shouldGiveTheLastMessageOfAStreamAsDumpPrintsIt() throws IOException, InterruptedException {
        final List<String> dumped = ROBOT.run(data, "dump", "--stream", "control.state");
        final String last = dumped.get(dumped.size() - 1);

        final String content = state("get", "control.state/JointState").out().strip();

        assertThat(content).startsWith("{\"message\":\"JointState\"");
        assertThat(last).endsWith(content.substring(1));
        final String early = dumped.get(500);
        final String earlyNs = early.replaceFirst(".*\"captureTimeNs\":(\\d+).*", "$1");
        final String then = state("get", "control.state/JointState", "--as-of", instant(Long.parseLong(earlyNs)))
                .out()
                .strip();
        assertThat(early).endsWith(then.substring(1));
    }

    @Test
    void shouldListWhatIsKnown() {
        put("listed/one", "1");
        put("listed/two", "\"" + "long ".repeat(50) + "\"");

        assertThat(state("list", "--prefix", "listed/").out().lines().skip(1))
                .hasSize(2)
                .allMatch(line -> line.contains(ROBOT.sessionName()));
        assertThat(state("list").out()).contains("control.state/JointState", "persistence.event/Event");
        assertThat(state("list", "--prefix", "listed/", "--json").out())
                .startsWith("[{\"key\":\"listed/one\",")
                .endsWith("}]\n");
        assertThat(state("list", "--prefix", "nothing-like-it").err()).contains("nothing is known under keys");
    }

    @Test
    void shouldNameTheNearestKeyWhenThereIsNoSuchOne() {
        put("near/by", "1");

        final CommandRun outcome = state("get", "near/bye");

        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err()).contains("key=near/bye: nothing was said under it; did you mean near/by?");
    }

    @Test
    void shouldAnswerFromTheRecordingsWhenTheMapCannotBeOpened() throws IOException, InterruptedException {
        put("fallback/key", "[1,2]");
        assertThat(state("get", "fallback/key").out()).isEqualTo("[1,2]\n");

        // On a copy that no recorder holds, a process without the options that Chronicle Map needs.
        final Path copy = data.resolveSibling(data.getFileName() + "-copy");
        copyTree(data, copy);
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.util.zip=ALL-UNNAMED",
                        "-Dchronicle.analytics.disable=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PersistenceNode.class.getName(),
                        "state",
                        "get",
                        "fallback/key",
                        "--name",
                        "nobody-runs-this",
                        "--data",
                        copy.toString())
                .start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isZero();
        assertThat(out).isEqualTo("[1,2]\n");
        assertThat(err).contains("cannot be opened by Chronicle Map", "answered from the recordings");
    }

    @Test
    void shouldAskTheRecorderWhichHasTheMapOpen() {
        put("held/key", "\"before\"");
        Awaitility.await().until(this::isHeldByTheRecorder);
        put("held/key", "\"after\"");

        final CommandRun outcome = state("get", "held/key");
        assertThat(outcome.out()).isEqualTo("\"after\"\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(state("list", "--prefix", "held/").out()).contains("\"after\"");
        assertThat(state("get", "held/none").err()).contains("nothing was said under it", "did you mean held/key?");
    }

    private boolean isHeldByTheRecorder() {
        try (StateStore store = StateStore.open(data, StateLimits.DEFAULT, notice -> {})) {
            return store.size() < 0;
        } catch (final CommandFailure e) {
            return true;
        }
    }

    @Test
    void shouldWatchAKeyUntilItIsInterrupted() throws IOException, InterruptedException {
        put("watched/key", "0");
        final Process watch =
                ROBOT.launch("state", "watch", "watched/key", "--name", TestRobot.NAME, "--data", data.toString());
        try (BufferedReader out = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("0");
            for (int i = 1; i <= 3; i++) {
                put("watched/key", Integer.toString(i));
                put("not-watched/key", "9");
                assertThat(out.readLine()).isEqualTo(Integer.toString(i));
            }
            assertThat(state("rm", "watched/key").exitCode()).isZero();
            assertThat(out.readLine()).isEqualTo("null");
            TestRobot.signal(watch, "INT");
            assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        }
    }

    @Test
    void shouldSaySoWhenWhatWasPutDoesNotHoldBecauseAClockWasAhead() {
        final long aheadNs = ROBOT.nanoTime() + TimeUnit.DAYS.toNanos(400);
        try (BusConnection bus = ROBOT.connect(NodeId.OPERATOR);
                MessagePublisher publisher = bus.addPublisher(StreamCatalog.STATE_ENTRY)) {
            final byte[] key = "clock/ahead".getBytes(StandardCharsets.US_ASCII);
            assertThat(publisher.claim(MessageLengths.stateEntry(key.length, 1)).isAccepted())
                    .isTrue();
            final StateEntryEncoder entry = new StateEntryEncoder()
                    .wrapAndApplyHeader(publisher.buffer(), publisher.offset(), new MessageHeaderEncoder());
            entry.stamp().sequence(0).captureTimeNs(aheadNs).source(NodeId.OPERATOR);
            entry.removed(BooleanType.FALSE).inputsCount(0);
            entry.putKey(key, 0, key.length).content("1");
            publisher.commit();
            publisher.doWork();
            Awaitility.await()
                    .until(() -> "1\n".equals(state("get", "clock/ahead").out()));

            final CommandRun outcome = CommandRun.of("state", "put", "clock/ahead", "2", "--name", TestRobot.NAME);

            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(outcome.err()).contains("clock/ahead was recorded and does not hold", "set the machine's clock");
            assertThat(state("get", "clock/ahead").out()).isEqualTo("1\n");
        }
    }

    @Test
    void shouldSayWhatToDoWhenTheRobotIsOff() {
        for (final String[] arguments :
                new String[][] {{"put", "k", "1"}, {"rm", "k"}, {"watch", "k", "--data", data.toString()}}) {
            final String[] all = new String[arguments.length + 3];
            all[0] = "state";
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            all[all.length - 2] = "--name";
            all[all.length - 1] = "nobody-runs-this";
            final CommandRun outcome = CommandRun.of(all);
            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(outcome.err()).contains("no session runs", "start it with launch-all.sh");
        }
    }

    @Test
    void shouldMakeNothingInADirectoryWithoutSessions() {
        final Path nowhere = data.resolve("nowhere");

        final CommandRun outcome = CommandRun.of("state", "list", "--data", nowhere.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("no sessions in " + nowhere, "nothing is known");
        assertThat(nowhere).doesNotExist();
    }

    private static void put(final String key, final String content) {
        final CommandRun outcome = CommandRun.of("state", "put", key, content, "--name", TestRobot.NAME);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEqualTo("recorded in session " + ROBOT.sessionName() + "\n");
    }

    private static CommandRun state(final String... arguments) {
        final String[] all = new String[arguments.length + 5];
        all[0] = "state";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 4] = "--name";
        all[all.length - 3] = TestRobot.NAME;
        all[all.length - 2] = "--data";
        all[all.length - 1] = data.toString();
        return CommandRun.of(all);
    }

    private static void copyTree(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : paths.toList()) {
                final Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static String instant(final long epochNs) {
        return Instant.EPOCH.plusNanos(epochNs).toString();
    }

    private static void assertRefused(final String text, final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "state";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        final CommandRun outcome = CommandRun.of(all);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(outcome.err()).contains(text).doesNotContain("\tat ");
    }
}

package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tendon.deploy.it.Installation.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the store of a robot that runs, and then the same session's without it. */
class StoreIT {
    private static final String NAME = "store-it";
    private static final Pattern CAPTURE_TIME = Pattern.compile("\"captureTimeNs\":(\\d+)");
    private static final Pattern POSITION = Pattern.compile("\"joints\":\\[\\{\"position\":([-0-9.E]+)");

    @TempDir
    private Path data;

    @Test
    void shouldAnswerAsTheLogDoesWhileTheRobotRunsAndLater() {
        final Installation installation = new Installation(data);
        final long recorded;
        try (Robot robot = Robot.launch(installation, NAME)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> count(installation) > 5_000);

            final long before = recorded(installation);
            final long answered = count(installation);
            final long after = recorded(installation);
            assertThat(answered).as("no older than the recording").isBetween(before, after + 100);
            assertRangeEqualsDump(installation);
            final Outcome mistake = sql(installation, "SELECT nothing FROM joint_state");
            assertThat(mistake.exitCode()).isEqualTo(1);
            assertThat(mistake.err()).contains("nothing", "Candidate").doesNotContain("\tat ");
            assertThat(sql(installation, "DROP TABLE joint_state").err()).contains("must be one SELECT");

            assertThat(state(installation, "put", "calibration/wrist", "{\"offset_n\":0.25}")
                            .exitCode())
                    .isZero();
            assertThat(state(installation, "get", "calibration/wrist").out().strip())
                    .isEqualTo("{\"offset_n\":0.25}");
            assertThat(state(installation, "list").out()).contains("calibration/wrist", "control.state/JointState");

            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isIn(0, 3);
            recorded = robot.report().find("streams", "name", "control.state").isEmpty()
                    ? -1
                    : robot.report().number(robot.report().find("streams", "name", "control.state") + "recorded");
        }
        assertThat(count(installation)).isEqualTo(recorded);
        assertRangeEqualsDump(installation);
        assertThat(installation
                        .run("persistence-node", "reindex", "--name", NAME)
                        .exitCode())
                .isZero();
        assertThat(count(installation)).isEqualTo(recorded);
        assertThat(state(installation, "get", "calibration/wrist").out().strip())
                .isEqualTo("{\"offset_n\":0.25}");
        assertStateIsTheLastMessage(installation);
        final Path parquet = data.resolve("states.parquet");
        assertThat(installation
                        .run(
                                "persistence-node",
                                "query",
                                "--stream",
                                "control.state",
                                "--field",
                                "joint_position[1]",
                                "--format",
                                "parquet",
                                "--out",
                                parquet.toString())
                        .err())
                .isEmpty();
        assertThat(number(sql(installation, "SELECT count(*) FROM '" + parquet + "'")))
                .isEqualTo(recorded);
    }

    private static void assertStateIsTheLastMessage(final Installation installation) {
        final List<String> dumped = installation
                .run("persistence-node", "dump", "--stream", "control.state", "--from", "3s")
                .lines();
        final String last = dumped.get(dumped.size() - 1);
        assertThat(last.substring(last.indexOf("\"message\"")))
                .isEqualTo(state(installation, "get", "control.state/JointState")
                        .out()
                        .strip()
                        .substring(1));
    }

    private static void assertRangeEqualsDump(final Installation installation) {
        // From the first message on, since a busy machine starts a robot slowly.
        final Matcher first = CAPTURE_TIME.matcher(installation
                .run("persistence-node", "dump", "--stream", "control.state", "--count", "1")
                .out());
        assertThat(first.find()).isTrue();
        final long firstNs = Long.parseLong(first.group(1));
        final String from = Instant.ofEpochSecond(0, firstNs + 500_000_000L).toString();
        final String to = Instant.ofEpochSecond(0, firstNs + 2_200_000_000L).toString();
        final List<Double> dumped = new ArrayList<>();
        for (final String line : installation
                .run("persistence-node", "dump", "--stream", "control.state", "--from", from, "--to", to)
                .lines()) {
            final Matcher position = POSITION.matcher(line);
            assertThat(position.find()).as(line).isTrue();
            dumped.add(Double.valueOf(position.group(1)));
        }
        assertThat(dumped).hasSizeGreaterThan(500);
        final List<String> values = query(installation, from, to);
        assertThat(values).hasSameSizeAs(dumped);
        for (int i = 0; i < values.size(); i++) {
            assertThat(Double.parseDouble(values.get(i))).isEqualTo(dumped.get(i));
        }
        final List<String> means = query(installation, from, to, "--every", "10s", "--agg", "mean", "--agg", "count");
        double sum = 0;
        long count = 0;
        for (final String line : means) {
            final String[] columns = line.split(",");
            sum += Double.parseDouble(columns[0]) * Long.parseLong(columns[1]);
            count += Long.parseLong(columns[1]);
        }
        assertThat(count).isEqualTo(dumped.size());
        assertThat(sum / count)
                .isCloseTo(dumped.stream().mapToDouble(value -> value).average().orElseThrow(), within(1e-9));
    }

    /** What stands behind the time in each row. */
    private static List<String> query(
            final Installation installation, final String from, final String to, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of(
                "query",
                "--name",
                NAME,
                "--stream",
                "control.state",
                "--field",
                "joint_position[1]",
                "--from",
                from,
                "--to",
                to,
                "--format",
                "csv"));
        all.addAll(List.of(arguments));
        final Outcome outcome = installation.run("persistence-node", all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.lines().stream()
                .skip(1)
                .map(line -> line.substring(line.indexOf(',') + 1))
                .toList();
    }

    private static long count(final Installation installation) {
        return number(sql(installation, "SELECT count(*) FROM joint_state"));
    }

    private static Outcome sql(final Installation installation, final String question) {
        return installation.run("persistence-node", "sql", "--name", NAME, "--format", "csv", question);
    }

    private static Outcome state(final Installation installation, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("state"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--name", NAME));
        return installation.run("persistence-node", all.toArray(String[]::new));
    }

    private static long number(final Outcome outcome) {
        return outcome.exitCode() == 0 ? Long.parseLong(outcome.lines().get(1)) : -1;
    }

    private static long recorded(final Installation installation) {
        final Json status = Json.parse(installation
                .run("persistence-node", "status", "--name", NAME, "--json")
                .out());
        return status.number(status.find("streams", "name", "control.state") + "recorded");
    }
}

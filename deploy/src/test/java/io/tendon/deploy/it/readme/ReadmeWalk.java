package io.tendon.deploy.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.deploy.it.readme.ReadmeHome.Running;
import io.tendon.deploy.it.readme.RowExpectation.Scene;
import io.tendon.deploy.it.readme.RowExpectation.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs every command of the table, scene by scene:
 *
 * <pre>
 *   one robot starts -> the robot starts beside it -> the live rows -> Ctrl-C -> the rows that read what was recorded
 *     -> the rows that stand alone, two at a time, each in a home of its own
 * </pre>
 */
final class ReadmeWalk {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RECORDED_TIME = Duration.ofSeconds(15);

    private final ReadmeTable table;
    private final Path parent;

    ReadmeWalk(final ReadmeTable table, final Path parent) {
        this.table = table;
        this.parent = parent;
    }

    void run() throws Exception {
        try (ReadmeHome home = new ReadmeHome(parent)) {
            final ReadmeTable.Row robotRow = rows(Scene.ROBOT).get(0);
            final ReadmeTable.Row besideRow = rows(Scene.BESIDE).get(0);
            final Running beside = home.start(besideRow.lines().get(0));
            awaitSession(beside);
            // The later of the two, so that its session is the latest.
            final Running robot = home.start(robotRow.lines().get(0));
            try {
                awaitSession(robot);
                beside.interrupt();
                assertOutcome(home, besideRow, 0, beside);
                awaitState(home, "RUNNING");
                final long runningNs = System.nanoTime();
                rows(Scene.LIVE).forEach(row -> runLines(home, row));
                // The rows that follow ask for seconds 10 to 14 of the session, whenever in it control came up.
                await().atMost(RECORDED_TIME.multipliedBy(2))
                        .until(() -> System.nanoTime() - runningNs > RECORDED_TIME.toNanos());
                robot.interrupt();
                assertOutcome(home, robotRow, 0, robot);
            } finally {
                end(beside);
                end(robot);
            }
            rows(Scene.RECORDED).forEach(row -> runLines(home, row));
        }
        runAlone();
    }

    private static void end(final Running robot) {
        robot.process().destroy();
        robot.exitCode();
    }

    private void runAlone() throws Exception {
        final ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            final List<Future<?>> runs = new ArrayList<>();
            for (final ReadmeTable.Row row : rows(Scene.ALONE)) {
                runs.add(two.submit(() -> runAlone(row)));
            }
            for (final Future<?> run : runs) {
                run.get();
            }
        } finally {
            two.shutdownNow();
        }
    }

    private Void runAlone(final ReadmeTable.Row row) throws IOException {
        try (ReadmeHome home = new ReadmeHome(parent)) {
            if (row.lines().get(0).startsWith("deploy/launch-all.sh")
                    && !row.lines().get(0).contains("--duration")) {
                launchAndInterrupt(home, row);
            } else {
                runLines(home, row);
            }
        }
        return null;
    }

    private void launchAndInterrupt(final ReadmeHome home, final ReadmeTable.Row row) {
        final Running robot = home.start(row.lines().get(0));
        try {
            awaitSession(robot);
            robot.interrupt();
            assertOutcome(home, row, 0, robot);
        } finally {
            end(robot);
        }
    }

    private void runLines(final ReadmeHome home, final ReadmeTable.Row row) {
        for (int i = 0; i < row.lines().size(); i++) {
            final Step step = step(row, i);
            assertOutcome(
                    home,
                    row,
                    i,
                    home.start(step.shell().replace("%s", row.lines().get(i))));
            if (!step.stateAfter().isEmpty()) {
                awaitState(home, step.stateAfter());
            }
        }
    }

    private static void assertOutcome(
            final ReadmeHome home, final ReadmeTable.Row row, final int index, final Running command) {
        final Step step = step(row, index);
        final int exitCode = command.exitCode();
        final String printed = command.printed();
        if (exitCode == 2 && !step.refusal().isEmpty() && printed.contains(step.refusal())) {
            return;
        }
        final String what = row.lines().get(index) + " printed\n" + printed;
        assertThat(exitCode).as(what).isZero();
        assertThat(step.shows())
                .as(what)
                .allSatisfy(shown -> assertThat(printed).containsPattern(shown));
        if (!step.leaves().isEmpty()) {
            assertThat(home.file(step.leaves())).as(what).isNotEmptyFile();
        }
    }

    private static void awaitSession(final Running robot) {
        await().atMost(START_TIMEOUT)
                .until(() ->
                        robot.printed().contains("session ") || !robot.process().isAlive());
    }

    private static void awaitState(final ReadmeHome home, final String state) {
        await().atMost(STATE_TIMEOUT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            final Running status = home.start("control-node status --json");
            assertThat(status.exitCode()).as(status.printed()).isZero();
            assertThat(status.printed()).contains("\"safetyState\":\"" + state + "\"");
        });
    }

    private List<ReadmeTable.Row> rows(final Scene scene) {
        return table.rows().stream()
                .filter(row -> expectation(row).scene() == scene)
                .toList();
    }

    private static Step step(final ReadmeTable.Row row, final int index) {
        return expectation(row).steps().get(index);
    }

    private static RowExpectation expectation(final ReadmeTable.Row row) {
        return RowExpectations.ALL.stream()
                .filter(expected -> expected.purpose().equals(row.purpose()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(row.purpose() + ": has no entry in RowExpectations"));
    }
}

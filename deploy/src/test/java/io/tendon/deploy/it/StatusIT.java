package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.console.Style;
import io.tendon.deploy.figures.FigureHistory;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotReader;
import io.tendon.deploy.panel.Panel;
import io.tendon.deploy.panel.PanelContent;
import io.tendon.deploy.panel.PanelView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks at a robot that runs sees how it does, and it does not notice. */
class StatusIT {
    private static final String NAME = "status-it";
    private static final int READERS = 50;
    private static final int PANELS = 4;
    private static final int REFRESHES = 12;
    private static final long PERIOD_NS = 500_000_000L;

    /** The second when control was starved of its core for so long that the arm was stopped: no matter of counts. */
    private static final List<Integer> STOPPED_IN_ORDER = List.of(0, 3);

    @TempDir
    private Path data;

    /**
     * Fifty readers, each with its own mapping of the counters and its own way through the recorded events, refresh and
     * draw twice a second. They are threads of this one process, since fifty JVMs would starve the robot of a small
     * machine's cores whatever they did; four panels in processes and on terminals of their own run beside them.
     */
    @Test
    void shouldLoseNothingWhileFiftyReadersInOneProcessAndFourPanelsWatch() throws Exception {
        final Installation installation = new Installation(data);
        final String status = installation.home().resolve("bin/tendon-status") + " --name " + NAME;
        final List<Pty> panels = new ArrayList<>();
        final Json before;
        try (Robot robot = Robot.launch(installation, NAME)) {
            for (int i = 0; i < PANELS; i++) {
                panels.add(Pty.start(data.resolve("panel" + i + ".txt"), installation, 100, 40, status));
            }
            panels.forEach(panel -> await().atMost(Duration.ofSeconds(60))
                    .until(() -> panel.output().contains("control.state")));

            final List<RobotFigures> last = readAtOnce();

            assertThat(last).hasSize(READERS).allSatisfy(figures -> {
                assertThat(figures.isLive()).isTrue();
                assertThat(figures.sent()).isPositive();
            });
            before = Json.parse(
                    installation.run("tendon-status", "--name", NAME, "--json").out());
            panels.forEach(panel -> panel.type("q"));
            panels.forEach(panel -> assertThat(panel.awaitExit()).isZero());
            robot.interrupt();
            assertThat(robot.awaitExit()).as(robot.output()).isIn(STOPPED_IN_ORDER);
            assertNothingLost(robot.report());
        } finally {
            panels.forEach(Pty::close);
        }
        assertThat(before.text("live")).isEqualTo("true");
        assertThat(before.text("arm.safetyState")).isNotEqualTo("WAITING");
        for (final String node : List.of("driver", "persistence", "fusion", "control")) {
            final String path = before.find("nodes", "name", node);
            assertThat(before.text(path + "state")).as(node).isEqualTo("UP");
            assertThat(before.number(path + "residentBytes")).as(node).isPositive();
        }
        assertThat(before.number(before.find("loops", "node", "control") + "executed"))
                .isPositive();
        assertThat(before.number("disk.freeBytes")).isPositive();
        assertThat(before.find("events", "name", "SAFETY_STATE_CHANGED")).isNotEmpty();
        assertThat(before.values().toString()).contains("WAITING -> RUNNING");
    }

    @Test
    void shouldSayThatNoRobotRuns() {
        final Installation.Outcome outcome =
                new Installation(data).run("tendon-status", "--name", "nobody-there", "--once");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("robot nobody-there: no session runs")
                .contains("launch-all.sh");
    }

    @Test
    void shouldShowThePanelOnATerminalAndLeaveTheTerminalAsItWasWhenCtrlCStopsTheRobot() {
        final Installation installation = new Installation(data);
        final String modes = "stty -a | tail -n +2 | sed s/^/MODES/";
        final String launch = installation.home().resolve("bin/launch-all") + " --name panel-it";
        try (Pty terminal = Pty.start(
                data.resolve("launch.txt"),
                installation,
                80,
                24,
                modes + "; " + launch + "; e=$?; " + modes + "; exit $e")) {
            await().atMost(Duration.ofSeconds(90)).until(() -> terminal.output().contains("Ctrl-C stops the robot"));
            terminal.type("q");
            await().until(() -> terminal.output().contains("press Ctrl-C to stop the robot"));

            final Installation.Outcome once = installation.run("tendon-status", "--name", "panel-it");
            terminal.type("\u0003");

            final int exitCode = terminal.awaitExit();
            assertThat(exitCode).as(terminal.end()).isIn(STOPPED_IN_ORDER);
            assertThat(once.exitCode()).as(once.err()).isZero();
            assertThat(once.out()).contains("control.state").contains("RUNNING").doesNotContain("\u001b");
            final String shown = terminal.output();
            assertThat(shown).as(terminal.end()).contains("Picked and placed").doesNotContain("  loop ");
            assertThat(shown.lastIndexOf("\u001b[?25h"))
                    .as("the cursor is shown again")
                    .isGreaterThan(shown.lastIndexOf("\u001b[?25l"));
            final List<String> seen =
                    shown.lines().filter(line -> line.startsWith("MODES")).toList();
            assertThat(seen).isNotEmpty();
            assertThat(seen.subList(seen.size() / 2, seen.size())).isEqualTo(seen.subList(0, seen.size() / 2));
        }
    }

    private static List<RobotFigures> readAtOnce() throws InterruptedException, ExecutionException {
        final ExecutorService threads = Executors.newFixedThreadPool(READERS);
        final AtomicBoolean hasFailed = new AtomicBoolean();
        try {
            final List<Future<RobotFigures>> futures = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                futures.add(threads.submit(() -> watch(hasFailed)));
            }
            final List<RobotFigures> last = new ArrayList<>();
            for (final Future<RobotFigures> future : futures) {
                last.add(future.get());
            }
            return last;
        } finally {
            hasFailed.set(true);
            threads.shutdownNow();
        }
    }

    /** What a panel does, but for the terminal. */
    private static RobotFigures watch(final AtomicBoolean hasFailed) {
        final Panel panel = new Panel(new Style(true), ZoneOffset.UTC);
        final FigureHistory history = new FigureHistory();
        try (RobotReader reader = new RobotReader(RuntimeDirectory.of(NAME))) {
            RobotFigures figures = reader.read().orElseThrow();
            for (int i = 0; i < REFRESHES && !hasFailed.get(); i++) {
                final long nextNs = System.nanoTime() + PERIOD_NS;
                figures = reader.read().orElseThrow();
                panel.draw(
                        new PanelContent(figures, history.add(figures), reader.events(), "control-node", ""),
                        PanelView.initial(false),
                        200,
                        50);
                while (System.nanoTime() < nextNs) {
                    LockSupport.parkNanos(nextNs - System.nanoTime());
                }
            }
            assertThat(reader.events()).isNotEmpty();
            return figures;
        }
    }

    private static void assertNothingLost(final Json report) {
        for (int i = 0; report.values().containsKey("streams[" + i + "].name"); i++) {
            final String stream = "streams[" + i + "].";
            assertThat(report.number(stream + "refused"))
                    .as(report.text(stream + "name"))
                    .isZero();
            for (int k = 0; report.values().containsKey(stream + "readers[" + k + "].name"); k++) {
                final String reader = stream + "readers[" + k + "].";
                assertThat(report.number(reader + "gaps"))
                        .as(report.text(stream + "name") + " at " + report.text(reader + "name"))
                        .isZero();
            }
        }
    }
}

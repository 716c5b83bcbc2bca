package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.counter.LastAnomaly;
import io.tendon.bus.counter.ModelState;
import io.tendon.bus.counter.StreamLedger;
import io.tendon.console.AnsiText;
import io.tendon.console.Style;
import io.tendon.deploy.figures.AnomalyFigures;
import io.tendon.deploy.figures.ModelFigures;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import io.tendon.deploy.figures.SampleFigures;
import io.tendon.deploy.figures.StreamFigures;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelTest {
    private static final PanelView WATCHING = PanelView.initial(false);

    private final Panel panel = new Panel(Style.PLAIN, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "60, 10",
        "60, 24",
        "80, 24",
        "80, 50",
        "120, 24",
        "120, 40",
        "180, 24",
        "200, 24",
        "200, 50",
        "20, 5",
        "300, 100"
    })
    void shouldFillTheScreenExactly(final int columns, final int rows) {
        final Panel coloured = new Panel(new Style(true), ZoneOffset.UTC);
        for (final SampleFigures robot : List.of(
                SampleFigures.healthy(12),
                SampleFigures.healthy(12).in(SafetyState.STOPPED),
                SampleFigures.healthy(12).hurt().withoutDriver())) {
            for (final PanelView view : List.of(
                    WATCHING,
                    WATCHING.withFrozen(true),
                    WATCHING.withHelp(true),
                    WATCHING.toggled(PanelView.Focus.STREAMS),
                    WATCHING.toggled(PanelView.Focus.EVENTS))) {
                final List<String> lines = coloured.draw(content(robot), view, columns, rows);
                assertThat(lines).hasSize(rows);
                assertThat(lines)
                        .allSatisfy(line ->
                                assertThat(AnsiText.columns(line)).as(line).isLessThanOrEqualTo(columns));
            }
        }
    }

    @Test
    void shouldShowNodesLoopsAndEventsOnASmallScreen() {
        assertThat(panel.draw(content(SampleFigures.healthy(12)), WATCHING, 80, 24))
                .containsExactly(
                        "Tendon arm1  20260101-120000-1a2b  00:00:12",
                        "NODE        STATE        PID       UP   MEMORY  CPU RESTARTS ERRORS REAL-TIME",
                        "driver      up           100 00:00:12 100.0MiB  25%        -      -         -",
                        "persistence up           101 00:00:12 100.0MiB  25%        0      0         -",
                        "fusion      up           102 00:00:12 100.0MiB  25%        1      0   not got",
                        "control     up           103 00:00:12 100.0MiB  25%        0      0       yes",
                        "",
                        "LOOP           RATE MISSED WAKE/LONG/HW LATE p50    p99  p99.9     max LAST 100",
                        "control     1000 Hz      5        3/2/0      1us   20us  300us   4.0ms      99%",
                        "fusion       100 Hz      5        3/2/0      1us   20us  300us   4.0ms      99%",
                        "",
                        "ARM   RUNNING  anomaly score 0.31  limits hit 3  set-points rejected 0",
                        "TASK  LIFT  done 4  failed 0  windows incomplete 2",
                        "BUS   1080 msg/s  refused 0  gaps 0  lag 244KiB, 500 ms",
                        "FLUSH periodic  to device 0B, p50 55.0ms p99 104.0ms p99.9 120.0ms max 150.0ms",
                        "DISK  free 80.0GiB, full in 44.2 h  session 30.0MiB, 527KiB/s  index lag 400 ms",
                        "",
                        "EVENTS",
                        "00:00:11.000 control     DEADLINE_MISSED  number 11",
                        "00:00:13.000 control     DEADLINE_MISSED  number 13",
                        "00:00:15.000 control     DEADLINE_MISSED  number 15",
                        "00:00:17.000 control     DEADLINE_MISSED  number 17",
                        "00:00:19.000 control     DEADLINE_MISSED  number 19",
                        "q quit   ? help   s streams   e events   space freeze");
    }

    @Test
    void shouldShowAllStreamsOnASmallScreenWhenAsked() {
        final List<String> lines = panel.draw(
                content(SampleFigures.healthy(12).hurt()), WATCHING.toggled(PanelView.Focus.STREAMS), 80, 24);

        assertThat(lines)
                .contains(
                        "STREAM               MSG/S REFUSED GAPS control fusion recorder     LAG    ms",
                        "control.state         1000       7            -      7        7  244KiB   500",
                        "node.health             10       0            -      -        0      0B     0");
        assertThat(panel.draw(
                        content(SampleFigures.healthy(12).hurt()), WATCHING.toggled(PanelView.Focus.STREAMS), 80, 40))
                .contains("control.state refused: back-pressured 7")
                .noneMatch(line -> line.contains("DO NOT ADD UP"));
        assertThat(lines).noneMatch(line -> line.startsWith("EVENTS"));
    }

    @Test
    void shouldSayWhenWritersAndReadersDoNotAgreeOnWhatIsLost() {
        final RobotFigures sample = SampleFigures.healthy(12).figures();
        final StreamFigures stream = sample.streams().get(0);
        final StreamLedger ledger = new StreamLedger(
                stream.stream(),
                stream.ledger().writers(),
                List.of(new StreamLedger.Reader(NodeId.FUSION, 1, 100, 0, 9, 4, 0)));
        final List<StreamFigures> streams = new ArrayList<>(sample.streams());
        streams.set(
                0,
                new StreamFigures(
                        stream.stream(),
                        stream.sent(),
                        stream.refused(),
                        stream.recorded(),
                        stream.publishedBytes(),
                        stream.lagBytes(),
                        stream.durableLagBytes(),
                        stream.isHeld(),
                        stream.readers(),
                        ledger));
        final RobotFigures figures = with(sample, sample.model(), streams);
        assertThat(panel.drawOnce(content(figures), 200))
                .anyMatch(line -> line.startsWith("BUS ") && line.contains("LOSSES DO NOT ADD UP"))
                .contains("control.state left fusion behind: 4")
                .contains(
                        "LOSSES DO NOT ADD UP  control.state: fusion missed 5 messages in logs that it read on, its writers"
                                + " were refused 0 (control 0): 5 are lost and nobody knows why");
    }

    @Test
    void shouldShowTheModelOnlyWhereThereIsOne() {
        final RobotFigures sample = SampleFigures.healthy(12).figures();
        final ModelFigures judging = new ModelFigures(ModelState.JUDGING, 900, 3, 0, 0, 2, 80_000, 400_000, 2_000_000);
        final ModelFigures isolated =
                new ModelFigures(ModelState.ISOLATED, 900, 3, 4, 5, 2, 80_000, 400_000, 2_000_000);

        assertThat(panel.drawOnce(content(sample), 120)).noneMatch(line -> line.startsWith("MODEL"));
        assertThat(panel.drawOnce(content(with(sample, judging, sample.streams())), 120))
                .contains("MODEL JUDGING  900, above 3  late 0  skipped 0  p50 80us p99 400us max 2.0ms");
        assertThat(new Panel(new Style(true), ZoneOffset.UTC)
                        .drawOnce(content(with(sample, isolated, sample.streams())), 120))
                .anyMatch(line -> line.contains("\u001b[1;31mISOLATED\u001b[0m  900, above 3")
                        && line.contains("late 4")
                        && line.contains("skipped 5"));
    }

    private static PanelContent content(final RobotFigures figures) {
        return new PanelContent(
                figures, RobotRates.between(figures, figures), List.of(), "bin/control-node", " --name arm1");
    }

    private static RobotFigures with(
            final RobotFigures sample, final ModelFigures model, final List<StreamFigures> streams) {
        return new RobotFigures(
                sample.robotName(),
                sample.sessionName(),
                sample.isLive(),
                sample.readAtNs(),
                sample.elapsedNs(),
                sample.nodes(),
                sample.loops(),
                sample.arm(),
                sample.task(),
                model,
                streams,
                sample.disk(),
                sample.durability());
    }

    @Test
    void shouldShowTheStreamsBesideTheNodesOnAWideScreen() {
        final List<String> lines = panel.draw(content(SampleFigures.healthy(12)), WATCHING, 200, 50);

        assertThat(lines.get(1))
                .startsWith("NODE ")
                .contains("REAL-TIME      STREAM ")
                .endsWith("TO DEVICE");
        assertThat(lines.get(2)).startsWith("driver ").contains(" control.state ");
        assertThat(lines).contains("EVENTS");
    }

    @Test
    void shouldShowRoutineEventsOnlyWhenAsked() {
        final PanelContent content = content(SampleFigures.healthy(12));

        assertThat(panel.draw(content, WATCHING, 80, 40)).noneMatch(line -> line.contains("TASK_STEP_CHANGED"));
        assertThat(panel.draw(content, WATCHING.toggled(PanelView.Focus.EVENTS), 80, 40))
                .anyMatch(line -> line.contains("TASK_STEP_CHANGED"));
    }

    @ParameterizedTest
    @CsvSource({"STOPPED, reset", "EMERGENCY_STOPPED, reset", "FAULTED, reset", "HOLDING, resume"})
    void shouldSayWhatToTypeWhenTheArmWaitsForAnOperator(final SafetyState state, final String verb) {
        assertThat(panel.draw(content(SampleFigures.healthy(12).in(state)), WATCHING, 80, 24))
                .contains("      type: bin/control-node " + verb + " --name arm1");
    }

    @Test
    void shouldShowTheLastAnomalyAndHowManyThereWere() {
        final AnomalyFigures anomalies = new AnomalyFigures(
                3.4, 12, Optional.of(new LastAnomaly(AnomalyKind.EXTERNAL_EFFORT, 2, 3.44)), 61_000, 1);
        final PanelContent content = content(SampleFigures.healthy(12).with(anomalies));

        assertThat(panel.draw(content, WATCHING, 80, 24))
                .contains("ARM   RUNNING  anomaly score 3.40  limits hit 3  set-points rejected 0")
                .contains("      anomalies 12, last 00:01:01: external effort of joint 2, 3.4 times allowed")
                .contains("      faults injected 1");
        assertThat(new Panel(new Style(true), ZoneOffset.UTC).draw(content, WATCHING, 120, 40))
                .anyMatch(line -> line.contains("anomaly score \u001b[33m3.40\u001b[0m"));
    }

    @Test
    void shouldShowNoScoreWhenNothingIsJudged() {
        final AnomalyFigures anomalies = new AnomalyFigures(Double.NaN, 0, Optional.empty(), 0, 0);

        assertThat(panel.draw(content(SampleFigures.healthy(12).with(anomalies)), WATCHING, 80, 24))
                .contains("ARM   RUNNING  anomaly score -  limits hit 3  set-points rejected 0")
                .noneMatch(line -> line.contains("anomalies") || line.contains("injected"));
    }

    @Test
    void shouldNotPassLastFiguresForThoseOfNow() {
        final List<String> lines =
                panel.draw(content(SampleFigures.healthy(12).hurt().withoutDriver()), WATCHING, 80, 24);

        assertThat(lines.get(0)).endsWith("DRIVER DEAD: last figures");
        assertThat(lines)
                .contains("driver      DEAD         100        -        -    -        -      -         -")
                .anyMatch(line -> line.startsWith("control           -"))
                .anyMatch(line -> line.startsWith("BUS   - msg/s"));
    }

    @Test
    void shouldColourOnlyWhereColourIsWanted() {
        final PanelContent content = content(SampleFigures.healthy(12).hurt().in(SafetyState.FAULTED));

        assertThat(panel.draw(content, WATCHING, 120, 40)).noneMatch(line -> line.contains("\u001b"));
        assertThat(new Panel(new Style(true), ZoneOffset.UTC).draw(content, WATCHING, 120, 40))
                .anyMatch(line -> line.contains("\u001b[1;31mFAULTED, latched\u001b[0m"))
                .anyMatch(line -> line.contains("\u001b[1;31mDEAD\u001b[0m"));
    }

    @Test
    void shouldShowItAllOnceWithoutKeys() {
        final List<String> lines = panel.drawOnce(content(SampleFigures.healthy(12)), 120);

        assertThat(lines).anyMatch(line -> line.startsWith("control.state ")).contains("EVENTS");
        assertThat(lines).noneMatch(line -> line.contains("quit"));
    }

    @Test
    void shouldWrapWhatToDoWhileNoRobotRuns() {
        assertThat(panel.drawWaiting("robot arm1: no session runs", 20))
                .containsExactly("Tendon", "robot arm1: no sessi", "on runs", "waiting for it; q qu");
    }

    private static PanelContent content(final SampleFigures robot) {
        final RobotFigures present = robot.figures();
        final RobotFigures past = new SampleFigures(
                        robot.ranS() - 2,
                        robot.state(),
                        robot.isLive(),
                        robot.driverPid(),
                        robot.fusion(),
                        robot.refused(),
                        robot.anomalies())
                .figures();
        return new PanelContent(
                present,
                RobotRates.between(past, present),
                SampleFigures.events(20),
                "bin/control-node",
                " --name arm1");
    }
}

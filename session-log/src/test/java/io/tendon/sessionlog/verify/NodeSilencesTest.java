package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSilencesTest {
    private final SessionStatements statements = new SessionStatements(true);
    private final List<LifeFigures> lives = new ArrayList<>();

    @Test
    void shouldSayNothingOfNodesThatStopInOrder() {
        beats(1, 0, 10_000);
        lives.add(LifeFiguresFixture.states(7, 100, 10_050));
        stops(10_060);

        assertThat(findings(true)).isEmpty();
    }

    @Test
    void shouldSayFromWhenToWhenAProcessWasDead() {
        beats(1, 0, 5_000);
        beats(2, 8_000, 20_000);
        lives.add(LifeFiguresFixture.states(7, 100, 5_060));
        lives.add(LifeFiguresFixture.states(8, 7_560, 20_050));
        stops(20_060);

        assertThat(findings(true)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.NODE_RESTARTED);
            assertThat(finding.times())
                    .isEqualTo(new TimeSpan(VerifyMessages.timeNs(5_060), VerifyMessages.timeNs(7_560)));
            assertThat(finding.text())
                    .isEqualTo("control was silent from 2023-11-14T22:13:25.060Z to 2023-11-14T22:13:27.560Z"
                            + " (2.500 s): its process died and was started again");
        });
    }

    @Test
    void shouldTellAStopInOrderFromADeath() {
        beats(1, 0, 5_000);
        stops(5_060);
        beats(2, 8_000, 20_000);
        stops(20_060);

        assertThat(findings(true))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.text()).contains("it stopped (asked to stop) and was started again"));
    }

    @Test
    void shouldSayWhichNodeDidNotComeBack() {
        beats(1, 0, 5_000);
        lives.add(LifeFiguresFixture.life(StreamCatalog.FUSION_STATE, 9, NodeId.FUSION, 0, 20_000, 2_000));

        assertThat(findings(true)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.NODE_SILENT);
            assertThat(finding.text()).contains("control fell silent at 2023-11-14T22:13:25Z");
        });
    }

    @Test
    void shouldNotComplainOfNodesThatLivedToTheEndOfAnInterruptedSession() {
        beats(1, 0, 5_000);
        lives.add(LifeFiguresFixture.states(7, 100, 5_060));

        assertThat(findings(false)).isEmpty();
        assertThat(findings(true)).hasSize(1);
    }

    @Test
    void shouldTellADriversDeathFromThatOfTheNodesThatLivedOn() {
        beats(1, 0, 20_000);
        lives.add(LifeFiguresFixture.states(7, 100, 5_060));
        lives.add(LifeFiguresFixture.states(8, 6_060, 20_050));
        final WriterLife before = new WriterLife(StreamCatalog.CONTROL_STATE.streamId(), 7);
        statements.events().onEvent(VerifyMessages.logReplacedSaid(NodeId.CONTROL, 6_060, before, 5_000));
        stops(20_060);

        assertThat(findings(true)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.NODE_RESTARTED);
            assertThat(finding.text()).contains("the media driver died and was started again: 1 writers", "(1.000 s)");
        });
    }

    private void beats(final long pid, final long firstPeriod, final long lastPeriod) {
        statements.heartbeats().onHealth(VerifyMessages.healthSaid(NodeId.CONTROL, firstPeriod, pid));
        statements.heartbeats().onHealth(VerifyMessages.healthSaid(NodeId.CONTROL, lastPeriod, pid));
    }

    private void stops(final long period) {
        statements
                .events()
                .onEvent(VerifyMessages.eventSaid(
                        NodeId.CONTROL, period, EventKind.NODE_STOPPING, Severity.INFO, 0, "asked to stop"));
    }

    private List<Finding> findings(final boolean isClosed) {
        final FindingLog log = new FindingLog();
        new NodeSilences(statements, lives, isClosed, log).add();
        return log.findings();
    }
}

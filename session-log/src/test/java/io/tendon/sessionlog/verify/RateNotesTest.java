package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateNotesTest {
    private static final long PERIOD_NS = 1_000_000L;

    @Test
    void shouldSayNothingOfAStreamThatKeepsItsRate() {
        assertThat(findings(LifeFiguresFixture.states(1, 0, 5_000), PERIOD_NS)).isEmpty();
    }

    @Test
    void shouldCompareWithTheRateThatControlSaid() {
        assertThat(findings(LifeFiguresFixture.states(1, 0, 5_000), 2 * PERIOD_NS))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.RATE);
                    assertThat(finding.text()).isEqualTo("1000.0 messages a second instead of 500.0");
                });
    }

    @Test
    void shouldNotExpectARateOfEvents() {
        assertThat(findings(
                        LifeFiguresFixture.life(StreamCatalog.CONTROL_EVENT, 1, NodeId.CONTROL, 0, 50_000, 3),
                        PERIOD_NS))
                .isEmpty();
    }

    @Test
    void shouldSayWhenAWriterFellSilentAndWentOn() {
        final TimeSpan silence = new TimeSpan(VerifyMessages.timeNs(1_000), VerifyMessages.timeNs(1_700));
        assertThat(findings(
                        LifeFiguresFixture.life(
                                StreamCatalog.CONTROL_STATE, 1, NodeId.CONTROL, 0, 50_000, 50_000, silence),
                        PERIOD_NS))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.SILENCE);
                    assertThat(finding.times()).isEqualTo(silence);
                });
    }

    @Test
    void shouldSayHowFarApartTheStreamsBeginAndEnd() {
        final List<LifeFigures> lives = List.of(
                LifeFiguresFixture.states(1, 0, 5_000),
                LifeFiguresFixture.life(StreamCatalog.FUSION_STATE, 2, NodeId.FUSION, 250, 4_250, 401));
        final FindingLog log = new FindingLog();

        RateNotes.add(StreamFigures.of(lives, PERIOD_NS), lives, log);

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.SKEW);
            assertThat(finding.text())
                    .isEqualTo("the regular streams begin within 0.250 s (control.state first, fusion.state last) and"
                            + " end within 0.750 s (fusion.state first, control.state last)");
        });
    }

    private static List<Finding> findings(final LifeFigures life, final long controlPeriodNs) {
        final FindingLog log = new FindingLog();
        RateNotes.add(StreamFigures.of(List.of(life), controlPeriodNs), List.of(life), log);
        return log.findings();
    }
}

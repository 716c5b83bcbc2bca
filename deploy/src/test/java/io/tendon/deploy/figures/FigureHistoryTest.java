package io.tendon.deploy.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.NodeId;
import org.junit.jupiter.api.Test;

class FigureHistoryTest {
    private final FigureHistory history = new FigureHistory();

    @Test
    void shouldKnowNoRatesFromOneReading() {
        final RobotRates rates = history.add(SampleFigures.healthy(10).figures());

        assertThat(rates.loopHz(NodeId.CONTROL)).isNaN();
        assertThat(rates.messagesPerS()).isNaN();
        assertThat(rates.hoursLeft(new DiskFigures(1, 1, 0, 0))).isNaN();
    }

    @Test
    void shouldMakeRatesOfTheLastTwoSeconds() {
        history.add(SampleFigures.healthy(10).figures());
        history.add(SampleFigures.healthy(11).figures());
        history.add(SampleFigures.healthy(12).figures());
        final RobotFigures present = SampleFigures.healthy(13).figures();

        final RobotRates rates = history.add(present);

        assertThat(rates.intervalS()).isEqualTo(2);
        assertThat(rates.loopHz(NodeId.CONTROL)).isEqualTo(1000);
        assertThat(rates.loopHz(NodeId.FUSION)).isEqualTo(100);
        assertThat(rates.cpuFraction(NodeId.CONTROL)).isCloseTo(0.25, within(1e-9));
        assertThat(rates.of(StreamCatalog.CONTROL_STATE).messagesPerS()).isEqualTo(1000);
        assertThat(rates.messagesPerS()).isEqualTo(1080);
        assertThat(rates.bytesPerS()).isEqualTo(540_000);
        // 250,000 bytes behind a stream of 500,000 bytes a second.
        assertThat(rates.lagMs(present.streams().get(0))).isCloseTo(500, within(1e-9));
        assertThat(rates.lagMs(present.streams().get(1))).isZero();
        assertThat(rates.hoursLeft(new DiskFigures(0, 540_000L * 7200, 0, 0))).isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldBeginAnewWithAnotherDriverWhoseCountersBeginAtZero() {
        history.add(SampleFigures.healthy(1000).figures());
        assertThat(history.add(SampleFigures.healthy(1).underDriver(200).figures())
                        .messagesPerS())
                .isNaN();
    }

    @Test
    void shouldKnowNoRatesWhileTheDriverIsDead() {
        history.add(SampleFigures.healthy(10).figures());
        final RobotRates rates =
                history.add(SampleFigures.healthy(11).withoutDriver().figures());
        assertThat(rates.loopHz(NodeId.CONTROL)).isNaN();
    }
}

package io.tendon.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyCountersTest {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long MS_NS = 1_000_000L;

    @TempDir
    private Path directory;

    private RuntimeDirectory runtime;
    private CounterView view;
    private AnomalyCounters counters;
    private long nowNs = START_NS;

    @BeforeEach
    void open() {
        runtime = new RuntimeDirectory("test", directory);
        BusCounters.create(runtime);
        view = CounterView.open(runtime);
        counters = new AnomalyCounters(new BusCounters(runtime, NodeId.CONTROL));
    }

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void shouldShowThatNothingWasJudged() {
        assertThat(scorePpm()).isEqualTo(-1);
        cycles(2_000, Float.NaN);
        assertThat(scorePpm()).isEqualTo(-1);
    }

    @Test
    void shouldShowAPeakOfOneCycleForHalfASecondAtLeastAndOneSecondAtMost() {
        cycles(499, 0.25f);
        assertThat(scorePpm()).isEqualTo(250_000);
        cycles(1, 3);
        for (int ms = 1; ms < 500; ms++) {
            cycles(1, 0.25f);
            assertThat(scorePpm()).as("%d ms later", ms).isEqualTo(3_000_000);
        }
        cycles(500, 0.25f);
        assertThat(scorePpm()).isEqualTo(250_000);
    }

    @Test
    void shouldForgetWhatWasBeforeALongGapAndStayANumber() {
        cycles(10, 3);
        nowNs += 10_000 * MS_NS;
        cycles(1, 0.5f);
        assertThat(scorePpm()).isEqualTo(500_000);
        cycles(1, Float.POSITIVE_INFINITY);
        assertThat(scorePpm()).isEqualTo(1L << 52);
        nowNs += 10_000 * MS_NS;
        cycles(1, Float.NaN);
        assertThat(scorePpm()).isEqualTo(-1);
    }

    @Test
    void shouldGoOnWithTheCountsOfAnEarlierLife() {
        counters.anomaly(AnomalyKind.ENCODER, 1, 2, START_NS);
        counters.faultInjected();
        cycles(1, 3);

        final AnomalyCounters next = new AnomalyCounters(new BusCounters(runtime, NodeId.CONTROL));
        assertThat(scorePpm()).isEqualTo(-1);
        next.anomaly(AnomalyKind.MODEL, -1, 1, START_NS);
        next.faultInjected();
        assertThat(view.node(BusCounter.ANOMALIES, NodeId.CONTROL, 0)).isEqualTo(2);
        assertThat(view.node(BusCounter.FAULTS_INJECTED, NodeId.CONTROL, 0)).isEqualTo(2);
    }

    private void cycles(final int count, final float score) {
        for (int i = 0; i < count; i++) {
            nowNs += MS_NS;
            counters.score(score, nowNs);
        }
    }

    private long scorePpm() {
        return view.node(BusCounter.ANOMALY_SCORE_PPM, NodeId.CONTROL, 7);
    }
}

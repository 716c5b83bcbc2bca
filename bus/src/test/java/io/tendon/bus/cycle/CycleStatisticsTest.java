package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleStatisticsTest {
    private static final long PERIOD_NS = 1_000_000;

    @TempDir
    private Path directory;

    private final MissedTicks missed = new MissedTicks();
    private BusCounters counters;
    private CycleStatistics statistics;

    @BeforeEach
    void create() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        BusCounters.create(runtime);
        counters = new BusCounters(runtime, NodeId.CONTROL);
        statistics = new CycleStatistics(counters, PERIOD_NS);
    }

    @Test
    void shouldCountMissedTicksByCauseInSharedMemory() {
        statistics.onCycle(100, missed.judge(0, 10 * PERIOD_NS, PERIOD_NS, 0, 0, 0));
        statistics.onCycle(100, missed.judge(5, 20 * PERIOD_NS, PERIOD_NS, 14 * PERIOD_NS, 17 * PERIOD_NS, 0));
        statistics.onCycle(
                100, missed.judge(1, 22 * PERIOD_NS, PERIOD_NS, 20 * PERIOD_NS, 23 * PERIOD_NS, PERIOD_NS * 2));

        assertThat(statistics.scheduled()).isEqualTo(9);
        assertThat(statistics.executed()).isEqualTo(3);
        assertThat(statistics.missed()).isEqualTo(6);
        assertThat(counters.node(BusCounter.MISSED_LONG_CYCLE).get()).isEqualTo(2);
        assertThat(counters.node(BusCounter.MISSED_LATE_WAKE_UP).get()).isEqualTo(3);
        assertThat(counters.node(BusCounter.MISSED_HARDWARE).get()).isEqualTo(1);
        for (final MissCause cause : MissCause.values()) {
            assertThat(statistics.missed(cause))
                    .isEqualTo(counters.node(cause.counter()).get());
        }
        assertThat(statistics.successRate()).isCloseTo(3f / 9, within(1e-6f));
    }

    @Test
    void shouldRecordEveryTickOfAShortStallWithItsOwnLateness() {
        statistics.onCycle(500, missed.judge(99, 1_000 * PERIOD_NS, PERIOD_NS, 0, 0, 0));
        statistics.publish();

        assertThat(statistics.latenessMaxNs()).isCloseTo(99 * PERIOD_NS, within(99 * PERIOD_NS / 1_000));
        assertThat(statistics.latenessP50Ns()).isCloseTo(49 * PERIOD_NS, within(PERIOD_NS));
        assertThat(statistics.successRate()).isCloseTo(0.01f, within(1e-6f));
    }

    @Test
    void shouldTrimNothingFromALongStallAndNeverSayLessThanItWas() {
        final int stall = 3_599_999;
        statistics.onCycle(500, missed.judge(stall, 4_000_000 * PERIOD_NS, PERIOD_NS, 0, 0, 0));
        statistics.publish();

        assertThat(statistics.scheduled()).isEqualTo(stall + 1);
        final double halfNs = stall / 2.0 * PERIOD_NS;
        assertThat(statistics.latenessP50Ns()).isBetween((long) (halfNs * 0.999), (long) (halfNs * 1.004));
        assertThat(statistics.latenessMaxNs()).isGreaterThanOrEqualTo((long) stall * PERIOD_NS / 1_001 * 1_000);
        assertThat(statistics.successRate()).isCloseTo(0.01f, within(1e-6f));
    }
}

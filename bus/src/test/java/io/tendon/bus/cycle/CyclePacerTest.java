package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.Test;

class CyclePacerTest {
    private static final long PERIOD_NS = 1_000_000L;

    /** Each look at the clock takes 10 us, so that waiting ends without a real clock. */
    private static final class StepClock implements EpochNanoClock {
        private long nowNs = 5_000_000_000L;

        @Override
        public long nanoTime() {
            nowNs += 10_000;
            return nowNs;
        }
    }

    private final StepClock clock = new StepClock();
    private final CyclePacer pacer = new CyclePacer(clock, PERIOD_NS, PERIOD_NS - 1);

    @Test
    void shouldKeepAbsoluteDeadlinesWhateverACycleTakes() {
        final long firstNs = clock.nowNs + PERIOD_NS;
        pacer.start(firstNs);
        for (int i = 0; i < 100; i++) {
            assertThat(pacer.await()).isZero();
            assertThat(pacer.cycle()).isEqualTo(i);
            assertThat(pacer.deadlineNs()).isEqualTo(firstNs + i * PERIOD_NS);
            assertThat(pacer.wokenNs()).isGreaterThanOrEqualTo(pacer.deadlineNs());
            clock.nowNs += 700_000;
        }
    }

    @Test
    void shouldCountTicksThatPassedBeforeTheirCycleCouldBegin() {
        pacer.start(clock.nowNs + PERIOD_NS);
        pacer.await();
        clock.nowNs = pacer.deadlineNs() + 5 * PERIOD_NS + PERIOD_NS / 2;

        assertThat(pacer.await()).isEqualTo(4);
        assertThat(pacer.cycle()).isEqualTo(5);
        assertThat(pacer.await()).isZero();
        assertThat(pacer.cycle()).isEqualTo(6);
    }

    @Test
    void shouldAccountForEveryTickUnderRandomStalls() {
        final long seed = 42;
        final Random random = new Random(seed);
        pacer.start(clock.nowNs + PERIOD_NS);
        final long firstNs = clock.nowNs + PERIOD_NS;
        long executed = 0;
        long missed = 0;
        for (int i = 0; i < 10_000; i++) {
            missed += pacer.await();
            executed++;
            assertThat(pacer.wokenNs() - pacer.deadlineNs()).as("seed %d", seed).isBetween(0L, PERIOD_NS);
            clock.nowNs += random.nextInt(10) == 0 ? random.nextLong(20 * PERIOD_NS) : random.nextLong(PERIOD_NS);
        }
        assertThat(executed + missed).as("seed %d", seed).isEqualTo(pacer.cycle() + 1);
        assertThat(pacer.deadlineNs()).isEqualTo(firstNs + pacer.cycle() * PERIOD_NS);
    }

    @Test
    void shouldSayWhenTheCycleBeforeBeganAndWasDone() {
        pacer.start(clock.nowNs + PERIOD_NS);
        pacer.await();
        assertThat(pacer.previousFinishedNs()).isZero();
        final long wokenNs = pacer.wokenNs();
        clock.nowNs += 2 * PERIOD_NS;
        final long finishedNs = clock.nowNs;
        pacer.await();

        assertThat(pacer.previousWokenNs()).isEqualTo(wokenNs);
        assertThat(pacer.previousFinishedNs()).isEqualTo(finishedNs + 10_000);
    }

    @Test
    void shouldRefuseToSpinAWholePeriod() {
        assertThatThrownBy(() -> new CyclePacer(clock, PERIOD_NS, PERIOD_NS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

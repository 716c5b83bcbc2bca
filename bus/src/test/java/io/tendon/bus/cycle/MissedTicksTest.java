package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissedTicksTest {
    private static final long PERIOD_NS = 1_000;
    /** The cycle before began here; the first missed tick was due a period later. */
    private static final long BEGAN_NS = 50_000;

    private final MissedTicks missed = new MissedTicks();

    @ParameterizedTest(name = "{0} missed, cycle took {1}, hardware {2}")
    @CsvSource({
        // missed, took, hardware: late wake-up, long cycle, hardware, main cause
        "0, 5000,    0, 0, 0, 0, LONG_CYCLE",
        "3,  300,  200, 3, 0, 0, LATE_WAKE_UP",
        "3, 1000, 1000, 3, 0, 0, LATE_WAKE_UP",
        "3, 1001,    0, 2, 1, 0, LATE_WAKE_UP",
        "3, 2000,  999, 2, 1, 0, LATE_WAKE_UP",
        "3, 2001, 1000, 1, 2, 0, LONG_CYCLE",
        "3, 2001, 1001, 1, 0, 2, HARDWARE",
        "2, 2000, 1000, 1, 0, 1, HARDWARE",
        "3, 9000,  100, 0, 3, 0, LONG_CYCLE",
        "3, 9000, 9000, 0, 0, 3, HARDWARE",
    })
    void shouldGiveEachTickTheCauseThatKeptIt(
            final int count,
            final long tookNs,
            final long hardwareNs,
            final int lateWakeUp,
            final int longCycle,
            final int hardware,
            final MissCause mainCause) {
        judge(count, BEGAN_NS, tookNs, hardwareNs);

        assertThat(missed.total()).isEqualTo(count);
        assertThat(missed.of(MissCause.LATE_WAKE_UP)).isEqualTo(lateWakeUp);
        assertThat(missed.of(MissCause.LONG_CYCLE)).isEqualTo(longCycle);
        assertThat(missed.of(MissCause.HARDWARE)).isEqualTo(hardware);
        assertThat(missed.mainCause()).isEqualTo(mainCause);
    }

    @Test
    void shouldNotCallACycleLongThatBeganLate() {
        // Began 900 late and took 300, so that it was not done when the next tick was due; no period is that long.
        judge(1, BEGAN_NS + 900, 300, 0);

        assertThat(missed.of(MissCause.LATE_WAKE_UP)).isEqualTo(1);
    }

    @Test
    void shouldBlameTheWakeUpWhenThereWasNoCycleBefore() {
        missed.judge(4, BEGAN_NS, PERIOD_NS, 0, 0, 0);

        assertThat(missed.of(MissCause.LATE_WAKE_UP)).isEqualTo(4);
    }

    @Test
    void shouldAccountForEachTickOnce() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            final int count = random.nextInt(20);
            judge(count, BEGAN_NS + random.nextLong(PERIOD_NS), random.nextLong(25_000), random.nextLong(25_000));

            assertThat(Arrays.stream(MissCause.values()).mapToInt(missed::of).sum())
                    .as("seed %d", seed)
                    .isEqualTo(count);
            assertThat(missed.of(MissCause.HARDWARE) * missed.of(MissCause.LONG_CYCLE))
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    private void judge(final int count, final long beganNs, final long tookNs, final long hardwareNs) {
        missed.judge(count, BEGAN_NS + (count + 1) * PERIOD_NS, PERIOD_NS, beganNs, beganNs + tookNs, hardwareNs);
    }
}

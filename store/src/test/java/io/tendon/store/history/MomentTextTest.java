package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentTextTest {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

    @Test
    void shouldWriteEveryDigit() {
        assertThat(MomentText.of(LocalDateTime.of(2026, 1, 31, 12, 0, 0, 1)))
                .isEqualTo("2026-01-31T12:00:00.000000001Z");
    }

    @Test
    void shouldWriteWhatAFormatterWrites() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            // From before the year 0 until behind the year 9999.
            final long epochS = (long) ((random.nextDouble() - 0.25) * 4e11);
            final LocalDateTime time =
                    LocalDateTime.ofEpochSecond(epochS, random.nextInt(1_000_000_000), ZoneOffset.UTC);
            assertThat(MomentText.of(time)).as("seed %d", seed).isEqualTo(FORM.format(time));
        }
    }
}

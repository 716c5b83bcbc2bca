package io.tendon.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreLengthsTest {
    @Test
    void shouldAskForTheRoomOfThePartsThatAreMeasured() {
        assertThat(StoreLengths.WHOLE.neededBytes(StorePart.RESTART)).isEqualTo(15_000_000_000L);
        assertThat(StoreLengths.WHOLE.neededBytes(StorePart.NEIGHBOURS)).isLessThan(1_000_000_000L);
        assertThat(StoreLengths.QUICK.neededBytes(StorePart.RESTART)).isEqualTo(150_000_000L);
        assertThat(StoreLengths.historyBytes(1_440)).isEqualTo(41_472_000_000L);
        for (final StorePart part : StorePart.values()) {
            assertThat(StoreLengths.QUICK.neededBytes(part)).as(part.name()).isBetween(1L, 3_000_000_000L);
        }
    }
}

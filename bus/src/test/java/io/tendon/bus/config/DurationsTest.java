package io.tendon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"1ms, 1000000", "250us, 250000", "1.5s, 1500000000", "2min, 120000000000", "1h, 3600000000000", "7ns, 7"
    })
    void shouldReadANumberAndItsUnit(final String text, final long expectedNs) {
        assertThat(Durations.parseNs(text)).isEqualTo(expectedNs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "ms", "-1ms", "1 day", "", "1e3ms", "99999999999h"})
    void shouldRefuseWhatIsNoDurationAndSayHowToWriteOne(final String text) {
        assertThatThrownBy(() -> Durations.parseNs(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("write a");
    }

    @Test
    void shouldWriteWhatItReads() {
        for (final String text : new String[] {"1ms", "250us", "2s", "3min", "4h", "7ns", "1500ms"}) {
            assertThat(Durations.format(Durations.parseNs(text))).isEqualTo(text);
        }
    }
}

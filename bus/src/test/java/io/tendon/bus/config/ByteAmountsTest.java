package io.tendon.bus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteAmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "512, 512",
        "1kB, 1000",
        "1KiB, 1024",
        "1kiB, 1024",
        "1.5MB, 1500000",
        "64MiB, 67108864",
        "50GB, 50000000000",
        "2 TiB, 2199023255552",
        "3G, 3000000000"
    })
    void shouldReadNumberAndUnit(final String text, final long bytes) {
        assertThat(ByteAmounts.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "1XB", "1 G B", "1e3"})
    void shouldRefuseWhatIsNone(final String text) {
        assertThatThrownBy(() -> ByteAmounts.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 50GB");
    }

    @Test
    void shouldRefuseMoreThanALongHolds() {
        assertThatThrownBy(() -> ByteAmounts.parse("9999999999TB")).hasMessageContaining("more than 8 EiB");
    }
}

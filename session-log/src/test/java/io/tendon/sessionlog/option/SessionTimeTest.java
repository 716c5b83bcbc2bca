package io.tendon.sessionlog.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SessionTimeTest {
    private static final long STARTED_NS = 1_700_000_000_000_000_000L;

    private final SessionTime.Converter converter = new SessionTime.Converter();

    @Test
    void shouldCountAnOffsetFromTheStartOfTheSession() {
        assertThat(converter.convert("12.5s").epochNs(STARTED_NS)).isEqualTo(STARTED_NS + 12_500_000_000L);
        assertThat(converter.convert("3ms").epochNs(STARTED_NS)).isEqualTo(STARTED_NS + 3_000_000L);
    }

    @Test
    void shouldTakeAnInstantAsItIs() {
        assertThat(converter.convert("2023-11-14T22:13:20.000000001Z").epochNs(5))
                .isEqualTo(STARTED_NS + 1);
        assertThat(converter.convert("1969-12-31T23:59:59.75Z").epochNs(5)).isEqualTo(-250_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "noon", "2023-11-14", "-3s", "+9999-01-01T00:00:00Z", "9999-01-01T00:00:00Z"})
    void shouldSayHowATimeIsWritten(final String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(text);
    }
}

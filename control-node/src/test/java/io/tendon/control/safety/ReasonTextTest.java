package io.tendon.control.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTextTest {
    private final ReasonText text = new ReasonText();

    @Test
    void shouldWriteNumbersAndDurations() {
        text.append("joint ")
                .append(0L)
                .append(" at ")
                .append(-1.23456)
                .append(" rad, ")
                .appendMillis(41_337_000);

        assertThat(text).hasToString("joint 0 at -1.2346 rad, 41.34ms");
    }

    @Test
    void shouldWriteExtremes() {
        text.append(Long.MIN_VALUE).append(" ").append(Double.NaN).append(" ").append(Double.NEGATIVE_INFINITY);

        assertThat(text).hasToString("-9223372036854775808 NaN -huge");
    }

    @Test
    void shouldCutOffWhatDoesNotFit() {
        text.append("x".repeat(500));

        assertThat(text.lengthBytes()).isEqualTo(ReasonText.MAX_LENGTH);
    }

    @Test
    void shouldReplaceWhatIsNotPrintableAscii() {
        text.append("a\nb\u00e9");

        assertThat(text).hasToString("a?b?");
    }
}
